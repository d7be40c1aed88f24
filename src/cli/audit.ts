import { type Command, Option } from 'commander'
import type { AuditEntryFacts } from '../http/control/control.ts'
import type { Context, ExitCode } from './context.ts'
import { atDesk } from './desk.ts'
import type { End } from './end.ts'
import { type AuditExportOptions, addAuditFilter, exportAudit } from './export-audit.ts'
import { loadConfig } from './load-settings.ts'
import { refuse } from './refuse.ts'
import { renderTable } from './table.ts'

const listMax = 10_000

/** `audit list` and `audit export`. */
export function addAudit(program: Command, context: Context, end: End): void {
  const audit = program.command('audit').description('Shows who did what to access, settings and data. No entry holds an address.')
  audit
    .command('list')
    .description('Lists the newest entries, newest first.')
    .option('--limit <number>', 'how many', '50')
    .option('--json', 'print JSON')
    .action(async (options: { limit: string; json?: true }) => end(await listAudit(context, options.limit, options.json === true)))
  const exporting = audit
    .command('export')
    .description('Prints the entries, newest first, as `export audit` does.')
    .addOption(new Option('--format <format>', 'how').choices(['csv', 'jsonl']).default('csv'))
  addAuditFilter(exporting).action(async (options: AuditExportOptions) => end(await exportAudit(context, options)))
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

function rowOf(entry: AuditEntryFacts): readonly string[] {
  const { at, actor, act, subject, tenant, count, actor_name: actorName, subject_name: subjectName } = entry
  return [new Date(at).toISOString(), named(actor, actorName), act, named(subject, subjectName), tenant || '-', String(count)]
}

/** The name with the id beside it, or the id alone. */
function named(id: string, name: string | undefined): string {
  return name === undefined ? id : `${name} (${id})`
}
