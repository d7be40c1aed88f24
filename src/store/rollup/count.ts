import { absentValue, dimensions } from '../dimension.ts'
import type { RunCountQuery } from '../reader-port.ts'
import type { Words } from '../words.ts'
import { Axis } from './axis.ts'
import { CellTally } from './cell-tally.ts'
import { everyDay } from './key.ts'
import type { RollupReader } from './reader.ts'
import type { RollupScope } from './sum.ts'
import { resolveFilter } from './totals.ts'

export type CountParts = {
  readonly rollups: RollupReader
  readonly words: Words
  /** The newest day whose sums outlive its runs; before every day while there is none. */
  readonly sealedDay: number
  /** Whether a tenant has a run of a sealed day that did not go yet. */
  readonly hasSealedRuns: (tenant: number) => boolean
}

/**
 * How many runs a list has, where roll-ups can tell: of whole days, by source, type, status and one dimension at most. Nothing where they cannot, which
 * is also when some values of that dimension were not kept apart. Call it inside a transaction.
 */
export function countInRollups({ rollups, words, sealedDay, hasSealedRuns }: CountParts, query: RunCountQuery): number | undefined {
  const { filter } = query
  const given = query.range ?? everyDay
  const names = dimensions.filter((name) => filter[name] !== undefined)
  if (names.length > 1 || isNarrower(query)) return undefined
  const tenant = words.find('tenant', query.tenant)
  const cells = resolveFilter(words, filter)
  if (tenant === undefined || cells === undefined) return 0
  // A list has none of the runs that went; while some of them are still there, only a walk can tell which.
  if (given.fromDay <= sealedDay && hasSealedRuns(tenant)) return undefined
  const range = { ...given, fromDay: Math.max(given.fromDay, sealedDay + 1) }
  const scope: RollupScope = { rollups, words, tenant, filter: cells }
  const [name] = names
  if (name !== undefined) return countValue(new Axis(scope, name), filter[name] ?? '', range)
  const tally = new CellTally(cells)
  for (const { id, blob } of rollups.cells(tenant, 'run', range)) tally.add(blob, id)
  return tally.runs(absentValue)
}

/** Whether it asks for what no roll-up counts. */
function isNarrower({ app, repaired, cloaked, unendedBefore }: RunCountQuery): boolean {
  return app !== undefined || repaired !== undefined || cloaked !== undefined || unendedBefore !== undefined
}

function countValue(axis: Axis, text: string, range: NonNullable<RunCountQuery['range']>): number | undefined {
  const tally = axis.tally(range)
  let count: number | undefined
  for (const value of tally.values()) {
    if (axis.isFolded(value) && tally.runs(value) > 0) return undefined
    if (axis.nameOf(value) === text) count = (count ?? 0) + tally.runs(value)
  }
  return count
}
