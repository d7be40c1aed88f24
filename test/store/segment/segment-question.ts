import type { AnalysisQuery, Durations } from '../../../src/store/analysis-port.ts'
import { type Dimension, dimensions } from '../../../src/store/dimension.ts'
import { type PlainRun, plainValue } from '../plain-run.ts'
import { numbers } from './segment-history.ts'

const axes = [...dimensions, 'source', 'type'] as const

/** Any question: up to two filters that some run meets, a range, a comparison, buckets, groups, trends. */
export function questionFor(seed: number, runs: readonly PlainRun[]): AnalysisQuery {
  const below = numbers(seed)
  const sample = runs[below(runs.length)]?.reading
  const names = [...dimensions, 'source', 'type', 'status'] as const
  const filter: Record<string, string> = {}
  for (let count = below(3); count > 0 && sample !== undefined; count--) {
    const name = names[below(names.length)] ?? 'status'
    if (name === 'source') filter[name] = sample.repoSource
    else filter[name] = name === 'type' || name === 'status' ? sample[name] : plainValue(sample, name as Dimension)
  }
  const range = (fromDay: number) => ({ fromDay, toDay: fromDay + below(9) })
  const grain = (['hour', 'day', 'week', 'month', undefined] as const)[below(5)]
  return {
    tenant: below(4) === 0 ? 'b' : 'a',
    filter,
    ...(below(3) > 0 && { range: range(below(12)) }),
    ...(below(2) === 0 && { previous: range(below(12)) }),
    ...(grain !== undefined && { grain }),
    ...(below(2) === 0 && { trendDays: 1 + below(14) }),
    ...(below(2) === 0 && { followed: axes.filter(() => below(3) === 0) }),
    ...(below(3) === 0 && { untimed: true }),
    by: Object.fromEntries(axes.filter(() => below(2) === 0).map((name) => [name, below(5)])),
  }
}

/** The answer without quantiles, which lie in the middle of a bin, and with means that do not depend on the order of adding. */
export function rounded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, name === 'durations' ? roundDurations(part as Durations) : rounded(part)]),
  )
}

function roundDurations(durations: Durations | undefined) {
  return durations && { count: durations.count, mean: Number(durations.mean.toFixed(6)) }
}
