import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { fieldOfKey } from '../../src/event/field.ts'
import { refusal } from '../../src/event/refusal.ts'
import { wireNameOf } from './earlier-names.ts'
import type { FoundRecord } from './source.ts'

const recordCharactersMax = 16 * 1024 * 1024
const recordsTogether = 500
const delimiters = [',', ';', '\t'] as const
/** LF and CR. */
const lineEnds: readonly number[] = [0x0a, 0x0d]

/** Whether a line names columns of ours, among others. */
export function isCsvHeader(line: string): boolean {
  return columnsOf(line, delimiterOf(line)).filter((column) => fieldOfKey(wireNameOf(column)) !== undefined).length > 1
}

/**
 * The records of a table whose first line names its columns, some at a time, each with its number from 1. Cells may be quoted and hold line breaks; numbers of
 * columns that hold numbers are numbers. A last record that was cut off within a quoted cell is told. Throws where one is larger than 16 MB.
 */
export async function* readCsv(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly FoundRecord[]> {
  let place = 0
  const found: FoundRecord[] = []
  const lost: string[] = []
  const { head, all, end } = await peek(chunks)
  let names: readonly string[] = []
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(head),
    columns: (header: readonly string[]) => {
      names = header.map((name) => wireNameOf(name.trim()))
      return [...names]
    },
    max_record_size: recordCharactersMax,
    on_skip: (cause) => {
      if (cause?.code !== 'CSV_MAX_RECORD_SIZE') lost.push(cause?.code === 'CSV_QUOTE_NOT_CLOSED' ? 'truncated' : 'not_csv')
      else parser.destroy(new Error(`no record ends within ${recordCharactersMax} characters behind record ${place}`))
    },
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    cast: (cell, { column, header }) => (header || typeof column !== 'string' ? cell : readCell(column, cell)),
  })
  const source = Readable.from(all)
  source.on('error', (cause) => parser.destroy(cause))
  source.pipe(parser)
  for await (const record of parser) {
    place += 1
    found.push({ place, record: asExported(record), repairs: [] })
    if (found.length <= recordsTogether) continue
    yield found.splice(0, recordsTogether) // The last one is held back until it is known that more comes.
  }
  if (!end.isClosed && isCutOff(found.at(-1), names)) found[found.length - 1] = { place, fault: truncated }
  for (const rule of lost) {
    place += 1
    found.push({ place, fault: { ...truncated, rule } })
  }
  if (found.length > 0) yield found
}

/**
 * A record of a table of our own with its texts as they were: there one that a spreadsheet would calculate has an apostrophe before it. A log that began
 * with both by itself is as long as the state says.
 */
function asExported(record: Readonly<Record<string, unknown>>): unknown {
  if (!ownColumns.every((name) => name in record)) return record
  const texts = Object.entries(record).filter(([, cell]) => typeof cell === 'string' && shieldedText.test(cell)) as [string, string][]
  const length = texts.length === 0 ? undefined : /"trace_length":(\d{1,9})/.exec(String(record['state']))?.[1]
  const bare = texts
    .filter(([name, text]) => name !== 'trace' || length !== String(text.length))
    .map(([name, text]) => [name, text.slice(1)])
  return { ...record, ...Object.fromEntries(bare) }
}

/** No other service has these two. */
const ownColumns = ['excused', 'stuck'] as const

/** Matches `'=1+1` and `'- x`; not `'a'` or `=1`. The wide signs are those that spreadsheets read as the others. */
const shieldedText = /^'[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/

const truncated = refusal('json_undecodable', 'record', 'truncated')

/** Whether cells are missing at its end. Within its last cell nobody can tell. */
function isCutOff(last: FoundRecord | undefined, columns: readonly string[]): boolean {
  return last !== undefined && 'record' in last && !columns.every((name) => name in (last.record as object))
}

function readCell(column: string, cell: string): string | number {
  return /^-?\d{1,15}(?:\.\d+)?$/.test(cell) && fieldOfKey(column)?.kind === 'count' ? Number(cell) : cell
}

/** The sign that makes the most columns of a header is the table's. */
function delimiterOf(line: string): string {
  return delimiters.reduce((most, one) => (line.split(one).length > line.split(most).length ? one : most))
}

function columnsOf(line: string, delimiter: string): readonly string[] {
  return line.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'))
}

type Peeked = {
  readonly head: string
  readonly all: AsyncIterable<Uint8Array>
  /** Whether what was read of the stream so far ends with a line. */
  readonly end: { readonly isClosed: boolean }
}

/** The first line of a stream, as far as its first chunk has it, and the whole stream. */
async function peek(chunks: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first = await iterator.next()
  const end = { isClosed: true }
  async function* all(): AsyncGenerator<Uint8Array> {
    for (let next = first; !next.done; next = await iterator.next()) {
      end.isClosed = lineEnds.includes(next.value.at(-1) ?? 0)
      yield next.value
    }
  }
  const [head = ''] = first.done ? [] : new TextDecoder().decode(first.value).split(/\r\n|\r|\n/, 1)
  return { head, all: all(), end }
}
