import type { AuditQuestion } from '../access/audit.ts'
import type { NamedAuditRow } from '../access/audit-name.ts'
import { type ExportRow, writeCsv, writeCsvHead } from './csv.ts'
import { type ExportTable, writeJson } from './export.ts'

const columns = ['id', 'at', 'actor', 'act', 'subject', 'tenant', 'count', 'actor_name', 'subject_name'] as const
const pageRows = 1_000

/** Some entries of the audit, newest first, with the names of those whom they are about. */
export type ReadAudit = (question: AuditQuestion) => readonly NamedAuditRow[]

/** The audit as a table, newest first: of one tenant, or whole. It is asked for page by page. */
export function auditTable(read: ReadAudit, tenant?: string): ExportTable {
  return { columns, pages: readPages(read, tenant) }
}

/** Some entries as the lines of a file; `withHead`: they are its first. */
export function writeAudit(rows: readonly NamedAuditRow[], format: 'csv' | 'jsonl', withHead: boolean): string {
  const cells = rows.map(auditExportRow)
  if (format === 'jsonl') return cells.map((row) => `${writeJson(row, columns)}\n`).join('')
  return `${withHead ? writeCsvHead(columns) : ''}${writeCsv(cells, columns)}`
}

/** An entry with its time in words. */
function auditExportRow({ at, ...row }: NamedAuditRow): ExportRow {
  return { ...row, at: new Date(at).toISOString() }
}

function* readPages(read: ReadAudit, tenant: string | undefined): Generator<readonly ExportRow[]> {
  let before: number | undefined
  for (;;) {
    const page = read({ limit: pageRows, ...(before !== undefined && { before }), ...(tenant !== undefined && { tenant }) })
    if (page.length > 0) yield page.map(auditExportRow)
    if (page.length < pageRows) return
    before = page.at(-1)?.id
  }
}
