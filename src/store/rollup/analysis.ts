import type { Analysis, AnalysisQuery, DayRange, RunFilter } from '../analysis-port.ts'
import { breakdownsOf } from '../count/breakdown-query.ts'
import { answerNothing } from '../count/nothing.ts'
import { absentValue } from '../dimension.ts'
import type { Words } from '../words.ts'
import { readBreakdown } from './breakdown.ts'
import { CellTally } from './cell-tally.ts'
import { daysOfId, everyDay, grainOfId, type PackedPeriod, periodOfId } from './key.ts'
import { everySingleDay, type RollupReader } from './reader.ts'
import { readSeries } from './series.ts'
import { type RollupScope, readSum } from './sum.ts'
import { resolveFilter } from './totals.ts'

/** What roll-ups can be filtered by; whatever else is asked for needs the runs. */
const rollupFilters: readonly string[] = ['source', 'type', 'status']

/** Whether roll-ups alone answer for a filter. */
export function isRollupFilter(filter: RunFilter): boolean {
  return Object.entries(filter).every(([name, value]) => value === undefined || rollupFilters.includes(name))
}

/** Answers from roll-ups alone. Call it inside a transaction, so that all parts tell of one state. */
export function analyseRollups(rollups: RollupReader, words: Words, query: AnalysisQuery): Analysis {
  const tenant = words.find('tenant', query.tenant)
  const all = query.range !== undefined || tenant === undefined ? {} : findRange(rollups, tenant, query.within)
  const range = query.range ?? all.range
  const filter = resolveFilter(words, query.filter)
  if (tenant === undefined || range === undefined || filter === undefined) return { ...answerNothing(query, range), ...mark(all) }
  const scope: RollupScope = { rollups, words, tenant, filter }
  return {
    range,
    ...mark(all),
    total: readSum(scope, range),
    ...(query.previous && { previous: readSum(scope, query.previous) }),
    series: query.grain === undefined ? [] : readSeries(scope, range, query.grain),
    by: Object.fromEntries(breakdownsOf(query).map((asked) => [asked.name, readBreakdown(scope, range, asked)])),
  }
}

function mark({ hasOutside }: Pick<Analysis, 'hasOutside'>): Pick<Analysis, 'hasOutside'> {
  return hasOutside ? { hasOutside } : {}
}

/** The first and the last day that have a run, of those that count, and whether others have one. */
function findRange(rollups: RollupReader, tenant: number, within: DayRange = everyDay): Pick<Analysis, 'range' | 'hasOutside'> {
  const range = findEnds(rollups, tenant, within)
  const outside = [
    { fromDay: everyDay.fromDay, toDay: within.fromDay - 1 },
    { fromDay: within.toDay + 1, toDay: everyDay.toDay },
  ]
  const hasOutside = outside.some((days) => days.fromDay <= days.toDay && rollups.cells(tenant, 'run', days).some(hasRuns))
  return { ...(range && { range }), ...(hasOutside && { hasOutside }) }
}

function findEnds(rollups: RollupReader, tenant: number, within: DayRange): DayRange | undefined {
  const months = rollups.cells(tenant, 'run', within).filter(hasRuns)
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const days = [first, last].flatMap(({ id }) => {
    if (grainOfId(id) === 'day') return [periodOfId(id)]
    return rollups
      .cells(tenant, 'run', daysOfId(id), everySingleDay)
      .filter(hasRuns)
      .map((day) => periodOfId(day.id))
  })
  return { fromDay: Math.min(...days), toDay: Math.max(...days) }
}

function hasRuns({ blob, id }: PackedPeriod): boolean {
  const tally = new CellTally({})
  tally.add(blob, id)
  return tally.runs(absentValue) > 0
}
