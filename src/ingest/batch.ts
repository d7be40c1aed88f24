import { err, ok, type Result } from '../base/result.ts'
import { decodeText, parseJson } from '../event/decode.ts'
import { type Refusal, refusal } from '../event/refusal.ts'
import { readWire, readWireObject, type Wire } from '../event/wire.ts'
import type { Body, Intake, Sender } from './door.ts'
import { takeTurns } from './turn.ts'

/** Items of one batch at the most: some 60 MB of memory for the largest, and a bound on how long one request is worked on. */
export const batchItemsMax = 10_000
/** Items handed over at a time. Single events get in between, and the next ones wait ready while these are prepared. */
const partItemsMax = 256

/** A batch taken apart: each item is the bytes of an NDJSON line or a value of a JSON array. */
export type BatchItems =
  | { readonly form: 'lines'; readonly items: readonly Uint8Array[] }
  | { readonly form: 'values'; readonly items: readonly unknown[] }

/** What became of one item: its place in the batch (from 0, blank lines not counted) and, when it was refused, why. */
export type ItemAnswer = { readonly index: number; readonly fault?: Refusal }

/** Splits a body into its items: a JSON array, else one JSON object a line (blank lines are skipped). */
export function splitBatch(body: Uint8Array): Result<BatchItems, Refusal> {
  const start = skipBlanks(body, hasByteOrderMark(body) ? 3 : 0)
  const batch = body[start] === 0x5b ? splitArray(body) : ok(splitLines(body, start))
  if (!batch.ok) return batch
  const { length } = batch.value.items
  if (length === 0) return err(refusal('json_undecodable', 'body', 'empty'))
  return length > batchItemsMax ? err(refusal('payload_unusable', 'batch', `at_most_${batchItemsMax}_items`)) : batch
}

function splitArray(body: Uint8Array): Result<BatchItems, Refusal> {
  const value = parseJson(decodeText(body, []))
  return Array.isArray(value) ? ok({ form: 'values', items: value }) : err(refusal('json_undecodable', 'body', 'not_json'))
}

/** Stops one line past the limit, since a body may be millions of lines. */
function splitLines(body: Uint8Array, first: number): BatchItems {
  const items: Uint8Array[] = []
  for (let start = first; start < body.length && items.length <= batchItemsMax; ) {
    const lineBreak = body.indexOf(0x0a, start)
    const end = lineBreak < 0 ? body.length : lineBreak
    items.push(body.subarray(start, end))
    start = skipBlanks(body, end)
  }
  return { form: 'lines', items }
}

function hasByteOrderMark(body: Uint8Array): boolean {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf
}

/** Where the next byte stands that is neither a blank nor a line break. */
function skipBlanks(body: Uint8Array, from: number): number {
  let at = from
  while (isBlank(body[at])) at += 1
  return at
}

/** A space, a tab or one of the line breaks of ASCII. */
function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d)
}

const tooDeep = refusal('json_undecodable', 'body', 'too_deep')

/**
 * Takes the items in their order; those that were stored stay so whatever becomes of the others.
 * Refused as a whole when none was stored because the journal or the memory is full. Once an item is refused for that, the rest is not tried.
 */
export async function acceptBatch(batch: BatchItems, sender: Sender, intake: Intake): Promise<Result<readonly ItemAnswer[], Refusal>> {
  const faults: (Refusal | undefined)[] = Array.from(batch.items, () => undefined)
  const turns = takeTurns()
  let busy: Refusal | undefined
  let storedCount = 0

  async function takePart(start: number): Promise<void> {
    const { bodies, places } = encodePart(batch, start, sender, faults)
    for (const [number, result] of (await intake.takeAll(bodies)).entries()) {
      if (result.ok) storedCount += 1
      else faults[places[number] ?? 0] = result.fault
      if (!result.ok && isBusy(result.fault)) busy ??= result.fault
    }
  }

  let before = Promise.resolve()
  for (let start = 0; start < batch.items.length; start += partItemsMax) {
    if (turns.isOver()) await turns.rest()
    if (busy !== undefined) {
      faults.fill(busy, start)
      break
    }
    const part = takePart(start)
    part.catch(() => undefined) // Awaited in the next round, which a fault of the one before keeps from coming.
    await before
    before = part
  }
  await before
  if (storedCount === 0 && busy !== undefined) return err(busy)
  return ok(faults.map((fault, index) => (fault === undefined ? { index } : { index, fault })))
}

/** Not the item's fault: the service cannot take more for now. */
function isBusy({ code }: Refusal): boolean {
  return code === 'journal_full' || code === 'too_busy'
}

type Part = { readonly bodies: readonly Body[]; readonly places: readonly number[] }

/** The bodies of one part with their places in the batch. A value that cannot be written as JSON is refused in `faults`. */
function encodePart(batch: BatchItems, start: number, sender: Sender, faults: (Refusal | undefined)[]): Part {
  const bodies: Body[] = []
  const places: number[] = []
  for (let index = start; index < Math.min(start + partItemsMax, batch.items.length); index += 1) {
    const bytes = encodeItem(batch, index)
    if (bytes === undefined) {
      faults[index] = tooDeep
      continue
    }
    bodies.push({ bytes, sender })
    places.push(index)
  }
  return { bodies, places }
}

/** The bytes of an item; undefined for a value that is nested so deeply (100,000 levels) that it can be read but not written. */
function encodeItem(batch: BatchItems, index: number): Uint8Array | undefined {
  if (batch.form === 'lines') return batch.items[index]
  try {
    return Buffer.from(JSON.stringify(batch.items[index]))
  } catch {
    return undefined
  }
}

/** One item of a batch as a checked event. */
export function readItem(batch: BatchItems, index: number): Result<Wire, Refusal> {
  return batch.form === 'lines' ? readWire(batch.items[index] ?? new Uint8Array()) : readWireObject(batch.items[index])
}
