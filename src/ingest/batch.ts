import { err, ok, type Result } from '../base/result.ts'
import { decodeText, parseJson } from '../event/decode.ts'
import type { NewEntry } from '../event/entry.ts'
import { type Refusal, refusal } from '../event/refusal.ts'
import { readWire, readWireObject, type Wire } from '../event/wire.ts'
import { countAccepted, makeEntry } from './accept.ts'
import type { Door, Sender } from './door.ts'
import { takeTurns } from './turn.ts'

/** Items of one batch at the most: some 60 MB of memory for the largest, and a bound on how long one request is worked on. */
export const batchItemsMax = 10_000

/** A batch taken apart: each item is the text of an NDJSON line or a value of a JSON array. */
export type BatchItems =
  | { readonly form: 'lines'; readonly items: readonly string[] }
  | { readonly form: 'values'; readonly items: readonly unknown[] }

/** What became of one item: its place in the batch (from 0, blank lines not counted) and, when it was refused, why. */
export type ItemAnswer = { readonly index: number; readonly fault?: Refusal }

/** Splits a body into its items: a JSON array, else one JSON object a line (blank lines are skipped). */
export function splitBatch(body: Uint8Array): Result<BatchItems, Refusal> {
  const text = decodeText(body, [])
  const batch = text.trimStart().startsWith('[') ? splitArray(text) : ok(splitLines(text))
  if (!batch.ok) return batch
  const { length } = batch.value.items
  if (length === 0) return err(refusal('json_undecodable', 'body', 'empty'))
  return length > batchItemsMax ? err(refusal('payload_unusable', 'batch', `at_most_${batchItemsMax}_items`)) : batch
}

function splitArray(text: string): Result<BatchItems, Refusal> {
  const value = parseJson(text)
  return Array.isArray(value) ? ok({ form: 'values', items: value }) : err(refusal('json_undecodable', 'body', 'not_json'))
}

/** Stops one line past the limit, since a body may be millions of line breaks. */
function splitLines(text: string): BatchItems {
  const items: string[] = []
  for (let start = 0; start < text.length && items.length <= batchItemsMax; ) {
    const lineBreak = text.indexOf('\n', start)
    const end = lineBreak < 0 ? text.length : lineBreak
    const line = text.slice(start, end).trim()
    if (line !== '') items.push(line)
    start = end + 1
  }
  return { form: 'lines', items }
}

/**
 * Takes the good items to the journal, all in one append: they are on disk together when this resolves, or none is.
 * Refused as a whole only when the journal cannot take them.
 */
export async function acceptBatch(batch: BatchItems, sender: Sender, door: Door): Promise<Result<readonly ItemAnswer[], Refusal>> {
  const answers: ItemAnswer[] = []
  const wires: Wire[] = []
  const entries: NewEntry[] = []
  const turns = takeTurns()
  for (let index = 0; index < batch.items.length; index += 1) {
    if (turns.isOver()) await turns.rest()
    const wire = readItem(batch, index)
    answers.push(wire.ok ? { index } : { index, fault: wire.fault })
    if (!wire.ok) continue
    wires.push(wire.value)
    entries.push(makeEntry(wire.value, sender, door))
  }
  if (entries.length === 0) return ok(answers)

  const stored = await door.journal.append(entries)
  if (!stored.ok) return stored
  for (const [index, entry] of entries.entries()) {
    const wire = wires[index]
    if (wire !== undefined) countAccepted(door, wire, entry)
  }
  return ok(answers)
}

/** One item of a batch as a checked event. */
export function readItem(batch: BatchItems, index: number): Result<Wire, Refusal> {
  return batch.form === 'lines' ? readWire(batch.items[index] ?? '') : readWireObject(batch.items[index])
}
