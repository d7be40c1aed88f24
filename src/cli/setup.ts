import type { Command } from 'commander'
import type { Context, ExitCode } from './context.ts'
import { noteDone } from './desk.ts'
import type { End } from './end.ts'
import { loadConfig } from './load-settings.ts'
import { refuse } from './refuse.ts'

/** `setup pocketbase`. */
export function addSetup(program: Command, context: Context, end: End): void {
  const setup = program.command('setup').description('Prepares what the service is attached to.')
  setup
    .command('pocketbase')
    .description(
      'Brings the collections in PocketBase into shape and closes open sign-up. Only the account of PB_IDENTITY gets to the runs; where PB_AUTH_COLLECTION has other members it stops and says so. Asks for a superuser of PocketBase, whose password is used this once and not stored; from a pipe it is read as one line.',
    )
    .option('--superuser <identity>', 'mail address of the superuser; asked for when missing')
    .option('--admit-members', 'let every member of PB_AUTH_COLLECTION list, change and delete runs, where it has others than the account')
    .action(async (options: Options) => end(await setupPocketBase(context, options)))
}

type Options = { readonly superuser?: string; readonly admitMembers?: true }

async function setupPocketBase(context: Context, { superuser: given, admitMembers }: Options): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  if (config.settings.pbUrl === undefined) return refuse(context, 'PB_URL is not set: set it to the address of the PocketBase to prepare')
  const identity = given ?? (await context.askLine('Mail address of a PocketBase superuser: ', false))
  const password = await context.askLine('Password (used once, not stored): ', true)
  if (identity === '' || password === '')
    return refuse(context, 'a superuser and a password are needed: give --superuser and the password on stdin, or run this in a terminal')
  const service = await context.loadService()
  const done = await service.setupPocketBase(config.settings, { identity, password }, admitMembers === true)
  if (!done.ok) {
    context.tell(`error: ${done.fault.message}\n`)
    return 1
  }
  await noteDone(context, config.settings, { act: 'pocketbase_setup', subject: 'pocketbase' })
  for (const change of done.value) context.tell(`${change}\n`)
  context.tell(`PocketBase is ready: ${config.settings.pbTargetCollection} receives the runs.\n`)
  return 0
}
