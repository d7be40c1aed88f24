import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import type { ExportedList, ExportFilter, ExportQuery } from '../app/export.ts'
import { defaultTenant } from '../base/tenant.ts'
import type { Settings } from '../config.ts'
import type { Context, ExitCode } from './context.ts'
import { type DayFlags, readDayRange } from './day-range.ts'
import { noteDone } from './desk.ts'
import type { End } from './end.ts'
import { type AuditExportOptions, addAuditFilter, exportAudit } from './export-audit.ts'
import { exportPublic, type PublicOptions } from './export-public.ts'
import { handOut } from './hand-out.ts'
import { loadConfig } from './load-settings.ts'
import { refuse } from './refuse.ts'

const lists: Readonly<Record<ExportedList, string>> = {
  runs: 'all runs with all that is known of them, their logs too, oldest first; `import` takes them in again',
  rollups: 'runs a day by each dimension, also of days whose runs have expired',
  errors: 'the groups of errors with their counts',
}

const formats = ['jsonl', 'csv'] as const
type Options = {
  readonly format: (typeof formats)[number]
  readonly out?: string
  readonly tenant: string
} & DayFlags &
  ExportFilter

/** `export --public` and `export runs|rollups|errors|audit`. */
export function addExport(program: Command, context: Context, end: End): void {
  const group = program
    .command('export')
    .description(
      'Writes whole lists to standard output or to a file and, with `--public`, the pages that PUBLIC_DASHBOARD opens as a folder of HTML and JSON files for publishing elsewhere; also while the service runs.',
    )
    .option('--public', 'write the public pages')
    .option('--out <folder>', 'the folder to write: a new one, an empty one, or an earlier export to replace', 'telemetry-public')
    .action(async (options: PublicOptions) => end(await exportPublic(context, options)))
  for (const [name, what] of Object.entries(lists) as [ExportedList, string][]) {
    const command = group
      .command(name)
      .description(`Writes ${what}.`)
      .addOption(new Option('--format <format>', 'how').choices(formats).default('jsonl'))
      .option('--out <file>', 'the file to write; standard output without it')
      .option('--tenant <name>', 'whose', defaultTenant)
      .option('--from <day>', 'the first day on which runs began, like 2026-01-31 (UTC)')
      .option('--until <day>', 'the last such day')
      .option('--source <name>', 'only runs of this source: ProxmoxVE, ProxmoxVED or external')
      .option('--type <name>', 'only runs of this type, like lxc or vm')
    if (name !== 'rollups') command.option('--script <name>', 'only runs of this script, as lists spell it')
    if (name === 'runs') command.option('--status <name>', 'only runs that read as this, like failed')
    command.action(async (options: Options) => end(await exportList(context, name, options)))
  }
  const audit = group
    .command('audit')
    .description('Writes the entries of the audit, newest first.')
    .addOption(new Option('--format <format>', 'how').choices(formats).default('jsonl'))
    .option('--out <file>', 'the file to write; standard output without it')
  addAuditFilter(audit).action(async (options: AuditExportOptions) => end(await exportAudit(context, options)))
}

async function exportList(context: Context, list: ExportedList, options: Options): Promise<ExitCode> {
  const range = readDayRange(options)
  if (!range.ok) return refuse(context, range.fault)
  const filter = filterOf(options)
  const fault = (await context.loadService()).faultOfFilter(filter)
  if (fault !== undefined) return refuse(context, fault)
  const config = loadConfig(context)
  if (config === undefined) return 2
  const { settings } = config
  if (!existsSync(join(settings.dataDir, 'store.db'))) return refuse(context, `DATA_DIR is ${settings.dataDir}: there is no store.db in it`)
  const { format, out, tenant } = options
  await noteDone(context, settings, { act: 'export', subject: `${list}.${format}` })
  const pieces = await readPieces(context, settings, { list, tenant, ...range.value, filter }, format)
  await handOut(context, pieces, out)
  return 0
}

async function readPieces(context: Context, settings: Settings, query: ExportQuery, format: Options['format']) {
  const service = await context.loadService()
  return service.writeExport(service.exportFolder(settings, query), format)
}

function filterOf({ source, type, script, status }: Options): ExportFilter {
  return {
    ...(source !== undefined && { source }),
    ...(type !== undefined && { type }),
    ...(script !== undefined && { script }),
    ...(status !== undefined && { status }),
  }
}
