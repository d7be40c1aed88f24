import { err, ok, type Result } from '../base/result.ts'
import { liftRecord, readEarlierRecord } from '../event/earlier-record.ts'
import type { Cloaked, NewEntry, RunEvent } from '../event/entry.ts'
import { runKeyOfState } from '../event/identity.ts'
import { firstAtOf } from '../event/reading.ts'
import { type Refusal, refusal } from '../event/refusal.ts'
import type { RunState } from '../event/run.ts'
import { decodeState } from '../event/run-record.ts'
import { readWireObject } from '../event/wire.ts'
import type { IngestPolicy } from './door.ts'
import { prepareInstall, prepareState } from './prepare.ts'

/** What records from elsewhere are prepared with. */
export type RecordPolicy = Pick<IngestPolicy, 'repoOwners' | 'idSecret'>

/** The state in a record that this program exported, or wrote into PocketBase; nothing for one that has none. */
function readOwnState(record: unknown): Result<RunState, Refusal> | undefined {
  if (typeof record !== 'object' || record === null || !('state' in record)) return undefined
  const { state, trace } = record as { readonly state: unknown; readonly trace?: unknown }
  const text = typeof state === 'string' ? state : (JSON.stringify(state) ?? '')
  if (!text.startsWith('{"version":')) return undefined // Another service's column of that name.
  const decoded = decodeState(text, typeof trace === 'string' && trace !== '' ? trace : undefined)
  if (!decoded.ok) return err(refusal('payload_unusable', 'state', decoded.fault.code))
  return runKeyOfState(decoded.value) === undefined ? err(refusal('payload_unusable', 'random_id', 'missing')) : decoded
}

/**
 * Makes of an earlier service's record, by the wire's names, what the journal takes: checked, repaired, cloaked, with its own times kept. Refused where it
 * does not say which run it is or when that was. A record of our own keeps all that it says. `receivedAt` is now, in milliseconds since 1970.
 */
export function prepareRun(
  record: unknown,
  policy: RecordPolicy,
  { tenant, receivedAt }: Pick<NewEntry, 'tenant' | 'receivedAt'>,
): Result<NewEntry, Refusal> {
  const own = readOwnState(record)
  if (own !== undefined) {
    if (!own.ok) return own
    return ok({ tenant, receivedAt, at: firstAtOf(own.value), event: prepareState(own.value, policy.idSecret) })
  }
  const earlier = readEarlierRecord(record)
  if (!earlier.ok) {
    const [field, rule] = earlier.fault === 'time_missing' ? ['created', 'missing'] : ['record', earlier.fault]
    return err(refusal('payload_unusable', field, rule))
  }
  const wire = readWireObject(earlier.value.wire)
  if (!wire.ok) return wire
  const event: RunEvent = { kind: 'run', state: liftRecord(prepareInstall(wire.value, policy), earlier.value) }
  return ok({ tenant, receivedAt, at: earlier.value.firstAt, event: event as Cloaked<RunEvent> })
}
