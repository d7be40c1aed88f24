import { type Command, Option } from 'commander'
import type { Context, ExitCode } from './context.ts'
import type { End } from './end.ts'
import { loadConfig } from './load-settings.ts'
import { startProgress } from './progress.ts'
import { refuse } from './refuse.ts'

/** `rebuild --from pocketbase`. */
export function addRebuild(program: Command, context: Context, end: End): void {
  program
    .command('rebuild')
    .description(
      'Fills the store again from what another part kept. Needs the data folder for itself: stop the service first. What is there already is merged, never lost.',
    )
    .addOption(new Option('--from <source>', 'where the runs come from').choices(['pocketbase']).makeOptionMandatory())
    .option('--json', 'print JSON')
    .action(async (options: { json?: true }) => end(await rebuild(context, options.json === true)))
}

async function rebuild(context: Context, asJson: boolean): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  if (config.settings.pbUrl === undefined)
    return refuse(context, 'PB_URL is not set: set it to the address of the PocketBase that has the runs')
  const service = await context.loadService()
  const progress = startProgress(context, 'records')
  try {
    const result = await service.rebuildFromPocketBase(config.settings, progress.report)
    progress.stop()
    if (asJson) context.print(`${JSON.stringify(result)}\n`)
    else context.tell(`${result.done} records are in the store.\n`)
    return 0
  } finally {
    progress.stop()
  }
}
