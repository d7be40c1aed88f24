import type { Unit } from './unit.ts'

/** How something is coloured: by the state it counts, or as one of two measures. A class of the style sheet. */
export type Tone = 'success' | 'failed' | 'aborted' | 'running' | 'unknown' | 'main' | 'second'

/** One measure over time: a value a bucket, nothing where there is none. */
export type Series = {
  readonly name: string
  readonly tone: Tone
  readonly values: readonly (number | undefined)[]
  /** Its values are moments of their own, which no line joins. */
  readonly isDots?: boolean
}

/** Whether there is anything to draw. */
export function hasValues({ series }: Pick<TimeChart, 'series'>): boolean {
  return series.some(({ values }) => values.some((value) => value !== undefined))
}

/** What a chart over time shows. `description` says in words what can be seen; `labels` name the buckets, oldest first. */
export type TimeChart = {
  readonly title: string
  readonly description: string
  readonly labels: readonly string[]
  readonly unit: Unit
  readonly series: readonly Series[]
}
