import type { Database } from 'bun:sqlite'
import { dayMs, dayOf } from '../../base/clock.ts'
import { runQuery } from '../../base/sql.ts'
import type { Analysis, AnalysisQuery, DayRange } from '../analysis-port.ts'
import { breakdownsOf } from '../count/breakdown-query.ts'
import { answerNothing } from '../count/nothing.ts'
import type { CrossedDays, CrossedReader } from '../crossed/reader.ts'
import { sql } from '../schema.ts'
import type { Words } from '../words.ts'
import { SegmentBreakdown } from './breakdown.ts'
import type { Condition } from './filter.ts'
import type { SegmentScan } from './scan.ts'
import { reuseScratch } from './scratch.ts'
import { SegmentSeries } from './series.ts'
import { RunSum } from './sum.ts'
import { walkDays } from './walk.ts'

export type SegmentQuestion = {
  readonly database: Database
  readonly scan: SegmentScan
  readonly words: Words
  /** Days that are counted already; without them every run is walked through. */
  readonly crossed?: CrossedReader
}

/** Answers whatever the filter crosses, from days that are counted already and the runs' columns. Takes many short transactions: do not call it inside one. */
export function analyseSegments(question: SegmentQuestion, query: AnalysisQuery): Analysis {
  const { database, scan, words, crossed } = question
  const all = query.range === undefined ? findRange(database, words, query) : {}
  const range = query.range ?? all.range
  const mark = all.hasOutside ? { hasOutside: all.hasOutside } : {}
  const conditions = scan.conditions(query)
  if (range === undefined || conditions === undefined) return { ...answerNothing(query, range), ...mark }
  const count = (days: CrossedDays['days']) => ({ ...countRuns({ scan, words, conditions, days }, query, range), ...mark })
  if (crossed === undefined) return count(new Map())
  const ranges = [reachedOf(query, range), ...(query.previous ? [query.previous] : [])]
  const { days, state } = database.transaction(() => crossed.find(query.tenant, query.filter, ranges))()
  const answer = count(days)
  // A run that went from one day to another meanwhile may have been met in both, or in none.
  const isSame = days.size === 0 || database.transaction(() => crossed.state(query.tenant, ranges))() === state
  return isSame ? answer : count(new Map())
}

/** The days that are walked through: those of the range, and those of the trend before it. */
function reachedOf({ trendDays = 0 }: AnalysisQuery, { fromDay, toDay }: DayRange): DayRange {
  return { fromDay: Math.min(fromDay, toDay - trendDays + 1), toDay }
}

type Counting = {
  readonly scan: SegmentScan
  readonly words: Words
  readonly conditions: readonly Condition[]
  readonly days: CrossedDays['days']
}

function countRuns({ words, ...found }: Counting, query: AnalysisQuery, range: DayRange): Analysis {
  reuseScratch()
  const total = new RunSum()
  const previous = new RunSum()
  const series = query.grain === undefined ? undefined : new SegmentSeries(range, query.grain)
  const parts = breakdownsOf(query).map((asked) => new SegmentBreakdown({ ...asked, range, words }))
  const compared = parts.filter(({ isCompared }) => isCompared)
  const hoursOf = query.grain === 'hour' ? range.toDay : undefined
  walkDays(
    { ...found, range: reachedOf(query, range), hoursOf, open: series === undefined ? parts : [...parts, series] },
    {
      unit: (unit, durations) => {
        for (const part of parts) part.add(unit, durations)
        if (unit.day < range.fromDay) return
        total.add(unit, durations)
        series?.add(unit, durations)
      },
      packed: (packed) => {
        for (const part of parts) part.addPacked(packed)
        if (packed.day < range.fromDay) return
        total.addPacked(packed)
        series?.addPacked(packed)
      },
    },
  )
  if (query.previous !== undefined)
    walkDays(
      { ...found, range: query.previous, hoursOf: undefined, open: compared },
      {
        unit: (unit, durations) => {
          for (const part of compared) part.addPrevious(unit)
          previous.add(unit, durations)
        },
        packed: (packed) => {
          for (const part of compared) part.addPreviousPacked(packed)
          previous.addPacked(packed)
        },
      },
    )
  return {
    range,
    total: total.spell(),
    ...(query.previous && { previous: previous.spell() }),
    series: series?.spell() ?? [],
    by: Object.fromEntries(parts.map((part) => [part.name, part.spell()])),
  }
}

/** No date lies further from 1970, in milliseconds. */
const momentMax = 8_640_000_000_000_000

/** The days of the tenant's first and last run, of those that count, and whether there are runs of others. */
function findRange(
  database: Database,
  words: Words,
  { tenant, within }: Pick<AnalysisQuery, 'tenant' | 'within'>,
): Pick<Analysis, 'range' | 'hasOutside'> {
  const code = words.find('tenant', tenant)
  if (code === undefined) return {}
  const [from, until] = within === undefined ? [-momentMax, momentMax] : [within.fromDay * dayMs, (within.toDay + 1) * dayMs]
  const runs = sql.selectFrom('run').select('at').where('tenant', '=', code).limit(1) // Index run_at, at both ends and at those of the days.
  const inside = runs.where('at', '>=', from).where('at', '<', until)
  const [first] = runQuery(database, inside.orderBy('at'))
  const [last] = runQuery(database, inside.orderBy('at', 'desc'))
  const hasOutside = [runs.where('at', '<', from), runs.where('at', '>=', until)].some((query) => runQuery(database, query).length > 0)
  return {
    ...(first !== undefined && last !== undefined && { range: { fromDay: dayOf(first.at), toDay: dayOf(last.at) } }),
    ...(hasOutside && { hasOutside }),
  }
}
