import { dayMs, dayOf } from '../../base/clock.ts'
import type { RecordsQuery } from '../reader-port.ts'

/** What records can be sorted by; `created` is the time of the run's first report. */
export const sortKeys = ['created', 'nsapp', 'status', 'os_type', 'type', 'method', 'exit_code'] as const
export type SortKey = (typeof sortKeys)[number]

const limitDefault = 50
export const limitMax = 100
const daysDefault = 1
const daysMax = 365
const sourceDefault = 'ProxmoxVE'
const everySource = 'all'
const appCharactersMax = 64

/** A records query with every bound and default applied. An absent filter filters nothing. */
export type BoundQuery = {
  readonly tenant: string
  readonly page: number
  readonly limit: number
  readonly fromDay: number
  readonly status?: string
  readonly app?: string
  readonly os?: string
  readonly type?: string
  readonly source?: string
  readonly slug?: string
  readonly sort: { readonly key: SortKey; readonly descending: boolean }
}

/** Applies the rules of the records API, which refuses nothing: what it cannot use falls back to the default. */
export function boundRecordsQuery(query: RecordsQuery, now: number): BoundQuery {
  const { tenant, status, os, type, slug } = query
  const source = query.repo || sourceDefault
  const app = query.app?.slice(0, appCharactersMax)
  return {
    tenant,
    page: boundNumber(query.page, 1, Number.MAX_SAFE_INTEGER / limitMax, 1),
    limit: boundNumber(query.limit, 1, limitMax, limitDefault),
    fromDay: dayOf(now) - boundDays(query.days) + 1,
    sort: readSort(query.sort),
    ...(source !== everySource && { source }),
    ...(status && { status }),
    ...(app && { app }),
    ...(os && { os }),
    ...(type && { type }),
    ...(slug && { slug }),
  }
}

/** The first millisecond of the query's period. */
export function firstMoment({ fromDay }: BoundQuery): number {
  return fromDay * dayMs
}

function boundDays(days: number | undefined): number {
  if (days === undefined || !Number.isInteger(days) || days < 0) return daysDefault
  return days === 0 || days > daysMax ? daysMax : days
}

function boundNumber(value: number | undefined, minimum: number, maximum: number, fallback: number): number {
  if (value === undefined || !Number.isInteger(value) || value < minimum) return fallback
  return Math.min(value, Math.floor(maximum))
}

function readSort(sort = ''): BoundQuery['sort'] {
  const descending = sort.startsWith('-')
  const key = sortKeys.find((name) => name === (descending ? sort.slice(1) : sort))
  return key === undefined ? { key: 'created', descending: true } : { key, descending }
}
