import type { DayRange, RunFilter } from '../store/analysis-port.ts'
import { addressOf, type Href, refilter, type Selection } from './address.ts'

/**
 * What the numbers of a page count, and whether their records can be opened: by who signed in, and where no day of the range is sealed.
 * `sealedDay` is the newest day whose records have expired; its sums stay.
 */
export type Counting = {
  readonly selection: Selection
  readonly range?: DayRange
  readonly canOpen: boolean
  readonly sealedDay?: number
}

/** The records that a number counts, or nothing where they cannot be opened. */
export function recordsBehind(counting: Counting, filter: RunFilter): Href | undefined {
  if (!counting.canOpen || isSealed(counting)) return undefined
  return addressOf('/records', refilter({ ...counting.selection, compares: true }, filter))
}

/** Whether records of some day of the range have expired. */
export function isSealed({ range, sealedDay }: Pick<Counting, 'range' | 'sealedDay'>): boolean {
  return range !== undefined && sealedDay !== undefined && range.fromDay <= sealedDay
}

/** Sums of a sealed day are kept by these, one or all of them; whatever else is filtered by is counted from the runs that are left. */
const keptFilters: readonly string[] = ['source', 'type', 'status']

/** Whether the numbers miss runs: records of some day of the range have expired, and the sums that were kept of it do not know all the filters. */
export function isPartial(counting: Pick<Counting, 'range' | 'sealedDay' | 'selection'>): boolean {
  const { filter } = counting.selection
  return isSealed(counting) && Object.entries(filter).some(([name, value]) => value !== undefined && !keptFilters.includes(name))
}
