import { err, ok, type Result } from '../../src/base/result.ts'
import { decodeText, parseJson } from '../../src/event/decode.ts'
import { type Refusal, refusal } from '../../src/event/refusal.ts'
import { repairBody } from '../../src/event/repair.ts'
import type { RepairCode } from '../../src/event/repair-rule.ts'
import { splitElements } from '../../src/ingest/split-array.ts'
import { parseLoose } from './loose-json.ts'

/** A record as it stands in its source, and what was repaired to read it. */
export type ReadRecord = { readonly record: unknown; readonly repairs: readonly RepairCode[] }

/** Records of one line at the most; more are one record that cannot be read. */
const lineRecordsMax = 10_000

/** The record of some bytes, repaired like the body of a client where they are no JSON. */
export function readRecord(bytes: Uint8Array): Result<ReadRecord, Refusal> {
  return readWhole(bytes) ?? readBroken(bytes)
}

/** The records of a line: one, unless others stand behind it, as where lines end by a lone carriage return. Each of several is whole, else all are one. */
export function readLine(bytes: Uint8Array): readonly Result<ReadRecord, Refusal>[] {
  const whole = readWhole(bytes)
  if (whole !== undefined) return [whole]
  const { elements, next } = splitElements(bytes, 0, lineRecordsMax)
  const records = next >= bytes.length ? elements.flatMap((element) => readWhole(element) ?? []) : []
  return records.length > 0 && records.length === elements.length ? records : [readBroken(bytes)]
}

function readWhole(bytes: Uint8Array): Result<ReadRecord, Refusal> | undefined {
  const repairs: RepairCode[] = []
  const text = decodeText(bytes, repairs)
  const parsed = parseJson(text)
  if (parsed !== undefined) return ok({ record: parsed, repairs })
  const loose = parseLoose(text)
  return loose === undefined ? undefined : ok({ record: loose.value, repairs: [...repairs, ...loose.repairs] })
}

function readBroken(bytes: Uint8Array): Result<ReadRecord, Refusal> {
  const repairs: RepairCode[] = []
  const repaired = repairBody(decodeText(bytes, repairs))
  if (repaired === undefined) return err(refusal('json_undecodable', 'record', 'not_json'))
  const record = Object.fromEntries(repaired.pairs.map(({ key, value }) => [key, value]))
  return ok({ record, repairs: [...repairs, ...repaired.repairs] })
}
