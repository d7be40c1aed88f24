import type { Analysis } from '../store/analysis-port.ts'
import type { Totals } from '../store/count/totals.ts'
import type { BarPart } from './chart/bar.ts'
import type { Tone } from './chart/time-chart.ts'

/** The five ways to read a run's status, in the order in which they are stacked: an unfinished run is one that runs, whatever its stage. */
export const outcomes = ['success', 'failed', 'aborted', 'running', 'unknown'] as const satisfies readonly Tone[]
export type OutcomeName = (typeof outcomes)[number]

export type Outcomes = Readonly<Record<OutcomeName, number>>

/** Counts by status as counts by outcome. */
export function outcomesOf({ success, failed, aborted, unknown, installing, validation, configuring }: Totals): Outcomes {
  return { success, failed, aborted, unknown, running: installing + validation + configuring }
}

/** All runs of some counts. */
export function sumOf(counts: Totals): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** All runs of a selection, now and in the period before. */
export type Whole = { readonly now: number; readonly before: number }

/** All runs of an analysis; nothing where it is compared with none, or a running day with a whole one: what ends late is still to come. */
export function wholeOf({ total, previous, isRunning }: Pick<Analysis, 'total' | 'previous' | 'isRunning'>): Whole | undefined {
  return isRunning ? undefined : previous && { now: sumOf(total.counts), before: sumOf(previous.counts) }
}

/** The parts of a bar that shows outcomes. */
export function barPartsOf(counts: Totals): readonly BarPart[] {
  const values = outcomesOf(counts)
  return outcomes.map((tone) => ({ tone, value: values[tone] }))
}
