import { err, ok, type Result } from '../base/result.ts'
import { type Refusal, refusal } from '../event/refusal.ts'
import type { Intake, Sender } from './door.ts'
import { parcelBytesMax } from './ingest.ts'
import { hasByteOrderMark, skipBlanks, splitArray } from './split-array.ts'
import { splitLines } from './split-lines.ts'
import { takeTurns } from './turn.ts'

/** Items of one batch at the most: some 60 MB of memory for the largest, and a bound on how long one request is worked on. */
export const batchItemsMax = 10_000
/** Items handed over at a time, and their bytes but for the last one. Single events get in between, and the next ones wait ready while these are prepared. */
export const partItemsMax = 256
const partBytesMax = parcelBytesMax

/** A batch taken apart: an item is the bytes of an object of NDJSON or of an element of a JSON array. */
export type BatchItems = {
  readonly items: readonly Uint8Array[]
  /** Why there is one item more, refused unread: the rest of an array that was cut off, or what stands behind its end. */
  readonly rest?: Refusal
}

/** What became of one item: its place in the batch (from 0, blank lines and an array's trailing comma not counted) and, when it was refused, why. */
export type ItemAnswer = { readonly index: number; readonly fault?: Refusal }

/** Splits a body into its items: the elements of a JSON array, else JSON objects a line each (blank lines are skipped). What they hold is not looked at. */
export function splitBatch(body: Uint8Array): Result<BatchItems, Refusal> {
  const start = skipBlanks(body, hasByteOrderMark(body) ? 3 : 0)
  const batch = body[start] === 0x5b ? readArray(body, start) : { items: splitLines(body, start, batchItemsMax) }
  const { length } = batch.items
  if (length === 0 && batch.rest === undefined) return err(refusal('json_undecodable', 'body', 'empty'))
  return length > batchItemsMax ? err(refusal('payload_unusable', 'batch', `at_most_${batchItemsMax}_items`)) : ok(batch)
}

function readArray(body: Uint8Array, start: number): BatchItems {
  const { elements, end } = splitArray(body, start, batchItemsMax)
  const isRest = end === 'truncated' || end === 'trailing_text'
  return { items: elements, ...(isRest && { rest: refusal('json_undecodable', 'body', end) }) }
}

/**
 * Takes the items in their order; those that were stored stay so whatever becomes of the others.
 * Refused as a whole when none was stored because the journal or the memory is full. Once an item is refused for that, the rest is not tried.
 */
export async function acceptBatch(batch: BatchItems, sender: Sender, intake: Intake): Promise<Result<readonly ItemAnswer[], Refusal>> {
  const faults: (Refusal | undefined)[] = Array.from(batch.items, () => undefined)
  const turns = takeTurns()
  let busy: Refusal | undefined
  let storedCount = 0

  async function takePart(start: number, end: number): Promise<void> {
    const bodies = batch.items.slice(start, end).map((bytes) => ({ bytes, sender }))
    for (const [number, result] of (await intake.takeAll(bodies)).entries()) {
      if (result.ok) storedCount += 1
      else faults[start + number] = result.fault
      if (!result.ok && isBusy(result.fault)) busy ??= result.fault
    }
  }

  let before = Promise.resolve()
  for (let start = 0, end = 0; start < batch.items.length; start = end) {
    end = endOfPart(batch.items, start)
    if (turns.isOver()) await turns.rest()
    if (busy !== undefined) {
      faults.fill(busy, start)
      break
    }
    const part = takePart(start, end)
    part.catch(() => undefined) // Awaited in the next round, which a fault of the one before keeps from coming.
    await before
    before = part
  }
  await before
  if (storedCount === 0 && busy !== undefined) return err(busy)
  if (batch.rest !== undefined) faults.push(batch.rest)
  return ok(faults.map((fault, index) => (fault === undefined ? { index } : { index, fault })))
}

/** Where the part that begins at `start` ends. It holds one item at least. */
function endOfPart(items: readonly Uint8Array[], start: number): number {
  let bytes = 0
  for (let end = start; end < Math.min(items.length, start + partItemsMax); end++) {
    bytes += items[end]?.length ?? 0
    if (bytes > partBytesMax) return Math.max(end, start + 1)
  }
  return Math.min(items.length, start + partItemsMax)
}

/** Not the item's fault: the service cannot take more for now. */
function isBusy({ code }: Refusal): boolean {
  return code === 'journal_full' || code === 'too_busy'
}
