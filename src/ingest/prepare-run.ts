import { err, ok, type Result } from '../base/result.ts'
import { type EarlierFault, liftRecord, readEarlierRecord } from '../event/earlier-record.ts'
import type { Cloaked, NewEntry, RunEvent } from '../event/entry.ts'
import { runKeyOfState } from '../event/identity.ts'
import { firstAtOf } from '../event/reading.ts'
import { type Refusal, refusal } from '../event/refusal.ts'
import type { RepairCode } from '../event/repair-rule.ts'
import type { RunState } from '../event/run.ts'
import { decodeState, hasBelievableTimes } from '../event/run-record.ts'
import { readWireObject } from '../event/wire.ts'
import type { IngestPolicy } from './door.ts'
import { prepareInstall, prepareState } from './prepare.ts'

/** What records from elsewhere are prepared with. */
export type RecordPolicy = Pick<IngestPolicy, 'repoOwners' | 'idSecret'>

/** The state in a record that this program exported, or wrote into PocketBase; nothing for one that has none. */
function readOwnState(record: unknown, now: number): Result<RunState, Refusal> | undefined {
  if (typeof record !== 'object' || record === null || !('state' in record)) return undefined
  const { state, trace } = record as { readonly state: unknown; readonly trace?: unknown }
  const text = typeof state === 'string' ? state : (JSON.stringify(state) ?? '')
  if (!text.startsWith('{"version":')) return undefined // Another service's column of that name.
  const decoded = decodeState(text, typeof trace === 'string' && trace !== '' ? trace : undefined)
  if (!decoded.ok) return err(refusal('payload_unusable', 'state', decoded.fault.code))
  if (!hasBelievableTimes(decoded.value, now)) return err(refusal('payload_unusable', 'state', 'time_unbelievable'))
  return runKeyOfState(decoded.value) === undefined ? err(refusal('payload_unusable', 'random_id', 'missing')) : decoded
}

/**
 * Makes of an earlier service's record, by the wire's names, what the journal takes: checked, repaired, cloaked, with its own times kept. Refused where it
 * does not say which run it is or when that was. A record of our own keeps all that it says. `receivedAt` is now, in milliseconds since 1970; `repairs` is what was done to read the record.
 */
export function prepareRun(
  record: unknown,
  policy: RecordPolicy,
  { tenant, receivedAt, repairs = [] }: Pick<NewEntry, 'tenant' | 'receivedAt'> & { readonly repairs?: readonly RepairCode[] },
): Result<NewEntry, Refusal> {
  const own = readOwnState(record, receivedAt)
  if (own !== undefined) {
    if (!own.ok) return own
    return ok({ tenant, receivedAt, at: firstAtOf(own.value), event: prepareState(own.value, policy.idSecret) })
  }
  const earlier = readEarlierRecord(record, receivedAt)
  if (!earlier.ok) {
    return err(refusal('payload_unusable', ...placeOfFault[earlier.fault]))
  }
  const wire = readWireObject(earlier.value.wire, repairs)
  if (!wire.ok) return wire
  const event: RunEvent = { kind: 'run', state: liftRecord(prepareInstall(wire.value, policy), earlier.value) }
  return ok({ tenant, receivedAt, at: earlier.value.firstAt, event: event as Cloaked<RunEvent> })
}

const placeOfFault: Readonly<Record<EarlierFault, readonly [field: string, rule: string]>> = {
  not_an_object: ['record', 'not_an_object'],
  time_missing: ['created', 'missing'],
  time_unbelievable: ['created', 'time_unbelievable'],
}
