import { defaultTenant } from '../../base/tenant.ts'
import { liftRecord, readEarlierRecord } from '../../event/earlier-record.ts'
import type { TelemetryEvent } from '../../event/entry.ts'
import { type RunKey, runKeyOf, runKeyOfState } from '../../event/identity.ts'
import { installFields } from '../../event/install.ts'
import { join } from '../../event/merge.ts'
import { readRun } from '../../event/reading.ts'
import type { RunState } from '../../event/run.ts'
import { decodeState, encodeState, hasBelievableTimes } from '../../event/run-record.ts'
import type { Revision } from '../../store/port.ts'
import type { Fields } from './answer.ts'

/** Makes of fields that nobody cloaked what ingest makes of a client's body; nothing where too little is left. */
export type PrepareWire = (wire: Readonly<Record<string, unknown>>) => TelemetryEvent | undefined

/** A run as it goes into its record. `instance` is left out where an earlier service made the record: it stays that service's too. */
export type RecordContent = {
  readonly tenant: string
  readonly revision: Revision
  readonly state: RunState
  readonly instance?: string
  /** True where another run has the same execution id, as weak ids may: the collection holds each but once. */
  readonly isIdTaken?: boolean
}

/** What a record of the collection says of a run. */
export type PulledRun = RunKey & {
  readonly tenant: string
  readonly recordId: string
  readonly state: RunState
  /** Whether the record shows all of `state`, so that it needs no writing unless the store knows more. */
  readonly isWhole: boolean
  /** The revision of the instance that wrote the record; absent where an earlier service made it. */
  readonly own?: { readonly instance: string; readonly revision: Revision }
}

/** The fields of a record as JSON: `state` is the truth, the plain fields are what people and other tools read. */
export function encodeRecord(id: string, content: RecordContent): string {
  const fields = { id, ...plainFields(content) }
  return `${JSON.stringify(fields).slice(0, -1)},"state":${encodeState(content.state)}}`
}

/** Reads a record of ours or of an earlier service. Nothing where it does not say which run it is, or when that can have been. */
export function readRecord(record: Fields, prepare: PrepareWire, now: number): PulledRun | undefined {
  const recordId = textOf(record['id'])
  const tenant = textOf(record['tenant']) || defaultTenant
  const decoded = decodeStateField(record, now)
  const door = { prepare, now }
  const earlier = decoded === undefined ? liftPlainFields(record, door) : liftChange(record, decoded, door)
  const state = decoded === undefined ? earlier : earlier === undefined ? decoded : join(decoded, earlier)
  if (recordId === '' || state === undefined) return undefined
  const key = runKeyOfState(state)
  if (key === undefined) return undefined
  const instance = textOf(record['instance'])
  const own = instance === '' ? {} : { own: { instance, revision: Number(record['revision']) || 0 } }
  return { ...key, tenant, recordId, state, isWhole: decoded === undefined || earlier === undefined, ...own }
}

/** The key of the run that a record names in its plain fields, as hexadecimal; empty where it names none. */
export function keyOfRecord(record: Fields): string {
  const [executionId, type, nsapp] = [textOf(record['execution_id']), textOf(record['type']), textOf(record['nsapp'])]
  return executionId === '' ? '' : runKeyOf({ executionId, type: type as 'lxc', nsapp }).hex
}

/** PocketBase's empty value stands for an absent one, since its columns know no null. */
function plainFields({ tenant, revision, state, instance, isIdTaken }: RecordContent): Record<string, unknown> {
  const reading = readRun(state)
  const fields: Record<string, unknown> = {}
  for (const { wire, name, kind } of installFields) fields[wire] = reading[name] ?? emptyOf[kind]
  return {
    ...fields,
    // The trace of a failure that reads as a success is kept: `state` holds the failure, and its trace stands here alone.
    trace: state.outcome?.trace ?? '',
    received_at: pocketBaseTime(reading.firstAt),
    tenant: tenant === defaultTenant ? '' : tenant,
    revision,
    ...(instance !== undefined && { instance }),
    ...(isIdTaken && { execution_id: '' }),
  }
}

const emptyOf = { text: '', oneOf: '', count: 0, flag: false } as const

/** A time in PocketBase's form, which sorts as text. */
export function pocketBaseTime(at: number): string {
  return new Date(at).toISOString().replace('T', ' ')
}

function decodeStateField(record: Fields, now: number): RunState | undefined {
  const state = record['state']
  if (typeof state !== 'object' || state === null) return undefined
  const decoded = decodeState(JSON.stringify(state), textOf(record['trace']) || undefined)
  return decoded.ok && hasBelievableTimes(decoded.value, now) ? decoded.value : undefined
}

type RecordDoor = { readonly prepare: PrepareWire; readonly now: number }

function liftPlainFields(record: Fields, { prepare, now }: RecordDoor): RunState | undefined {
  const earlier = readEarlierRecord(record, now)
  if (!earlier.ok) return undefined
  const event = prepare(earlier.value.wire)
  return event && liftRecord(event, earlier.value)
}

/**
 * What another hand, such as the earlier service running beside us, changed in the plain fields since we wrote the record. What is still
 * as we wrote it is no report: it holds defaults, which would beat what a later report knows.
 */
function liftChange(record: Fields, written: RunState, door: RecordDoor): RunState | undefined {
  const ours = plainFields({ tenant: defaultTenant, revision: 0, state: written })
  const changed = installFields.filter(({ wire }) => wire in record && !isSame(record[wire], ours[wire])).map(({ wire }) => wire)
  if (changed.length === 0) return undefined
  const kept = new Set<string>([...changed, ...identifying])
  const { received_at: _received, old_created: _created, ...rest } = record
  const fields = Object.fromEntries(Object.entries(rest).filter(([name]) => kept.has(name)))
  return liftPlainFields({ ...fields, created: record['updated'] }, door)
}

/** Without these a body says nothing of any run. */
const identifying = ['random_id', 'execution_id', 'type', 'nsapp', 'status']

/** Whether a field still shows what was written, also where an older collection keeps it in a column of another kind. */
function isSame(found: unknown, written: unknown): boolean {
  return found === written || String(found ?? '') === String(written ?? '')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
