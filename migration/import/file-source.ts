import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { err } from '../../src/base/result.ts'
import { refusal } from '../../src/event/refusal.ts'
import type { FileForm } from './file-form.ts'
import { readRecord } from './read-record.ts'
import type { FoundRecord, Portion, Position, Source } from './source.ts'
import { splitStream } from './split-stream.ts'

const chunkBytes = 256 * 1024
/** Bytes at each end of a file by which it is known again. */
const identityBytes = 1024 * 1024

/** A file of JSON lines, or of a JSON array, as it is or packed by gzip. */
export function fileSource(path: string, form: FileForm): Source {
  const noun = form.layout === 'lines' ? 'line' : 'element'
  const size = statSync(path).size
  return { name: basename(path), noun, identity: identify(path, size, form), size, read: (from) => readFile(path, form, from) }
}

/** Of a file by what it holds: a copy elsewhere is the same, one that grew or was written anew is another. */
function identify(path: string, size: number, form: FileForm): string {
  const hash = createHash('sha256').update(JSON.stringify([size, form.layout]))
  const part = Buffer.alloc(Math.min(size, identityBytes))
  const file = openSync(path, 'r')
  try {
    for (const start of [0, size - part.length]) hash.update(part.subarray(0, readSync(file, part, 0, part.length, start)))
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}

async function* readFile(path: string, { layout, isPacked }: FileForm, from: Position): AsyncGenerator<Portion> {
  let { place } = from
  const bytes = isPacked ? unpackBytes(path, from.offset) : readBytes(path, from.offset)
  for await (const { pieces, offset, isCut } of splitStream(bytes.chunks, layout !== 'lines', from.offset)) {
    const records: FoundRecord[] = []
    for (const piece of pieces) {
      place += 1
      if (isBlank(piece)) continue
      const read = isCut ? err(refusal('json_undecodable', 'record', 'truncated')) : readRecord(piece)
      records.push(read.ok ? { place, record: read.value } : { place, fault: read.fault })
    }
    yield { records, end: { offset, place }, passed: bytes.passed() }
  }
}

/** The bytes of a file's content, and how many of the file were read for them so far. */
type FileBytes = { readonly chunks: AsyncIterable<Uint8Array>; passed(): number }

function readBytes(path: string, from: number): FileBytes {
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
  const packed = readBytes(path, 0)
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

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d))
}
