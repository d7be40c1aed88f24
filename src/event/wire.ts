import { TypeCompiler } from '@sinclair/typebox/compiler'
import { err, ok, type Result } from '../base/result.ts'
import { decodeText, parseJson } from './decode.ts'
import { readEventTime } from './event-time.ts'
import { fieldOfKey } from './field.ts'
import { InstallWire } from './install.ts'
import { type Refusal, refusal } from './refusal.ts'
import { type Pair, readPairs, repairBody } from './repair.ts'
import type { RepairCode } from './repair-rule.ts'
import { repairValue } from './value.ts'

/** One event as the client meant it: known fields with values within their limits, what had to be repaired, how many keys were not ours. */
export type Wire = {
  readonly fields: InstallWire
  readonly repairs: readonly RepairCode[]
  readonly unknownKeys: number
  /** When the client says it happened (`at`), in milliseconds since 1970 UTC. Counts only from an ingest key. */
  readonly at?: number
}

/**
 * Reads one body. Accepts whatever still says who reports what: broken JSON is repaired, a bad value costs its field and not the event.
 * Refuses what is no JSON object even then (`json_undecodable`) and what lacks an id, a known type, a name or a status (`payload_unusable`).
 */
export function readWire(body: Uint8Array | string): Result<Wire, Refusal> {
  const repairs: RepairCode[] = []
  const text = decodeText(body, repairs)
  const parsed = parseJson(text)
  if (parsed === undefined) return readBroken(text, repairs)
  if (!isObject(parsed)) return notAnObject
  const draft = draftFromObject(parsed, repairs)
  // JSON.parse forgets the order of repeated keys; the last one counts, whatever its case, and null changes nothing.
  return finish(draft.isAmbiguous ? draftFromPairs(readPairs(text, 'strict')?.pairs ?? [], repairs) : draft)
}

/** Reads one event that is already a JSON value, such as an item of a batch; `repairs` is what was done to get it. */
export function readWireObject(value: unknown, repairs: readonly RepairCode[] = []): Result<Wire, Refusal> {
  return isObject(value) ? finish(draftFromObject(value, [...repairs])) : notAnObject
}

const notAnObject = err(refusal('json_undecodable', 'body', 'not_an_object'))
const installCheck = TypeCompiler.Compile(InstallWire)

type Draft = {
  readonly fields: { [Key in keyof InstallWire]?: unknown }
  readonly repairs: RepairCode[]
  unknownKeys: number
  isAmbiguous: boolean
  at?: number
}

function readBroken(text: string, repairs: RepairCode[]): Result<Wire, Refusal> {
  const reading = repairBody(text)
  if (reading === undefined) {
    const first = text.trimStart()[0]
    return err(refusal('json_undecodable', 'body', first === undefined ? 'empty' : first === '[' ? 'not_an_object' : 'not_json'))
  }
  const wire = finish(draftFromPairs(reading.pairs, [...repairs, ...reading.repairs]))
  return wire.ok || reading.isClean ? wire : err(refusal('json_undecodable', 'body', 'not_json'))
}

function draftFromObject(object: Readonly<Record<string, unknown>>, repairs: RepairCode[]): Draft {
  const draft: Draft = { fields: {}, repairs: [], unknownKeys: 0, isAmbiguous: false }
  for (const repair of repairs) draft.repairs.push(repair)
  for (const key in object) take(draft, key, object[key])
  return draft
}

function draftFromPairs(pairs: readonly Pair[], repairs: readonly RepairCode[]): Draft {
  const draft: Draft = { fields: {}, repairs: [...repairs], unknownKeys: 0, isAmbiguous: false }
  for (const { key, value } of pairs) take(draft, key, value)
  return draft
}

function take(draft: Draft, key: string, value: unknown): void {
  const field = fieldOfKey(key)
  if (field === undefined) {
    if (key === 'at') takeTime(draft, value)
    else draft.unknownKeys += 1
    return
  }
  if (value === null || draft.fields[field.wire] !== undefined) draft.isAmbiguous = true
  if (value === null || value === undefined) return
  const repaired = repairValue(field, value, draft.repairs)
  if (repaired !== undefined) draft.fields[field.wire] = repaired
  else if (draft.fields[field.wire] !== undefined) delete draft.fields[field.wire]
}

function takeTime(draft: Draft, value: unknown): void {
  const at = readEventTime(value)
  if (at !== undefined) draft.at = at
  else if (value !== null) draft.repairs.push('body:invalid_time')
}

function finish(draft: Draft): Result<Wire, Refusal> {
  const { fields, repairs, unknownKeys, at } = draft
  const lacking = lackOf(fields)
  if (lacking !== undefined) {
    const isUnknown = repairs.includes(`${lacking}:unknown_value`) || repairs.includes(`${lacking}:wrong_type`)
    return err(refusal('payload_unusable', lacking, isUnknown ? 'unknown_value' : 'missing'))
  }
  if (!installCheck.Check(fields)) return err(refusal('payload_unusable', 'body', 'schema'))
  return ok({ fields, repairs, unknownKeys, ...(at !== undefined && { at }) })
}

/** The field without which an event cannot be filed. */
function lackOf(fields: Draft['fields']): 'random_id' | 'nsapp' | 'status' | 'type' | undefined {
  if (fields.random_id === undefined && fields.execution_id === undefined) return 'random_id'
  if (fields.nsapp === undefined) return 'nsapp'
  if (fields.status === undefined) return 'status'
  return fields.type === undefined ? 'type' : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
