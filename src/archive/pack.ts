import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'

/** A file by what it holds. */
export type Sum = { readonly bytes: number; readonly sha256: string }

/** Files hold keys and runs: they are for the service's user alone. */
const ownerOnly = 0o600
/** Read at a time. A file is never in memory whole. */
const pieceBytes = 1024 * 1024

/** Compresses a file into a new one that is on the disk when this resolves. Gives the sums of both. */
export async function packFile(from: string, to: string): Promise<{ readonly plain: Sum; readonly packed: Sum }> {
  const [plain, packed] = [new Meter(), new Meter()]
  await pipeline(
    createReadStream(from, { highWaterMark: pieceBytes }),
    plain.through(),
    createZstdCompress(),
    packed.through(),
    createWriteStream(to, { flags: 'wx', mode: ownerOnly }),
  )
  await syncPath(to)
  return { plain: plain.sum(), packed: packed.sum() }
}

/** The way back. It ends where more than `bytesMax` comes out: what is damaged must not fill the disk. */
export async function unpackFile(from: string, to: string, bytesMax: number): Promise<{ readonly plain: Sum; readonly packed: Sum }> {
  const [plain, packed] = [new Meter(bytesMax), new Meter()]
  await pipeline(
    createReadStream(from, { highWaterMark: pieceBytes }),
    packed.through(),
    createZstdDecompress(),
    plain.through(),
    createWriteStream(to, { flags: 'wx', mode: ownerOnly }),
  )
  await syncPath(to)
  return { plain: plain.sum(), packed: packed.sum() }
}

/** The sum of a file as it lies there. */
export async function sumFile(path: string): Promise<Sum> {
  const meter = new Meter()
  await pipeline(createReadStream(path, { highWaterMark: pieceBytes }), meter.through(), async (pieces) => {
    for await (const _ of pieces); // The meter has seen each.
  })
  return meter.sum()
}

/** Makes a file, or the names in a folder, outlast a power loss. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Counts and hashes what passes. */
class Meter {
  readonly #hash: Hash = createHash('sha256')
  readonly #bytesMax: number
  #bytes = 0

  constructor(bytesMax = Number.POSITIVE_INFINITY) {
    this.#bytesMax = bytesMax
  }

  through(): Transform {
    return new Transform({
      transform: (piece: Buffer, _encoding, done) => {
        this.#bytes += piece.length
        if (this.#bytes > this.#bytesMax) return done(new Error('more comes out than went in'))
        this.#hash.update(piece)
        done(null, piece)
      },
    })
  }

  sum(): Sum {
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') }
  }
}
