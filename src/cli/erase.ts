import { type Command, Option } from 'commander'
import { defaultTenant } from '../base/tenant.ts'
import type { Context, ExitCode } from './context.ts'
import { atDesk } from './desk.ts'
import { loadConfig } from './load-settings.ts'
import type { End } from './program.ts'

type Options = { readonly randomId: string; readonly tenant: string }

/** `erase --random-id ID`. */
export function addErase(program: Command, context: Context, end: End): void {
  program
    .command('erase')
    .description(
      'Erases all runs of a random id, here and in PocketBase, also while the service runs. Later events of it are accepted. The answer is the same whether there were any.',
    )
    .addOption(new Option('--random-id <id>', 'the id, as the client sent it or as pages show it').makeOptionMandatory())
    .option('--tenant <name>', 'whose runs', defaultTenant)
    .action(async (options: Options) => end(await erase(context, options)))
}

async function erase(context: Context, { randomId, tenant }: Options): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  await atDesk(context, config.settings, (desk) => desk.eraseRuns({ tenant, randomId }))
  context.tell('Whatever there was of that id is erased. A PocketBase that is attached follows by itself; backups hold it until they go.\n')
  return 0
}
