import { hasByteOrderMark, skipBlanks, splitElements } from '../../src/ingest/split-array.ts'

/**
 * Records cut out of a stream: their bytes, and where in the stream the first byte behind them stands. `lost` is why one more, behind them, cannot be had.
 * `isOpen`: the last one has no end of its line, so that some of it may be missing.
 */
export type Pieces = {
  readonly pieces: readonly Uint8Array[]
  readonly offset: number
  readonly lost?: 'truncated' | 'too_large'
  readonly isOpen?: true
}

const openBracket = 0x5b
const lineBreak = 0x0a
const comma = 0x2c
/** One record at the most: beyond it nothing of the source can be told apart. */
const recordBytesMax = 16 * 1024 * 1024
/** Records of one portion, at the most, apart from those of its last chunk. */
const elementsMax = 100_000

/**
 * Cuts a stream of JSON lines, or of one JSON array, into its records; `offset` is where its first byte stands in the source, which lies behind a record
 * unless it is 0. Holds no more than a chunk and a record. Of lines, one beyond 16 MB is passed over; in an array nobody can tell where it ends, so that throws.
 */
export async function* splitStream(chunks: AsyncIterable<Uint8Array>, isArray: boolean, offset: number): AsyncGenerator<Pieces> {
  let held: Uint8Array = new Uint8Array(0)
  let at = offset
  let isBegun = offset > 0
  let isPassing = false // Within a line that is too large.
  for await (const whole of chunks) {
    let chunk = whole
    if (isPassing) {
      const end = chunk.indexOf(lineBreak) + 1
      at += end === 0 ? chunk.length : end
      if (end === 0) continue
      isPassing = false
      yield { pieces: [], offset: at, lost: 'too_large' }
      chunk = chunk.subarray(end)
    }
    held = held.length === 0 ? chunk : joinBytes(held, chunk)
    if (!isBegun) {
      const start = skipBlanks(held, hasByteOrderMark(held) ? 3 : 0)
      if (start === held.length) continue
      isBegun = true
      const behind = isArray && held[start] === openBracket ? start + 1 : start
      held = held.subarray(behind)
      at += behind
    }
    const cut = isArray ? cutElements(held) : cutLines(held)
    held = held.subarray(cut.next)
    at += cut.next
    if (cut.pieces.length > 0) yield { pieces: cut.pieces, offset: at }
    if (cut.isOver) return
    if (held.length <= recordBytesMax) continue
    if (isArray) throw new Error(`no record ends within ${recordBytesMax} bytes behind byte ${at}`)
    isPassing = true
    at += held.length
    held = held.subarray(held.length)
  }
  if (isPassing) yield { pieces: [], offset: at, lost: 'too_large' }
  const rest = held.subarray(skipBlanks(held, 0))
  if (rest.length === 0) return
  yield isArray ? { pieces: [], offset: at + held.length, lost: 'truncated' } : { pieces: [rest], offset: at + held.length, isOpen: true }
}

type Cut = { readonly pieces: readonly Uint8Array[]; readonly next: number; readonly isOver: boolean }

function cutLines(bytes: Uint8Array): Cut {
  const pieces: Uint8Array[] = []
  let start = 0
  for (let end = bytes.indexOf(lineBreak); end >= 0; end = bytes.indexOf(lineBreak, start)) {
    pieces.push(bytes.subarray(start, end))
    start = end + 1
  }
  return { pieces, next: start, isOver: false }
}

function cutElements(bytes: Uint8Array): Cut {
  const first = skipBlanks(bytes, 0)
  const { elements, end, next } = splitElements(bytes, bytes[first] === comma ? first + 1 : first, elementsMax)
  return { pieces: elements, next, isOver: end === 'whole' || end === 'trailing_text' }
}

function joinBytes(left: Uint8Array, right: Uint8Array): Uint8Array {
  const joined = new Uint8Array(left.length + right.length)
  joined.set(left)
  joined.set(right, left.length)
  return joined
}
