import { err, ok, type Result } from '../base/result.ts'
import type { TelemetryEvent } from './entry.ts'
import { believeTime } from './event-time.ts'
import { isHashedId } from './identity.ts'
import { installFields } from './install.ts'
import { liftAs } from './merge.ts'
import { type RunState, recordRank, stageOf } from './run.ts'

/** A PocketBase record without a state: what a client might have sent to make it, and between which times the run was reported. */
export type EarlierRecord = { readonly wire: Readonly<Record<string, unknown>>; readonly firstAt: number; readonly lastAt: number }

export type EarlierFault = 'not_an_object' | 'time_missing' | 'time_unbelievable'

/**
 * Reads a record of an earlier service. PocketBase stores 0, "" and false where nothing was sent, so none of them says anything: also not
 * ct_type 0 or exit_code 0. A time that cannot be is passed over for the next one, since anybody may have written it; `now` is in milliseconds since 1970.
 * Its texts were never cloaked: `wire` goes through the same door as a client's body before `liftRecord`.
 */
export function readEarlierRecord(record: unknown, now: number): Result<EarlierRecord, EarlierFault> {
  if (typeof record !== 'object' || record === null) return err('not_an_object')
  const values = record as Readonly<Record<string, unknown>>
  const wire: Record<string, unknown> = {}
  for (const field of installFields) {
    const value = field.wire === 'ct_type' ? containerTypeOf(values) : values[field.wire]
    if (value !== undefined && value !== null && value !== '' && value !== 0 && value !== false) wire[field.wire] = value
  }
  if (saysPrivileged(values)) wire['ct_type'] = 0
  // `created` is when the record was written, which for migrated runs is long after the report; the fields before it know better.
  const timeIn = (name: string) => believeTime(timeOf(values[name]), now)
  const reportedAt = timeIn('received_at') ?? timeIn('old_created')
  const firstAt = reportedAt ?? timeIn('created_at') ?? timeIn('created')
  if (firstAt === undefined) return err(timeNames.some((name) => timeOf(values[name]) !== undefined) ? 'time_unbelievable' : 'time_missing')
  return ok({ wire, firstAt, lastAt: reportedAt ?? Math.max(firstAt, timeIn('updated') ?? firstAt) })
}

/**
 * What the client meant by its container type: 0 privileged, 1 unprivileged, 2 virtual machine. The earlier migration tool, whose records have `old_created`,
 * wrote 1 for 2 and 0 for everything else: its 1 is a virtual machine, and its 0 may be either container.
 */
function containerTypeOf(values: Readonly<Record<string, unknown>>): unknown {
  const { ct_type: value, old_created: migratedFrom } = values
  if (migratedFrom === undefined || migratedFrom === null || migratedFrom === '') return value
  return Number(value) === 1 ? 2 : undefined
}

/** Records of the first API (`created_at`, never PocketBase's) hold what was sent, and its clients always sent a type: a container's 0 says something there. */
function saysPrivileged({
  ct_type: value,
  type,
  created_at: createdAt,
  old_created: migratedFrom,
}: Readonly<Record<string, unknown>>): boolean {
  return value === 0 && type === 'lxc' && typeof createdAt === 'string' && (migratedFrom === undefined || migratedFrom === '')
}

/**
 * The state of a run known from such a record, after its wire was normalized and cloaked. The record blends reports of unknown stages, so
 * its values have the lowest rank of its stage: the word of any report of that stage beats them.
 */
export function liftRecord(event: TelemetryEvent, { wire, firstAt, lastAt }: EarlierRecord): RunState {
  const { random_id: randomId, execution_id: executionId } = wire
  // An id that we replaced when the record was ours must not be replaced again, as one from a client is: it would name another run.
  const install = {
    ...event.install,
    ...(isHashedId(randomId) && { randomId }),
    ...(isHashedId(executionId) && { executionId }),
  }
  return liftAs({ ...event, install }, recordRank[stageOf(install.status)], { first: firstAt, last: lastAt })
}

const timeNames = ['received_at', 'old_created', 'created_at', 'created']

/** Milliseconds since 1970 of `2026-03-01 12:00:00.000Z`, also with a T, without fraction or Z (UTC all the same); not of a bare date. */
function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || !timeForm.test(value)) return undefined
  const at = Date.parse(isoForm.test(value) ? value : `${value.slice(0, 10)}T${value.slice(11).replace(/Z?$/, 'Z')}`)
  return Number.isNaN(at) ? undefined : at
}

/** Matches what is a time to JavaScript as it stands: 2026-03-01T12:00:00.000Z; not one with a blank or without its zone. */
const isoForm = /^.{10}T.*Z$/
const timeForm = /^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?Z?$/
