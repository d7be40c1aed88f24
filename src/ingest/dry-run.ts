import { err, ok, type Result } from '../base/result.ts'
import { installFields } from '../event/install.ts'
import { isExcused } from '../event/reading.ts'
import type { Refusal } from '../event/refusal.ts'
import { readWire, type Wire } from '../event/wire.ts'
import type { BatchItems } from './batch.ts'
import type { IngestPolicy } from './door.ts'
import { prepareInstall } from './prepare.ts'
import { takeTurns } from './turn.ts'

/** What a client would have stored: the one record by wire names, what was repaired, which rules cloaked. */
export type DryRun = {
  readonly would_store: Readonly<Record<string, string | number | boolean>>
  /** Only where the run reads otherwise than it was reported: a failure that the clients' contract does not count as one. */
  readonly reads_as?: 'success'
  readonly repaired: readonly string[]
  readonly cloaked: readonly string[]
  readonly unknown_keys: number
}

/** Stands for a keyed hash: an answer that showed it would let anybody ask whose hash it is. */
const hashedId = '(replaced by a keyed hash)'

/** Does all that `accept` does but for writing and counting. */
export function tryEvent(body: Uint8Array, policy: IngestPolicy): Result<DryRun, Refusal> {
  const wire = readWire(body)
  return wire.ok ? ok(tryWire(wire.value, policy)) : err(wire.fault)
}

/** What would become of one item of a batch. */
export type ItemTrial = { readonly index: number; readonly result: Result<DryRun, Refusal> }

/** The same for each item of a batch. */
export async function tryBatch(batch: BatchItems, policy: IngestPolicy): Promise<readonly ItemTrial[]> {
  const trials: ItemTrial[] = []
  const turns = takeTurns()
  for (const [index, item] of batch.items.entries()) {
    if (turns.isOver()) await turns.rest()
    trials.push({ index, result: tryEvent(item, policy) })
  }
  if (batch.rest !== undefined) trials.push({ index: batch.items.length, result: err(batch.rest) })
  return trials
}

function tryWire(wire: Wire, policy: IngestPolicy): DryRun {
  const event = prepareInstall(wire, policy)
  const stored: Record<string, string | number | boolean> = {}
  for (const { wire: name, name: property } of installFields) {
    const value = event.install[property]
    if (value !== undefined) stored[name] = value
  }
  for (const name of ['random_id', 'execution_id']) if (String(stored[name]).startsWith('h-')) stored[name] = hashedId
  if (event.install.trace !== undefined) stored['trace'] = event.install.trace
  const reading = isExcused(event.install) ? { reads_as: 'success' as const } : {}
  return { would_store: stored, ...reading, repaired: event.repairs, cloaked: event.rules, unknown_keys: wire.unknownKeys }
}
