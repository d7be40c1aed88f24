import type { Command } from 'commander'
import type { AuditEntryFacts } from '../http/control/control.ts'
import type { Context, ExitCode, Service } from './context.ts'
import { type DayFlags, type DayRange, readDayRange } from './day-range.ts'
import { atDesk } from './desk.ts'
import { handOut } from './hand-out.ts'
import { loadConfig } from './load-settings.ts'
import { refuse } from './refuse.ts'

/** Entries that are asked for at once. */
const pageEntries = 10_000

export type AuditExportOptions = { readonly format: 'csv' | 'jsonl'; readonly out?: string; readonly act?: string } & DayFlags

/** The flags that say which entries. */
export function addAuditFilter(command: Command): Command {
  return command
    .option('--from <day>', 'the first day, like 2026-01-31 (UTC)')
    .option('--until <day>', 'the last day')
    .option('--act <name>', 'only entries of what was done, like key_create')
}

/** `export audit`. That it is handed out is an entry of it, the first. */
export async function exportAudit(context: Context, options: AuditExportOptions): Promise<ExitCode> {
  const { format, out, act } = options
  const range = readDayRange(options)
  if (!range.ok) return refuse(context, range.fault)
  const service = await context.loadService()
  const fault = act === undefined ? undefined : service.faultOfAct(act)
  if (fault !== undefined) return refuse(context, fault)
  const config = loadConfig(context)
  if (config === undefined) return 2
  await atDesk(context, config.settings, async (desk) => {
    await desk.noteDone({ act: 'export', subject: `audit.${format}` })
    const read = (before?: number) => desk.listAudit({ limit: pageEntries, ...(before !== undefined && { before }) })
    const isMeant = (entry: AuditEntryFacts) => isWithin(entry.at, range.value) && (act === undefined || entry.act === act)
    await handOut(context, piecesOf({ service, format, read, isMeant }), out)
  })
  return 0
}

type Pieces = {
  readonly service: Pick<Service, 'writeAudit'>
  readonly format: AuditExportOptions['format']
  readonly read: (before?: number) => Promise<readonly AuditEntryFacts[]>
  readonly isMeant: (entry: AuditEntryFacts) => boolean
}

async function* piecesOf({ service, format, read, isMeant }: Pieces): AsyncGenerator<string> {
  for (let isFirst = true, before: number | undefined; ; isFirst = false) {
    const rows = await read(before)
    yield service.writeAudit(rows.filter(isMeant), format, isFirst)
    before = rows.at(-1)?.id
    if (rows.length < pageEntries) return
  }
}

function isWithin(at: number, { from, to }: DayRange): boolean {
  return from <= at && at < to
}
