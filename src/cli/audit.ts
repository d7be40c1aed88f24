import type { Command } from 'commander'
import type { AuditEntryFacts } from '../http/control/control.ts'
import type { Context, ExitCode } from './context.ts'
import { atDesk } from './desk.ts'
import { loadConfig } from './load-settings.ts'
import type { End } from './program.ts'
import { refuse } from './refuse.ts'
import { renderTable } from './table.ts'

const listMax = 10_000
const formats = ['csv', 'jsonl'] as const
type Format = (typeof formats)[number]

/** `audit list` and `audit export`. */
export function addAudit(program: Command, context: Context, end: End): void {
  const audit = program.command('audit').description('Shows who did what to access, settings and data. No entry holds an address.')
  audit
    .command('list')
    .description('Lists the newest entries, newest first.')
    .option('--limit <number>', 'how many', '50')
    .option('--json', 'print JSON')
    .action(async (options: { limit: string; json?: true }) => end(await listAudit(context, options.limit, options.json === true)))
  audit
    .command('export')
    .description('Prints all entries, newest first.')
    .option('--format <format>', 'csv or jsonl', 'csv')
    .action(async (options: { format: string }) => end(await exportAudit(context, options.format)))
}

async function listAudit(context: Context, limit: string, asJson: boolean): Promise<ExitCode> {
  const count = /^[1-9][0-9]{0,4}$/.test(limit) ? Number(limit) : Number.NaN
  if (!(count <= listMax)) return refuse(context, `--limit must be 1 to ${listMax}`)
  const config = loadConfig(context)
  if (config === undefined) return 2
  const rows = await atDesk(context, config.settings, (desk) => desk.listAudit({ limit: count }))
  if (asJson) context.print(`${JSON.stringify(rows, null, 2)}\n`)
  else context.print(renderTable(['AT', 'ACTOR', 'ACT', 'SUBJECT', 'TENANT', 'COUNT'], rows.map(rowOf)))
  return 0
}

function rowOf({ at, actor, act, subject, tenant, count }: AuditEntryFacts): readonly string[] {
  return [new Date(at).toISOString(), actor, act, subject, tenant || '-', String(count)]
}

async function exportAudit(context: Context, given: string): Promise<ExitCode> {
  const format = formats.find((name) => name === given)
  if (format === undefined) return refuse(context, `--format must be ${formats.join(' or ')}`)
  const config = loadConfig(context)
  if (config === undefined) return 2
  await atDesk(context, config.settings, async (desk) => {
    await desk.noteDone({ act: 'export', subject: `audit.${format}` })
    return print(context, format, (before) => desk.listAudit({ limit: listMax, ...(before !== undefined && { before }) }))
  })
  return 0
}

async function print(context: Context, format: Format, read: (before?: number) => Promise<readonly AuditEntryFacts[]>): Promise<void> {
  const service = await context.loadService()
  for (let isFirst = true, before: number | undefined; ; isFirst = false) {
    const rows = await read(before)
    context.print(service.writeAudit(rows, format, isFirst))
    before = rows.at(-1)?.id
    if (rows.length < listMax) return
  }
}
