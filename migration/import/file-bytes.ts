import { closeSync, openSync, readSync } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

const chunkBytes = 256 * 1024

/** The bytes of a file's content, and how many of the file were read for them so far. */
export type FileBytes = { readonly chunks: AsyncIterable<Uint8Array>; passed(): number }

/** The bytes of a file from a place on, counted as they are once it is unpacked. Throws where it is damaged. */
export function readBytes(path: string, isPacked: boolean, from: number): FileBytes {
  return isPacked ? unpackBytes(path, from) : readPlain(path, from)
}

function readPlain(path: string, from: number): FileBytes {
  let passed = from
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const file = openSync(path, 'r')
    try {
      for (;;) {
        const chunk = new Uint8Array(chunkBytes)
        const length = readSync(file, chunk, 0, chunkBytes, passed)
        if (length === 0) return
        passed += length
        yield chunk.subarray(0, length)
      }
    } finally {
      closeSync(file)
    }
  }
  return { chunks: chunks(), passed: () => passed }
}

/** A packed file has no way in but its beginning. */
function unpackBytes(path: string, from: number): FileBytes {
  const packed = readPlain(path, 0)
  const unpacked = createGunzip({ chunkSize: chunkBytes })
  pipeline(Readable.from(packed.chunks), unpacked, () => {}) // What goes wrong is thrown to whoever reads.
  return { chunks: skipBytes(unpacked, from), passed: packed.passed }
}

async function* skipBytes(chunks: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count
  for await (const chunk of chunks) {
    if (chunk.length > left) yield chunk.subarray(left)
    left = Math.max(0, left - chunk.length)
  }
}
