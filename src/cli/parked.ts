import type { Command } from 'commander'
import type { ParkedRow } from '../http/control/control.ts'
import type { Context, ExitCode } from './context.ts'
import { atDesk } from './desk.ts'
import type { End } from './end.ts'
import { loadConfig } from './load-settings.ts'
import { renderTable } from './table.ts'

/** `parked list` and `parked replay`. */
export function addParked(program: Command, context: Context, end: End): void {
  const parked = program.command('parked').description('Shows and sends again the runs that PocketBase refused for a fault of their own.')
  parked
    .command('list')
    .description('Lists parked runs with the reason.')
    .option('--json', 'print JSON')
    .action(async (options: { json?: true }) => end(await listParked(context, options.json === true)))
  parked
    .command('replay')
    .description('Sends all parked runs again. Do this after what was wrong in PocketBase is mended.')
    .option('--json', 'print JSON')
    .action(async (options: { json?: true }) => end(await replayParked(context, options.json === true)))
}

async function listParked(context: Context, asJson: boolean): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const parked = await atDesk(context, config.settings, (desk) => desk.listParked())
  if (asJson) context.print(`${JSON.stringify(parked.runs, null, 2)}\n`)
  else if (parked.count === 0) context.tell('Nothing is parked.\n')
  else context.print(renderTable(['RUN', 'TENANT', 'PARKED', 'REASON'], parked.runs.map(rowOf)))
  if (parked.count > parked.runs.length) context.tell(`${parked.count - parked.runs.length} more are not shown.\n`)
  return 0
}

function rowOf(run: ParkedRow): readonly string[] {
  return [run.key, run.tenant, new Date(run.parkedAt).toISOString(), run.reason]
}

async function replayParked(context: Context, asJson: boolean): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const replayed = await atDesk(context, config.settings, (desk) => desk.replayParked())
  if (asJson) context.print(`${JSON.stringify({ replayed })}\n`)
  else context.tell(`${replayed} ${replayed === 1 ? 'run is' : 'runs are'} sent again.\n`)
  return 0
}
