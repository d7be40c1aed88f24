import { compareBytes } from '../../event/byte-order.ts'
import { absentValue, cellOfValue } from '../dimension.ts'
import { countColumns } from '../run/columns.ts'
import type { SegmentColumn } from '../segment/column.ts'
import { countByValue, countMatches, type Matching } from '../segment/count.ts'
import type { SegmentScan } from '../segment/scan.ts'
import type { Words } from '../words.ts'
import { collectPlaces, comparePlaces, type RunPlace } from './place.ts'
import { type BoundQuery, firstMoment, type SortKey } from './records-query.ts'
import { findWindow } from './window.ts'

/** The rowids of one page of runs, and the number of all that match. */
export type FoundRecords = { readonly ids: readonly number[]; readonly total: number }

const nothing: FoundRecords = { ids: [], total: 0 }

/** Answers the records API from the segments. `countInPeriod` counts the runs that match where that takes no walk through them. */
export function findRecords(
  scan: SegmentScan,
  words: Words,
  query: BoundQuery,
  countInPeriod: (query: BoundQuery) => number,
): FoundRecords {
  const conditions = scan.conditions({
    tenant: query.tenant,
    ...(query.app !== undefined && { app: query.app }),
    filter: {
      ...(query.status !== undefined && { status: query.status }),
      ...(query.type !== undefined && { type: query.type }),
      ...(query.os !== undefined && { os: query.os }),
      ...(query.source !== undefined && { source: query.source }),
      ...(query.slug !== undefined && { slug: query.slug }),
    },
  })
  if (conditions === undefined) return nothing
  const matching = { conditions, span: { from: firstMoment(query), to: Number.POSITIVE_INFINITY } }
  const offset = (query.page - 1) * query.limit
  if (query.sort.key !== 'created') return findSorted(scan, words, { ...query, ...matching, offset, key: query.sort.key })
  const needsRuns = query.app !== undefined || query.os !== undefined || query.slug !== undefined
  const total = needsRuns ? countMatches(scan, matching) : countInPeriod(query)
  if (offset >= total) return { ids: [], total }
  const places = findWindow(scan, { ...matching, offset, limit: query.limit, newestFirst: query.sort.descending })
  return { ids: places.map(({ id }) => id), total }
}

type SortedQuery = BoundQuery & Matching & { readonly offset: number; readonly key: Exclude<SortKey, 'created'> }

/** What each order of the API goes by. */
const sortColumns = {
  nsapp: { column: 'script', kind: 'nsapp' },
  status: { column: 'status', kind: 'status' },
  os_type: { column: 'os', kind: 'os_type' },
  type: { column: 'type', kind: 'type' },
  method: { column: 'method', kind: 'method' },
  exit_code: { column: 'exit_code', kind: undefined },
} as const satisfies Record<SortedQuery['key'], { readonly column: SegmentColumn; readonly kind: string | undefined }>

/** Runs that sort alike. `before` is how many come before them. */
type Tie = { readonly key: string | number; readonly values: Set<number>; runs: number; before: number }

/** Ties up to this size are looked for together, in one walk; a larger one is looked for from its nearest runs on. */
const smallTieRuns = 5_000

/** Counts the runs by what they are sorted by, and looks for those around the page alone. The newest come first among the ones that sort alike. */
function findSorted(scan: SegmentScan, words: Words, query: SortedQuery): FoundRecords {
  const { column } = sortColumns[query.key]
  const ties = sortTies(countByValue(scan, query, column), words, query)
  const total = ties.reduce((sum, { runs }) => sum + runs, 0)
  const end = query.offset + query.limit
  const around = ties.filter(({ before, runs }) => before + runs > query.offset && before < end)
  const small = findSmallTies(scan, query, around.filter(isSmall))
  const ids = around.flatMap((tie) => {
    const offset = Math.max(query.offset - tie.before, 0)
    const limit = Math.min(end - tie.before, tie.runs) - offset
    const places = small.get(tie)?.slice(offset, offset + limit)
    return (places ?? findWindow(scan, { ...withValues(query, column, tie.values), offset, limit, newestFirst: true })).map(({ id }) => id)
  })
  return { ids, total }
}

/** All runs of small ties, newest first. */
function findSmallTies(scan: SegmentScan, query: SortedQuery, ties: readonly Tie[]): ReadonlyMap<Tie, readonly RunPlace[]> {
  const { column } = sortColumns[query.key]
  const tieOf = new Map(ties.flatMap((tie) => [...tie.values].map((value) => [value, tie] as const)))
  const found = new Map<Tie, RunPlace[]>(ties.map((tie) => [tie, []]))
  if (ties.length > 0)
    for (const place of collectPlaces(scan, withValues(query, column, tieOf), column)) {
      const tie = tieOf.get(place.value)
      if (tie !== undefined) found.get(tie)?.push(place)
    }
  for (const places of found.values()) places.sort((left, right) => comparePlaces(right, left))
  return found
}

function isSmall({ runs }: Tie): boolean {
  return runs <= smallTieRuns
}

function withValues({ conditions, span }: Matching, column: SegmentColumn, values: { has(value: number): boolean }): Matching {
  return { conditions: [...conditions, { column, allows: (value) => values.has(value) }], span }
}

/** The counted values by what they read as, in the order asked for. */
function sortTies(counts: ReadonlyMap<number, number>, words: Words, query: SortedQuery): readonly Tie[] {
  const ties = new Map<string | number, Tie>()
  for (const [value, runs] of counts) {
    const key = sortKeyOf(value, words, query.key)
    const tie = ties.get(key) ?? { key, values: new Set(), runs: 0, before: 0 }
    tie.values.add(value)
    tie.runs += runs
    ties.set(key, tie)
  }
  const sign = query.sort.descending ? -1 : 1
  const sorted = [...ties.values()].sort((left, right) => sign * compareKeys(left.key, right.key))
  let before = 0
  for (const tie of sorted) {
    tie.before = before
    before += tie.runs
  }
  return sorted
}

/** What a run is sorted by, as it reads: a name by its text, an absent one first, an exit code by its number with an absent one as 0. */
function sortKeyOf(value: number, words: Words, key: SortedQuery['key']): string | number {
  const { kind } = sortColumns[key]
  if (kind === 'status') return countColumns[value - 1] ?? ''
  if (value === absentValue) return kind === undefined ? 0 : ''
  return kind === undefined ? cellOfValue(value) : words.text(kind, cellOfValue(value))
}

function compareKeys(left: string | number, right: string | number): number {
  return typeof left === 'number' || typeof right === 'number' ? Number(left) - Number(right) : compareBytes(left, right)
}
