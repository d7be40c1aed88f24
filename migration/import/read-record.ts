import { err, ok, type Result } from '../../src/base/result.ts'
import { decodeText, parseJson } from '../../src/event/decode.ts'
import { type Refusal, refusal } from '../../src/event/refusal.ts'
import { repairBody } from '../../src/event/repair.ts'

/** The value of a record's bytes, repaired like the body of a client where they are no JSON. */
export function readRecord(bytes: Uint8Array): Result<unknown, Refusal> {
  const text = decodeText(bytes, [])
  const parsed = parseJson(text)
  if (parsed !== undefined) return ok(parsed)
  const repaired = repairBody(text)
  if (repaired === undefined) return err(refusal('json_undecodable', 'record', 'not_json'))
  return ok(Object.fromEntries(repaired.pairs.map(({ key, value }) => [key, value])))
}
