import type { Cloaked, NewEntry, TelemetryEvent } from '../event/entry.ts'
import type { Refusal } from '../event/refusal.ts'
import { readWire } from '../event/wire.ts'
import { type EncodedEntries, encodeEntries } from '../journal/payload.ts'
import type { Body, PrepareOptions, Sender } from './door.ts'
import { prepareInstall } from './prepare.ts'
import { timeOfEvent } from './time.ts'

/** What became of bodies, by their place among them. One that is not named is among the entries. Passes `postMessage`. */
export type PreparedGroup = {
  readonly entries: EncodedEntries
  readonly refused: readonly { readonly index: number; readonly fault: Refusal }[]
  /** Bodies on which our own code threw, with the error's name alone: a bug costs its event and not its neighbours, and tells nothing of the input. */
  readonly failed: readonly { readonly index: number; readonly name: string }[]
  /** Every repair and every cloaking rule of the entries, and how many keys of theirs nobody knows: for the counts, once they are on disk. */
  readonly repairs: readonly string[]
  readonly rules: readonly string[]
  readonly unknownKeys: number
}

/** Makes of bodies what the journal takes: checked, repaired, cloaked and encoded. Never throws. */
export function prepareGroup(bodies: readonly Body[], options: PrepareOptions): PreparedGroup {
  const entries: NewEntry[] = []
  const refused: { index: number; fault: Refusal }[] = []
  const failed: { index: number; name: string }[] = []
  const repairs: string[] = []
  const rules: string[] = []
  let unknownKeys = 0
  for (const [index, { bytes, sender }] of bodies.entries()) {
    try {
      const wire = readWire(bytes)
      if (!wire.ok) {
        refused.push({ index, fault: wire.fault })
        continue
      }
      const event = prepareInstall(wire.value, options.policy)
      entries.push(makeEntry(event, wire.value.at, sender, options))
      repairs.push(...event.repairs)
      rules.push(...event.rules)
      unknownKeys += wire.value.unknownKeys
    } catch (fault) {
      failed.push({ index, name: fault instanceof Error ? fault.name : 'unknown' })
    }
  }
  return { entries: encodeEntries(entries), refused, failed, repairs, rules, unknownKeys }
}

/** The entry of a prepared event, received now. */
function makeEntry(event: Cloaked<TelemetryEvent>, given: number | undefined, sender: Sender, { policy, clock }: PrepareOptions): NewEntry {
  const receivedAt = clock.now()
  return { tenant: sender.tenant, receivedAt, at: timeOfEvent(given, receivedAt, sender, policy.retentionMs), event }
}
