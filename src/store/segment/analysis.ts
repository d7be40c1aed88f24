import type { Database } from 'bun:sqlite'
import { dayMs, dayOf } from '../../base/clock.ts'
import { runQuery } from '../../base/sql.ts'
import type { Analysis, AnalysisQuery, DayRange } from '../analysis-port.ts'
import { breakdownsOf } from '../count/breakdown-query.ts'
import { answerNothing } from '../count/nothing.ts'
import { sql } from '../schema.ts'
import type { Words } from '../words.ts'
import { SegmentBreakdown } from './breakdown.ts'
import { Column } from './codec.ts'
import type { Condition } from './filter.ts'
import type { SegmentScan } from './scan.ts'
import { spanOf } from './scan.ts'
import { SegmentSeries } from './series.ts'
import { RunSum, UnitDurations } from './sum.ts'
import { type TimedUnit, UnitCutter } from './unit.ts'

export type SegmentQuestion = { readonly database: Database; readonly scan: SegmentScan; readonly words: Words }

/** Answers whatever the filter crosses, from the runs' columns. Takes many short transactions: do not call it inside one. */
export function analyseSegments({ database, scan, words }: SegmentQuestion, query: AnalysisQuery): Analysis {
  const all = query.range === undefined ? findRange(database, words, query) : {}
  const range = query.range ?? all.range
  const mark = all.hasOutside ? { hasOutside: all.hasOutside } : {}
  const conditions = scan.conditions(query)
  if (range === undefined || conditions === undefined) return { ...answerNothing(query, range), ...mark }
  const total = new RunSum()
  const previous = new RunSum()
  const series = query.grain === undefined ? undefined : new SegmentSeries(range, query.grain)
  const parts = breakdownsOf(query).map((asked) => new SegmentBreakdown({ ...asked, range, words }))
  const compared = parts.filter(({ isCompared }) => isCompared)
  const hoursOf = query.grain === 'hour' ? range.toDay : undefined
  const reached = { fromDay: Math.min(range.fromDay, range.toDay - (query.trendDays ?? 0) + 1), toDay: range.toDay }
  walkUnits(scan, { conditions, range: reached, hoursOf, open: series === undefined ? parts : [...parts, series] }, (unit, durations) => {
    for (const part of parts) part.add(unit, durations)
    if (unit.day < range.fromDay) return
    total.add(unit, durations)
    series?.add(unit, durations)
  })
  if (query.previous !== undefined)
    walkUnits(scan, { conditions, range: query.previous, hoursOf: undefined, open: compared }, (unit, durations) => {
      for (const part of compared) part.addPrevious(unit)
      previous.add(unit, durations)
    })
  return {
    range,
    ...mark,
    total: total.spell(),
    ...(query.previous && { previous: previous.spell() }),
    series: series?.spell() ?? [],
    by: Object.fromEntries(parts.map((part) => [part.name, part.spell()])),
  }
}

type Walk = {
  readonly conditions: readonly Condition[]
  readonly range: DayRange
  readonly hoursOf: number | undefined
  /** What reads columns of its own of each block that has a run. */
  readonly open: readonly { open(scan: SegmentScan): void }[]
}

/** Visits the runs of a range that meet the conditions, those of one day (or hour) of a block at a time. */
function walkUnits(scan: SegmentScan, walk: Walk, visit: (unit: TimedUnit, durations: UnitDurations) => void): void {
  const span = spanOf(walk.range)
  const cutter = new UnitCutter(scan, walk.hoursOf)
  const durations = new UnitDurations()
  const took = new Column()
  scan.walk(scan.blocks(span), (block) => {
    if (scan.select(block, walk.conditions, span) === 0) return
    scan.read('took', took)
    for (const part of walk.open) part.open(scan)
    cutter.cut(block, (unit) => {
      durations.read(unit, took)
      visit(unit, durations)
    })
  })
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
