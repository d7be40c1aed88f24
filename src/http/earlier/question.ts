import type { RunFilter } from '../../store/analysis-port.ts'
import { leadingNumber } from '../query.ts'
import type { Question } from '../question/question.ts'
import { rangeOfDays } from '../question/question-period.ts'

/** What the APIs of the earlier service ask for: days up to today (UTC), a source, a repository. Without a range everything is meant. */
export type EarlierQuestion = Question & { readonly days?: number }

export type EarlierRules = {
  readonly daysDefault: number
  /** What `days=0` means. */
  readonly zero: 'year' | 'all' | 'day'
  readonly isPublic: boolean
}

const daysMax = 365
const sourceDefault = 'ProxmoxVE'
const everySource = 'all'
/** What everybody may choose from, without a sign-in. Other numbers mean the next longer period. */
const publicDays = [1, 7, 30, 90, 365]

/** Reads parameters as the earlier service did, which refused none: what cannot be used falls back to its default, what is unknown is not looked at. */
export function readEarlierQuestion(params: URLSearchParams, now: number, rules: EarlierRules): EarlierQuestion {
  const days = readDays(params, rules)
  const filter = readFilter(params, rules.isPublic)
  const selection = { period: 'all', compares: false, filter } as const
  return days === undefined ? { selection } : { selection, days, range: rangeOfDays(days, now) }
}

function readDays(params: URLSearchParams, { daysDefault, zero, isPublic }: EarlierRules): number | undefined {
  const asked = leadingNumber(params.get('days')) ?? daysDefault
  if (asked === 0 && zero === 'all') return undefined
  const days = asked < 0 || (asked === 0 && zero === 'day') ? 1 : asked === 0 ? daysMax : Math.min(asked, daysMax)
  return isPublic ? publicDays.find((least) => least >= days) : days
}

/** Everybody has one filter: a repository, or else a source. */
function readFilter(params: URLSearchParams, isPublic: boolean): RunFilter {
  const slug = params.get('slug') || undefined
  const source = params.get('repo') || sourceDefault
  const hasSource = source !== everySource && !(isPublic && slug !== undefined)
  return { ...(hasSource && { source }), ...(slug !== undefined && { slug }) }
}
