import { type Command, Option } from 'commander'
import { defaultTenant } from '../base/tenant.ts'
import type { GivenIdFault } from '../http/control/control-erase.ts'
import type { Context, ExitCode } from './context.ts'
import { atDesk } from './desk.ts'
import type { End } from './end.ts'
import { loadConfig } from './load-settings.ts'
import { refuse } from './refuse.ts'
import { findTenantFault } from './tenant.ts'

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

const faultWords: Readonly<Record<GivenIdFault, string>> = {
  empty: '--random-id is empty: give the id as the client sent it or as pages show it',
  longer_than_512: '--random-id is longer than 512 characters: no client can have sent it',
}

async function erase(context: Context, { randomId, tenant }: Options): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const fault = await atDesk(context, config.settings, async (desk) => {
    const tenantFault = await findTenantFault(desk, tenant)
    if (tenantFault !== undefined) return `--tenant: ${tenantFault}`
    const erased = await desk.eraseRuns({ tenant, randomId })
    return erased.ok ? undefined : faultWords[erased.fault]
  })
  if (fault !== undefined) return refuse(context, fault)
  context.tell('Whatever there was of that id is erased. A PocketBase that is attached follows by itself; backups hold it until they go.\n')
  return 0
}
