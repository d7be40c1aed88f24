import { ok, type Result } from '../base/result.ts'
import type { NewEntry, Seq } from '../event/entry.ts'
import type { Refusal } from '../event/refusal.ts'
import { readWire, type Wire } from '../event/wire.ts'
import type { Door, Sender } from './door.ts'
import { prepareInstall } from './prepare.ts'
import { timeOfEvent } from './time.ts'

/** Takes one body from the wire to the journal; the event is on disk when this resolves. What a client can send is refused by value. */
export async function accept(body: Uint8Array, sender: Sender, door: Door): Promise<Result<Seq, Refusal>> {
  const wire = readWire(body)
  if (!wire.ok) return wire

  const entry = makeEntry(wire.value, sender, door)
  const stored = await door.journal.append([entry])
  if (!stored.ok) return stored

  countAccepted(door, wire.value, entry)
  return ok(stored.value)
}

/** The entry of a checked event, received now. */
export function makeEntry(wire: Wire, sender: Sender, door: Door): NewEntry {
  const receivedAt = door.clock.now()
  const at = timeOfEvent(wire.at, receivedAt, sender, door.policy.retentionMs)
  return { tenant: sender.tenant, receivedAt, at, event: prepareInstall(wire, door.policy) }
}

/** Counts an event that is on disk, with what was repaired and hidden in it. */
export function countAccepted(door: Door, wire: Wire, entry: NewEntry): void {
  door.tallies.accepted.add('install')
  for (const repair of entry.event.repairs) door.tallies.repaired.add(repair)
  for (const rule of entry.event.rules) door.tallies.cloaked.add(rule)
  if (wire.unknownKeys > 0) door.tallies.unknownKeys.add('install', wire.unknownKeys)
}
