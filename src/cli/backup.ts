import type { Command } from 'commander'
import type { BackupFacts } from '../http/control/control-backup.ts'
import type { Context, ExitCode } from './context.ts'
import { atDesk, findRunningDesk, noteDone } from './desk.ts'
import type { End } from './end.ts'
import { loadConfig } from './load-settings.ts'
import { renderTable } from './table.ts'

type Options = { readonly json?: true; readonly dataDir?: string; readonly withoutErasures?: true }

/** `backup create`, `backup list`, `backup verify`, `backup restore`. */
export function addBackup(program: Command, context: Context, end: End): void {
  const backup = program.command('backup').description('Makes backups of the data folder, proves them and puts them back.')
  backup
    .command('create')
    .description('Makes a backup in DATA_DIR/backup, also while the service runs. Needs free disk for twice the data.')
    .option('--json', 'print JSON')
    .action(async (options: Options) => end(await createBackup(context, options.json === true)))
  backup
    .command('list')
    .description('Lists the backups of the data folder, the oldest first.')
    .option('--json', 'print JSON')
    .action(async (options: Options) => end(await listBackups(context, options.json === true)))
  backup
    .command('verify')
    .description(
      'Unpacks a backup beside itself, compares checksums and counts, and checks each database. Ends with 1 when something is wrong.',
    )
    .argument('<backup>', 'its name in the list, or the path of its folder')
    .option('--json', 'print JSON')
    .action(async (name: string, options: Options) => end(await verifyBackup(context, name, options.json === true)))
  backup
    .command('restore')
    .description('Puts a backup into an empty data folder. Stop the service first; its backup folder may stay where it is.')
    .argument('<backup>', 'its name in the list, or the path of its folder')
    .option('--data-dir <folder>', 'another folder than DATA_DIR')
    .option('--without-erasures', 'restore also where `erasures.json` is missing: runs that were erased since the backup come back')
    .option('--json', 'print JSON')
    .action(async (name: string, options: Options) => end(await restoreBackup(context, name, options)))
}

async function createBackup(context: Context, asJson: boolean): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const made = await atDesk(context, config.settings, (desk) => desk.createBackup())
  if (!made.ok) throw new Error(made.fault)
  const { name, bytes, runs } = made.value
  if (asJson) context.print(`${JSON.stringify(made.value)}\n`)
  else context.tell(`${name}: ${count(runs, 'run')}, ${megabytes(bytes)}. Prove it: telemetry-service backup verify ${name}\n`)
  return 0
}

async function listBackups(context: Context, asJson: boolean): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const running = await findRunningDesk(config.settings)
  const listed = running === undefined ? (await context.loadService()).listBackups(config.settings) : await running.listBackups()
  if (!listed.ok) throw new Error(listed.fault)
  const backups = listed.value
  if (asJson) context.print(`${JSON.stringify(backups, null, 2)}\n`)
  else if (backups.length === 0)
    context.tell(
      `There is no backup in DATA_DIR/backup (DATA_DIR is ${config.settings.dataDir}). telemetry-service backup create makes one.\n`,
    )
  else context.print(renderTable(['BACKUP', 'SIZE', 'RUNS', 'STATE'], backups.map(rowOf)))
  return 0
}

function rowOf({ name, bytes, runs, fault }: BackupFacts): readonly string[] {
  return fault === undefined ? [name, megabytes(bytes), String(runs), 'whole'] : [name, '', '', `damaged: ${fault}`]
}

async function verifyBackup(context: Context, name: string, asJson: boolean): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const service = await context.loadService()
  const report = await service.verifyBackup(config.settings, name, (done) => noteDone(context, config.settings, done))
  if (asJson) context.print(`${JSON.stringify(report, null, 2)}\n`)
  else context.tell(`${report.name} is whole: ${count(report.counts.runs, 'run')} and all else as it was written down.\n`)
  return 0
}

async function restoreBackup(context: Context, name: string, { json, dataDir, withoutErasures }: Options): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const service = await context.loadService()
  const report = await service.restoreFromBackup(config.settings, name, { folder: dataDir, withoutErasures })
  if (json) context.print(`${JSON.stringify(report, null, 2)}\n`)
  else {
    const place = dataDir ?? config.settings.dataDir
    const held = report.held.runs
    const why =
      held === report.counts.runs
        ? ''
        : ` (${count(held, 'run')} in the backup; events that waited are taken in, and what was erased since is erased again)`
    context.tell(
      `${report.name} of ${report.madeAt} is restored into ${place}: ${count(report.counts.runs, 'run')}${why}. Everybody signs in again.\n`,
    )
  }
  return 0
}

const megabyte = 1024 * 1024

function megabytes(bytes: number): string {
  return `${(bytes / megabyte).toFixed(1)} MB`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
