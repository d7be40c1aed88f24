import type { AuditEntryFacts } from '../http/control/control.ts'
import type { Context, ExitCode, Service } from './context.ts'
import { atDesk } from './desk.ts'
import { handOut } from './hand-out.ts'
import { loadConfig } from './load-settings.ts'

/** Entries that are asked for at once. */
const pageEntries = 10_000

export type AuditExportOptions = { readonly format: 'csv' | 'jsonl'; readonly out?: string }

/** `export audit`. That it is handed out is an entry of it, the first. */
export async function exportAudit(context: Context, { format, out }: AuditExportOptions): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const service = await context.loadService()
  await atDesk(context, config.settings, async (desk) => {
    await desk.noteDone({ act: 'export', subject: `audit.${format}` })
    const read = (before?: number) => desk.listAudit({ limit: pageEntries, ...(before !== undefined && { before }) })
    await handOut(context, piecesOf(service, format, read), out)
  })
  return 0
}

async function* piecesOf(
  service: Pick<Service, 'writeAudit'>,
  format: AuditExportOptions['format'],
  read: (before?: number) => Promise<readonly AuditEntryFacts[]>,
): AsyncGenerator<string> {
  for (let isFirst = true, before: number | undefined; ; isFirst = false) {
    const rows = await read(before)
    yield service.writeAudit(rows, format, isFirst)
    before = rows.at(-1)?.id
    if (rows.length < pageEntries) return
  }
}
