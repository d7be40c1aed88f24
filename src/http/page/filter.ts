import type { FilterName, Href } from '../../page/address.ts'
import type { FilterView, OwnFilterView } from '../../page/filter-view.ts'
import type { NoticeView } from '../../page/frame/frame-view.ts'
import type { Analysis } from '../../store/analysis-port.ts'
import { valuesOfFilter } from '../question/filter-value.ts'
import type { Question } from '../question/question.ts'

/** Filters of the first line and of the fold below it, for pages about all runs. */
export const commonFilters: readonly FilterName[] = ['source', 'type', 'script', 'os', 'slug', 'status', 'category']

/** Scripts by a part of their name, on pages that list many. */
export const namePartFilter: OwnFilterView = { name: 'app', title: 'part of the script’s name' }

/** The filters of a page as they stand. */
export function filterViewOf(
  path: Href,
  { selection }: Question,
  names: readonly FilterName[],
  more: Partial<Pick<FilterView, 'hasCompare' | 'kept' | 'own'>> = {},
): FilterView {
  const choices = names.flatMap((name) => {
    const values = valuesOfFilter(name)
    return values === undefined ? [] : [[name, values] as const]
  })
  return { path, selection, names, choices: Object.fromEntries(choices), hasCompare: true, ...more }
}

/** What a page says of its question: that own days hold where a period stands beside them, as the form sends both; and that some runs count on no day. */
export function noticesOf(
  { selection: { period }, overruled }: Question,
  analysis: Pick<Analysis, 'hasOutside'> = {},
): readonly NoticeView[] {
  const notices: NoticeView[] = []
  if (overruled !== undefined && typeof period !== 'string')
    notices.push({ tone: 'info', text: `Own days hold: ${period.from} to ${period.to}, in place of the period ${overruled}.` })
  if (analysis.hasOutside) notices.push({ tone: 'info', text: outsideText })
  return notices
}

const outsideText = 'Runs that are dated before the year 2000 or after today are not counted; the list of runs has them.'

/** The filters of a page about one script or one group of errors. The page is a filter itself, so where there may be one it takes none. */
export function filtersOfOne({ selection }: Question, names: readonly FilterName[]): readonly FilterName[] {
  return selection.isSingle ? [] : names
}
