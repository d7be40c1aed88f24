import type { Audit } from '../access/audit.ts'
import type { AuditRow } from '../access/database.ts'
import { type ExportRow, writeCsv, writeCsvHead } from './csv.ts'
import { type ExportTable, writeJson } from './export.ts'

const columns = ['id', 'at', 'actor', 'act', 'subject', 'tenant', 'count'] as const
const pageRows = 1_000

/** The audit as a table, newest first: of one tenant, or whole. It is asked for page by page. */
export function auditTable(audit: Pick<Audit, 'page'>, tenant?: string): ExportTable {
  return { columns, pages: readPages(audit, tenant) }
}

/** Some entries as the lines of a file; `withHead`: they are its first. */
export function writeAudit(rows: readonly AuditRow[], format: 'csv' | 'jsonl', withHead: boolean): string {
  const cells = rows.map(auditExportRow)
  if (format === 'jsonl') return cells.map((row) => `${writeJson(row, columns)}\n`).join('')
  return `${withHead ? writeCsvHead(columns) : ''}${writeCsv(cells, columns)}`
}

/** An entry with its time in words. */
function auditExportRow({ at, ...row }: AuditRow): ExportRow {
  return { ...row, at: new Date(at).toISOString() }
}

function* readPages(audit: Pick<Audit, 'page'>, tenant: string | undefined): Generator<readonly ExportRow[]> {
  let before: number | undefined
  for (;;) {
    const page = audit.page({ limit: pageRows, ...(before !== undefined && { before }), ...(tenant !== undefined && { tenant }) })
    if (page.length > 0) yield page.map(auditExportRow)
    if (page.length < pageRows) return
    before = page.at(-1)?.id
  }
}
