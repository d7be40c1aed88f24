import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { err } from '../../src/base/result.ts'
import { refusal } from '../../src/event/refusal.ts'
import { readRecord } from './read-record.ts'
import type { FoundRecord, Portion, Position, Source } from './source.ts'
import { splitStream } from './split-stream.ts'

export type FileForm = { readonly isArray: boolean; readonly isPacked: boolean }

const chunkBytes = 256 * 1024

/** A file of JSON lines, or of one JSON array, as it is or packed by gzip. */
export function fileSource(path: string, form: FileForm): Source {
  return { ...(!form.isPacked && { size: statSync(path).size }), read: (from) => readFile(path, form, from) }
}

async function* readFile(path: string, { isArray, isPacked }: FileForm, from: Position): AsyncGenerator<Portion> {
  let { place } = from
  const chunks = isPacked ? skipBytes(unpack(path), from.offset) : readChunks(path, from.offset)
  for await (const { pieces, offset, isCut } of splitStream(chunks, isArray, from.offset)) {
    const records: FoundRecord[] = []
    for (const piece of pieces) {
      place += 1
      if (isBlank(piece)) continue
      const read = isCut ? err(refusal('json_undecodable', 'record', 'truncated')) : readRecord(piece)
      records.push(read.ok ? { place, record: read.value } : { place, fault: read.fault })
    }
    yield { records, end: { offset, place } }
  }
}

async function* readChunks(path: string, from: number): AsyncGenerator<Uint8Array> {
  const file = openSync(path, 'r')
  try {
    for (let at = from; ; ) {
      const chunk = new Uint8Array(chunkBytes)
      const length = readSync(file, chunk, 0, chunkBytes, at)
      if (length === 0) return
      yield chunk.subarray(0, length)
      at += length
    }
  } finally {
    closeSync(file)
  }
}

async function* unpack(path: string): AsyncGenerator<Uint8Array> {
  yield* Bun.file(path).stream().pipeThrough(new DecompressionStream('gzip'))
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
