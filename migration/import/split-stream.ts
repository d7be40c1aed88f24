import { hasByteOrderMark, skipBlanks, splitElements } from '../../src/ingest/split-array.ts'
import { ElementEnd } from './element-end.ts'

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
/** One record at the most: twenty times what any service made of one. */
const recordBytesMax = 4 * 1024 * 1024
/** Records of one portion, at the most, apart from those of its last chunk. */
const elementsMax = 100_000

/**
 * Cuts a stream of JSON lines, or of one JSON array, into its records; `offset` is where its first byte stands in the source, which lies behind a record
 * unless it is 0. Holds no more than a chunk and a record: one beyond 4 MB is passed over and told. Throws where such a one has no end in an array.
 */
export async function* splitStream(chunks: AsyncIterable<Uint8Array>, isArray: boolean, offset: number): AsyncGenerator<Pieces> {
  let held: Uint8Array = new Uint8Array(0)
  let at = offset
  let isBegun = offset > 0
  let passing: RecordEnd | undefined // The end of a record that is too large and begins at `passed`.
  let passed = at
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : joinBytes(held, chunk)
    for (;;) {
      if (passing !== undefined) {
        const end = passing.find(held)
        at += end ?? held.length
        held = held.subarray(end ?? held.length)
        if (end === undefined) break
        passing = undefined
        yield { pieces: [], offset: at, lost: 'too_large' }
      }
      if (!isBegun) {
        const start = skipBlanks(held, hasByteOrderMark(held) ? 3 : 0)
        if (start === held.length) break
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
      if (held.length <= recordBytesMax) break
      passing = isArray ? new ElementEnd() : lineEnd
      passed = at
    }
  }
  if (passing !== undefined && isArray) throw new Error(`the record that begins at byte ${passed} has no end`)
  if (passing !== undefined) yield { pieces: [], offset: at, lost: 'too_large' }
  const rest = held.subarray(skipBlanks(held, 0))
  if (rest.length === 0) return
  yield isArray ? { pieces: [], offset: at + held.length, lost: 'truncated' } : { pieces: [rest], offset: at + held.length, isOpen: true }
}

/** Finds the place behind a record of which the bytes come piece by piece. */
type RecordEnd = { find(piece: Uint8Array): number | undefined }

const lineEnd: RecordEnd = {
  find: (piece) => {
    const end = piece.indexOf(lineBreak)
    return end < 0 ? undefined : end + 1
  },
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
