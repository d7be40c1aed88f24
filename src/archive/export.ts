import { type ExportRow, writeCsv, writeCsvHead } from './csv.ts'

/** The ways a list is written down: a table, one JSON array, or one JSON object a line. */
export const exportFormats = ['csv', 'json', 'jsonl'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Rows that come page by page: what one short look at the store gave. */
export type RowPages = AsyncIterable<readonly ExportRow[]> | Iterable<readonly ExportRow[]>

export type ExportTable = { readonly columns: readonly string[]; readonly pages: RowPages }

/**
 * Writes a table piece by piece. The next page is asked for only when the piece before was taken, so one page is held at a time, however long the
 * list is; whoever stops reading ends the asking.
 */
export async function* writeExport({ columns, pages }: ExportTable, format: ExportFormat): AsyncGenerator<string, void, undefined> {
  const { head, write, tail } = writers[format](columns)
  if (head !== '') yield head
  for await (const page of pages) {
    const piece = write(page)
    if (piece !== '') yield piece
  }
  if (tail !== '') yield tail
}

type Writer = { readonly head: string; readonly write: (page: readonly ExportRow[]) => string; readonly tail: string }

const writers: Readonly<Record<ExportFormat, (columns: readonly string[]) => Writer>> = {
  csv: (columns) => ({ head: writeCsvHead(columns), write: (page) => writeCsv(page, columns), tail: '' }),
  json: (columns) => ({ head: '[', write: arrayWriter(columns), tail: '\n]\n' }),
  jsonl: (columns) => ({ head: '', write: (page) => page.map((row) => `${writeJson(row, columns)}\n`).join(''), tail: '' }),
}

/** Elements of one array, each on a line of its own, with a comma before all but the first. */
function arrayWriter(columns: readonly string[]): (page: readonly ExportRow[]) => string {
  let isFirst = true
  return (page) =>
    page
      .map((row) => {
        const comma = isFirst ? '' : ','
        isFirst = false
        return `${comma}\n${writeJson(row, columns)}`
      })
      .join('')
}

/** An object with the columns in their order; absent cells are left out. */
export function writeJson(row: ExportRow, columns: readonly string[]): string {
  return JSON.stringify(row, columns as string[])
}
