import { foldedValue } from '../dimension.ts'
import { nameValue } from '../value-name.ts'
import type { Words } from '../words.ts'
import { CellReader } from './cells.ts'
import { daysOfId, everyDay, grainOfId, type PackedPeriod, periodOfId } from './key.ts'
import { everySingleDay, type RollupReader } from './reader.ts'

/**
 * The first day on which each script ran, by its name. Months say in which one a script is met first, and only their days are looked through; what a
 * period did not keep apart is not told.
 */
export function readFirstDays(rollups: RollupReader, words: Words, tenant: number): ReadonlyMap<string, number> {
  const firstDays = new Map<number, number>()
  for (const period of rollups.cells(tenant, 'script', everyDay)) {
    const fresh = new Set(scriptsIn(period).filter((script) => !firstDays.has(script)))
    if (fresh.size > 0) for (const day of daysOf(rollups, tenant, period)) settle(day, fresh, firstDays)
  }
  return new Map([...firstDays].map(([script, day]) => [nameValue('script', script, words), day]))
}

/** The days of a period, oldest first. */
function daysOf(rollups: RollupReader, tenant: number, period: PackedPeriod): readonly PackedPeriod[] {
  if (grainOfId(period.id) === 'day') return [period]
  return rollups.cells(tenant, 'script', daysOfId(period.id), everySingleDay)
}

/** Moves the scripts that a day has from `fresh` to `firstDays`. */
function settle(day: PackedPeriod, fresh: Set<number>, firstDays: Map<number, number>): void {
  if (fresh.size === 0) return
  for (const script of scriptsIn(day)) if (fresh.delete(script)) firstDays.set(script, periodOfId(day.id))
}

function scriptsIn({ blob }: PackedPeriod): readonly number[] {
  const scripts = new Set<number>()
  const reader = new CellReader(blob)
  while (reader.next()) if (reader.hasRuns() && reader.value !== foldedValue) scripts.add(reader.value)
  return [...scripts]
}
