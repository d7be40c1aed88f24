import { isPartial, isSealed } from '../../page/counting.ts'
import { sumOf } from '../../page/outcome.ts'
import type { Analysis, Breakdown, DayRange } from '../../store/analysis-port.ts'
import type { ExtraHeaders } from '../answer.ts'
import type { Question } from './question.ts'

/**
 * What an answer misses. `expired`: runs have expired, and only what is left is counted or listed; `previous-expired`: the same of what is compared with.
 * `cut`: values beyond the longest list; `folded`: runs of values that a period did not keep apart.
 */
export type Lack = 'expired' | 'previous-expired' | 'cut' | 'folded'

/** How the body of an answer says that it misses something, and that what it is compared with does. */
export type PartialMarks = { readonly partial?: true; readonly previous_partial?: true }

/** `sealedDay`: the newest day whose runs have expired, in days since 1970; undefined while none have. */
export type Sealing = { readonly sealedDay: () => number | undefined }

/** Whether sums of these days miss runs that have expired, as pages mark them. */
export function partialMarks({ selection, previous }: Question, range: DayRange | undefined, { sealedDay }: Sealing): PartialMarks {
  const day = sealedDay()
  const misses = (days: DayRange | undefined) =>
    days !== undefined && day !== undefined && isPartial({ selection, range: days, sealedDay: day })
  return { ...(misses(range) && { partial: true }), ...(misses(previous) && { previous_partial: true }) }
}

/** Whether a list of runs misses some that have expired: of a sealed day none is sure to be left. */
export function listMarks({ range }: Pick<Question, 'range'>, { sealedDay }: Sealing): PartialMarks {
  const day = sealedDay()
  const misses = day !== undefined && (range === undefined || isSealed({ range, sealedDay: day }))
  return misses ? { partial: true } : {}
}

/** What a whole list of values misses. */
export function lacksOf(breakdown: Pick<Breakdown, 'rest' | 'folded'> | undefined): readonly Lack[] {
  if (breakdown === undefined) return []
  return [...(sumOf(breakdown.rest) > 0 ? (['cut'] as const) : []), ...(sumOf(breakdown.folded) > 0 ? (['folded'] as const) : [])]
}

/** What all the lists of an analysis miss, each reason once. */
export function lacksOfAll({ by }: Pick<Analysis, 'by'>): readonly Lack[] {
  return [...new Set(Object.values(by).flatMap((breakdown) => lacksOf(breakdown)))]
}

/** The reasons that the marks of a body stand for. */
export function lacksIn(body: unknown): readonly Lack[] {
  if (typeof body !== 'object' || body === null) return []
  return [
    ...('partial' in body && body.partial === true ? (['expired'] as const) : []),
    ...('previous_partial' in body && body.previous_partial === true ? (['previous-expired'] as const) : []),
  ]
}

/** The header by which an answer of any form says what it misses; none where it is whole. */
export function partialHeaders(lacks: readonly Lack[]): ExtraHeaders {
  return lacks.length === 0 ? {} : { 'Telemetry-Partial': lacks.join(', ') }
}
