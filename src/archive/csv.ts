import { stringify } from 'csv-stringify/sync'

/** What a cell of an export holds. An absent one is empty. */
export type Cell = string | number | boolean | undefined
export type ExportRow = Readonly<Record<string, Cell>>

/**
 * The lines of some rows, each ended by CR LF (RFC 4180). A text that a spreadsheet would calculate gets an apostrophe before it; one with line breaks is quoted.
 * Rows may name more than `columns`; what they name besides is left out.
 */
export function writeCsv(rows: readonly ExportRow[], columns: readonly string[]): string {
  if (rows.length === 0) return ''
  return stringify([...rows], { ...dialect, columns: [...columns] })
}

/** The line that names the columns. */
export function writeCsvHead(columns: readonly string[]): string {
  return stringify([], { ...dialect, columns: [...columns], header: true })
}

/** The library quotes a cell for the end of records alone: a lone LF or CR would end one for most readers. */
const dialect = { escape_formulas: true, record_delimiter: '\r\n', quoted_match: /[\r\n]/, cast: { boolean: String } } as const
