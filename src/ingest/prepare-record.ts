import type { Cloaked, TelemetryEvent } from '../event/entry.ts'
import { readWireObject } from '../event/wire.ts'
import type { IngestPolicy } from './door.ts'
import { prepareInstall } from './prepare.ts'

/**
 * Makes of a record's fields, which nobody cloaked, what ingest makes of a client's body: checked, repaired, cloaked.
 * Undefined where too little is left to say which run it reports.
 */
export function prepareRecord(
  fields: Readonly<Record<string, unknown>>,
  policy: Pick<IngestPolicy, 'repoOwners' | 'idSecret'>,
): Cloaked<TelemetryEvent> | undefined {
  const wire = readWireObject(fields)
  return wire.ok ? prepareInstall(wire.value, policy) : undefined
}
