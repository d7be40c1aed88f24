import { nearestOf } from '../../base/nearest.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import { addressOf, type FilterName, filterTitles, type Period, periods, type Selection } from '../../page/address.ts'
import { formatCount } from '../../page/format.ts'
import type { DayRange, Grain, RunFilter } from '../../store/analysis-port.ts'
import { checkFilterValue } from './filter-value.ts'
import { previousOf, rangeOfPeriod, readOwnDays } from './question-period.ts'

/** What the parameters of a page or an API ask for. Without a range everything is meant; without a previous one nothing is compared. */
export type Question = {
  readonly selection: Selection
  readonly range?: DayRange
  readonly previous?: DayRange
  /** The period by name that was given besides own days, which hold in its place. */
  readonly overruled?: Period
}

export type QuestionRules = {
  /** What an address without a period means. */
  readonly periodDefault?: Period
  /** Parameters of the route itself, such as its order; whoever asks reads them. */
  readonly also?: readonly string[]
  /** Everybody may ask for aggregates only: fixed periods, one filter. */
  readonly isPublic?: boolean
}

/** What a period means when none is given. */
export const periodDefault: Period = '30d'

const filterNames = Object.keys(filterTitles) as readonly FilterName[]
const ownNames = ['period', 'from', 'to', 'compare'] as const
const compareWords = ['previous', 'none'] as const

/**
 * Reads period, comparison and filters. Empty parameters count as absent, as forms send them. What cannot be meant is refused with the name of
 * the parameter, an unknown one with the name of the nearest that exists. Days are days of UTC. Values of filters are taken letter by letter, blanks
 * at their ends too: stores hold names that begin with one, and a link has to find them.
 */
export function readQuestion(params: URLSearchParams, now: number, rules: QuestionRules = {}): Result<Question, Refusal> {
  const given = readGiven(params, [...ownNames, ...filterNames, ...(rules.also ?? [])])
  if (!given.ok) return given
  const when = readPeriod(given.value, now, rules)
  if (!when.ok) return when
  const compares = readCompare(given.value)
  if (!compares.ok) return compares
  const filter = readFilter(given.value)
  if (!filter.ok) return filter
  const { period, range, overruled } = when.value
  const question = {
    selection: { period, compares: compares.value, filter: filter.value, ...(rules.isPublic && { isSingle: true as const }) },
    ...(range !== undefined && { range }),
    ...(range !== undefined && compares.value && { previous: previousOf(range) }),
    ...(overruled !== undefined && { overruled }),
  }
  return rules.isPublic ? checkPublic(question) : ok(question)
}

/** The way back: the parameters that ask the same question again. */
export function queryTextOf({ selection }: Pick<Question, 'selection'>): string {
  return addressOf('/', selection).slice('/?'.length)
}

/** The buckets in which a range of days is drawn: few enough to read, small enough to see. */
export function grainOf(range: DayRange | undefined): Grain {
  if (range === undefined) return 'month'
  const days = range.toDay - range.fromDay + 1
  if (days === 1) return 'hour'
  if (days <= dayGrainMax) return 'day'
  return days <= weekGrainMax ? 'week' : 'month'
}

const dayGrainMax = 92
const weekGrainMax = 731

/** Says in words what was wrong with a question, for pages and messages. Names ours alone, never what was sent. */
export function explainRefusal({ field, rule }: Refusal): string {
  const nearest = /^nearest_value_(.+)$/.exec(rule)?.[1]
  if (nearest !== undefined) return `The parameter ${field} has no such value; the nearest that exists is ${nearest}.`
  const [, least = '', most = ''] = /^not_from_(\d+)_to_(\d+)$/.exec(rule) ?? []
  if (most !== '') return `The parameter ${field} is a whole number from ${least} to ${formatCount(Number(most))}.`
  return `${explanations[rule]?.(field) ?? `The parameter ${field} cannot be used so (${rule.replaceAll('_', ' ')}).`}`
}

const explanations: Readonly<Record<string, (field: string) => string>> = {
  nearest_to_unknown: (field) => `There is no such parameter; the nearest that exists is ${field}.`,
  takes_none: () => 'This address takes no parameters.',
  repeated: (field) => `The parameter ${field} stands there twice; once is enough.`,
  too_long: (field) => `The value of ${field} is longer than any that exists.`,
  not_a_number: (field) => `The parameter ${field} is a whole number.`,
  not_a_cursor: (field) => `The parameter ${field} is what the page before gave for it, and nothing else.`,
  not_both: (field) => `Ask for what comes after a run or before it: ${field} stands there besides the other.`,
  not_a_day: (field) => `The parameter ${field} is a day such as 2026-03-01.`,
  without_from: () => 'A last day needs a first one: add from.',
  in_the_future: (field) => `The parameter ${field} lies in the future.`,
  after_to: () => 'The first day lies after the last.',
  too_many_days: () => 'Ask for ten years at the most.',
  not_public: (field) => `Without a sign-in ${field} is not open; ask for one of the fixed periods and for one filter at the most.`,
}

type Given = ReadonlyMap<string, string>

/** What to suggest for names that others use for ours, where it is known. A map: a client may send the name of something that every object has. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['page', 'after'],
  ['offset', 'after'],
  ['cursor', 'after'],
  ['app', 'script'],
  ['name', 'script'],
  ['nsapp', 'script'],
  ['repo', 'source'],
  ['repo_source', 'source'],
  ['repository', 'slug'],
  ['days', 'period'],
  ['since', 'from'],
  ['until', 'to'],
  ['os_type', 'os'],
  ['error_category', 'category'],
])

/** The parameters of an address by their names; refused when one is not known there, or stands there twice. */
export function readGiven(params: URLSearchParams, known: readonly string[]): Result<Given, Refusal> {
  const given = new Map<string, string>()
  const seen = new Set<string>()
  for (const [name, value] of params) {
    if (!known.includes(name)) return err(refuseUnknown(name, known))
    if (seen.has(name)) return err(refusal('parameter_invalid', name, 'repeated'))
    seen.add(name)
    if (value !== '') given.set(name, value)
  }
  return ok(given)
}

function refuseUnknown(name: string, known: readonly string[]): Refusal {
  const other = otherNames.get(name)
  const nearest = other !== undefined && known.includes(other) ? other : nearestOf(name.slice(0, nameCharactersMax), known)
  return nearest === undefined
    ? refusal('parameter_invalid', 'query', 'takes_none')
    : refusal('parameter_invalid', nearest, 'nearest_to_unknown')
}

const nameCharactersMax = 64

type When = Pick<Question, 'range' | 'overruled'> & Pick<Selection, 'period'>

/** Own days win over a period by name, so that filling them in is enough: the form sends the period that it had along. */
function readPeriod(given: Given, now: number, rules: QuestionRules): Result<When, Refusal> {
  const [from, to, named] = (['from', 'to', 'period'] as const).map((name) => given.get(name)?.trim() || undefined)
  const period = readWord('period', named ?? rules.periodDefault ?? periodDefault, periods)
  if (!period.ok) return period
  if (from !== undefined || to !== undefined) {
    const own = readOwnDays(from, to, now)
    return own.ok && named !== undefined ? ok({ ...own.value, overruled: period.value }) : own
  }
  const range = rangeOfPeriod(period.value, now)
  return ok({ period: period.value, ...(range !== undefined && { range }) })
}

function readCompare(given: Given): Result<boolean, Refusal> {
  const word = readWord('compare', given.get('compare')?.trim() || 'previous', compareWords)
  return word.ok ? ok(word.value === 'previous') : word
}

function readWord<Word extends string>(field: string, given: string, words: readonly Word[]): Result<Word, Refusal> {
  const found = words.find((word) => word === given)
  if (found !== undefined) return ok(found)
  return err(refusal('parameter_invalid', field, `nearest_value_${nearestOf(given.slice(0, nameCharactersMax), words)}`))
}

function readFilter(given: Given): Result<RunFilter, Refusal> {
  const filter: { [Name in FilterName]?: string } = {}
  for (const name of filterNames) {
    const value = given.get(name)
    if (value === undefined) continue
    const rule = checkFilterValue(name, value)
    if (rule !== undefined) return err(refusal('parameter_invalid', name, rule))
    filter[name] = value
  }
  return ok(filter)
}

/** A free choice of days or two filters could be subtracted from each other until one run is left. */
function checkPublic(question: Question): Result<Question, Refusal> {
  const { period, filter } = question.selection
  if (typeof period !== 'string') return err(refusal('parameter_invalid', 'from', 'not_public'))
  const second = Object.keys(filter)[1]
  return second === undefined ? ok(question) : err(refusal('parameter_invalid', second, 'not_public'))
}
