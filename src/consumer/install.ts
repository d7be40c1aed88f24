import { assert } from '../base/assert.ts'
import type { Entry } from '../event/entry.ts'
import { type RunKey, runKeyOf, runKeyOfState } from '../event/identity.ts'
import { join, lift } from '../event/merge.ts'
import type { RunState } from '../event/run.ts'
import type { RunDelta, StoreWriter } from '../store/port.ts'
import type { Consumer } from './runner.ts'

type MergedRun = { readonly key: Uint8Array; readonly hex: string; readonly state: RunState }

/** Merges install events, and runs from elsewhere, into runs. */
export const installConsumer: Consumer = { name: 'install', plan: planRuns }

/** Runs that are loaded together. Few, so that what their look-up read of the key's index is still in memory when they are written. */
const loadedAtOnce = 256

/**
 * What a batch changes, made while it is written: of a large store, look-ups that run far ahead would read every page of the index twice.
 * Reports are merged with each other first, so that each run is loaded and written once.
 */
function* planRuns(entries: readonly Entry[], store: Pick<StoreWriter, 'load'>): Iterable<RunDelta> {
  for (const [tenant, runs] of mergeEntries(entries))
    for (let start = 0; start < runs.length; start += loadedAtOnce) yield* planPart(tenant, runs.slice(start, start + loadedAtOnce), store)
}

/** The runs of a batch by tenant and key, in the order of their keys, in which neighbours share pages of the index. */
export function mergeEntries(entries: readonly Entry[]): ReadonlyMap<string, readonly MergedRun[]> {
  const tenants = new Map<string, Map<string, MergedRun>>()
  for (const { tenant, at, event } of entries) {
    const runs = tenants.get(tenant) ?? new Map<string, MergedRun>()
    tenants.set(tenant, runs)
    const { key, hex, state } = readEntry(event, at)
    const known = runs.get(hex)
    runs.set(hex, { key, hex, state: known === undefined ? state : join(known.state, state) })
  }
  return new Map([...tenants].map(([tenant, runs]) => [tenant, [...runs.values()].sort(byHex)]))
}

function readEntry(event: Entry['event'], at: number): RunKey & { readonly state: RunState } {
  if (event.kind === 'install') return { ...runKeyOf(event.install), state: lift(event, at) }
  const key = runKeyOfState(event.state)
  assert(key, 'a run in the journal has an id')
  return { ...key, state: event.state }
}

function planPart(tenant: string, runs: readonly MergedRun[], store: Pick<StoreWriter, 'load'>): RunDelta[] {
  const stored = new Map(store.load(runs.map(({ key }) => ({ tenant, key }))).map((run) => [run.key.toHex(), run]))
  return runs.flatMap(({ key, hex, state }) => {
    const before = stored.get(hex)
    if (before === undefined) return [{ tenant, key, after: state }]
    const after = join(before.state, state)
    return after === before.state ? [] : [{ tenant, key, before, after }] // Nothing new: no new revision, nothing to send to a mirror.
  })
}

function byHex(left: MergedRun, right: MergedRun): number {
  return left.hex < right.hex ? -1 : 1
}
