import { err, ok, type Result } from '../base/result.ts'
import { liftRecord, readEarlierRecord } from '../event/earlier-record.ts'
import type { Cloaked, NewEntry, RunEvent } from '../event/entry.ts'
import { type Refusal, refusal } from '../event/refusal.ts'
import { readWireObject } from '../event/wire.ts'
import type { IngestPolicy } from './door.ts'
import { prepareInstall } from './prepare.ts'

/** What records from elsewhere are prepared with. */
export type RecordPolicy = Pick<IngestPolicy, 'repoOwners' | 'idSecret'>

/**
 * Makes of an earlier service's record, by the wire's names, what the journal takes: checked, repaired, cloaked, with its own times kept. Refused where it
 * does not say which run it is or when that was; `receivedAt` is now, in milliseconds since 1970.
 */
export function prepareRun(
  record: unknown,
  policy: RecordPolicy,
  { tenant, receivedAt }: Pick<NewEntry, 'tenant' | 'receivedAt'>,
): Result<NewEntry, Refusal> {
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
