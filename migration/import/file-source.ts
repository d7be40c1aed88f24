import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { err } from '../../src/base/result.ts'
import { refusal } from '../../src/event/refusal.ts'
import { readCsv } from './csv.ts'
import { readBytes } from './file-bytes.ts'
import type { FileForm } from './file-form.ts'
import { readLine, readRecord } from './read-record.ts'
import type { FoundRecord, Portion, Position, Source } from './source.ts'
import { splitStream } from './split-stream.ts'

/** Bytes at each end of a file by which it is known again. */
const identityBytes = 1024 * 1024

const nounOf = { lines: 'line', array: 'element', objects: 'element', csv: 'record' } as const

/** A file of JSON lines, of a JSON array or of CSV, as it is or packed by gzip. */
export function fileSource(path: string, form: FileForm): Source {
  const { size, mtimeMs } = statSync(path)
  const read = form.layout === 'csv' ? readTable : readFile
  const noun = nounOf[form.layout]
  return {
    name: basename(path),
    noun,
    identity: identify(path, size, form),
    size,
    file: { path: resolve(path), changedAt: Math.trunc(mtimeMs) },
    read: (from) => sayingWhere(read(path, form, from), { path, noun, from }),
  }
}

/** What ends the reading says in which file, and behind what. */
async function* sayingWhere(
  portions: AsyncIterable<Portion>,
  { path, noun, from }: { readonly path: string; readonly noun: string; readonly from: Position },
): AsyncGenerator<Portion> {
  let { place } = from
  try {
    for await (const portion of portions) {
      yield portion
      place = portion.end.place
    }
  } catch (cause) {
    const where = place === 0 ? 'from its beginning' : `behind ${noun} ${place}`
    throw new Error(`${path} cannot be read ${where}: ${cause instanceof Error ? cause.message : cause}`)
  }
}

/** A table has no way in but its beginning, where its header is; records up to the place are read again and passed over. */
async function* readTable(path: string, { isPacked }: FileForm, from: Position): AsyncGenerator<Portion> {
  const bytes = readBytes(path, isPacked, 0)
  for await (const records of readCsv(bytes.chunks)) {
    const place = records.at(-1)?.place ?? from.place
    if (place > from.place)
      yield { records: records.filter((one) => one.place > from.place), end: { offset: bytes.passed(), place }, passed: bytes.passed() }
  }
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
  const bytes = readBytes(path, isPacked, from.offset)
  const readPiece = layout === 'lines' ? readLine : (piece: Uint8Array) => [readRecord(piece)]
  for await (const { pieces, offset, lost, isOpen } of splitStream(bytes.chunks, layout !== 'lines', from.offset)) {
    const records: FoundRecord[] = []
    for (const piece of pieces) {
      place += 1
      if (isBlank(piece)) continue
      const read = isOpen ? readPiece(piece).map(refuseCutOff) : readPiece(piece)
      for (const one of read) records.push(one.ok ? { place, ...one.value } : { place, fault: one.fault })
    }
    if (lost !== undefined) {
      place += 1
      records.push({ place, fault: refusal('json_undecodable', 'record', lost) })
    }
    yield { records, end: { offset, place }, passed: bytes.passed() }
  }
}

/** Half a record may name another run, or half of its id: where its file was cut off, it is none. */
function refuseCutOff(read: ReturnType<typeof readRecord>): ReturnType<typeof readRecord> {
  return read.ok && read.value.repairs.includes('body:truncated') ? err(refusal('json_undecodable', 'record', 'truncated')) : read
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d))
}
