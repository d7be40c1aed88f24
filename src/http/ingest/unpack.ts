import { createGunzip } from 'node:zlib'
import { err, ok, type Result } from '../../base/result.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import { type Arrived, tooLarge, tooMany } from './body.ts'
import type { Hold } from './hold.ts'

/** Unpacked at a time where the length is not known: each such piece is taken from the budget before it is allocated. */
const pieceBytes = 256 * 1024
const pieceBytesMin = 16 * 1024

const brokenGzip = err(refusal('body_unreadable', 'body', 'gzip'))

/** The bytes that the client meant, of at most `bytesMax`. Stops at the limit and where the budget ends, so that a small body cannot fill the memory. */
export function unpackBody({ bytes: packed, isPacked }: Arrived, bytesMax: number, hold: Hold): Promise<Result<Uint8Array, Refusal>> {
  if (!isPacked) return Promise.resolve(ok(packed))
  const chunkSize = pieceFor(packed, bytesMax)
  if (!hold.take(chunkSize)) return Promise.resolve(tooMany)
  return new Promise((resolve) => {
    const gunzip = createGunzip({ chunkSize })
    const pieces: Uint8Array[] = []
    let bytes = 0
    let refused: typeof tooLarge | undefined
    gunzip.on('data', (piece: Buffer) => {
      pieces.push(piece)
      bytes += piece.length
      const isFull = piece.byteOffset + piece.length === piece.buffer.byteLength // The next piece needs memory of its own.
      if (bytes > bytesMax) refused = tooLarge
      else if (isFull && !hold.take(chunkSize)) refused = tooMany
      if (refused !== undefined) gunzip.destroy()
    })
    /** The memory is ours again only when no step is under way: at the end, at a fault, and when what was written was worked off. */
    function settle(result: Result<Uint8Array, Refusal> | undefined): void {
      for (const piece of pieces) hold.own(piece)
      resolve(result ?? ok(hold.join(pieces)))
    }
    gunzip.on('end', () => settle(undefined))
    gunzip.on('error', () => settle(brokenGzip))
    gunzip.write(packed, () => {
      if (refused !== undefined) settle(refused)
    })
    gunzip.end()
  })
}

/** What gzip says in its last four bytes is the length, if it is true: then one piece is enough. */
function pieceFor(packed: Uint8Array, bytesMax: number): number {
  if (packed.length < 4) return pieceBytesMin
  const told = new DataView(packed.buffer, packed.byteOffset + packed.length - 4).getUint32(0, true)
  return told < bytesMax ? Math.max(pieceBytesMin, told + 1) : pieceBytes
}
