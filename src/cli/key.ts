import { type Command, Option } from 'commander'
import type { KeyRow, KeyScope, WantedKey } from '../http/control.ts'
import type { Context, ExitCode } from './context.ts'
import { atDesk } from './desk.ts'
import { readExpiry } from './expiry.ts'
import { loadConfig } from './load-settings.ts'
import type { End } from './program.ts'
import { renderTable } from './table.ts'

const scopes = ['read', 'ingest', 'admin'] as const satisfies readonly KeyScope[]
const tenantPattern = /^[a-z0-9][a-z0-9_-]{0,63}$/
const labelCharactersMax = 64

type CreateOptions = { scope: KeyScope; tenant: string; expires?: string; label: string; json?: true }

export function addKey(program: Command, context: Context, end: End): void {
  const key = program.command('key').description('Makes, lists and revokes keys. They work at once, also while the service runs.')
  key
    .command('create')
    .description('Makes a key and prints it, this once: only a hash of it is stored. Sent as `Authorization: Bearer KEY`.')
    .addOption(
      new Option('--scope <scope>', 'what it opens: read the APIs, ingest events, admin both').choices(scopes).makeOptionMandatory(),
    )
    .option('--tenant <name>', 'whose runs it sees or writes', 'default')
    .option('--expires <when>', 'a date (2027-01-31) or a time from now (12h, 90d, 8w); without it the key stays until revoked')
    .option('--label <text>', 'a note for the list', '')
    .option('--json', 'print JSON')
    .action(async (options: CreateOptions) => end(await createKey(context, options)))
  key
    .command('list')
    .description('Lists all keys, also the revoked ones, never the key itself.')
    .option('--json', 'print JSON')
    .action(async (options: { json?: true }) => end(await listKeys(context, options.json === true)))
  key
    .command('revoke')
    .description('Revokes a key. Effective at once.')
    .argument('<id>', 'the id as shown by `key list`')
    .action(async (id: string) => end(await revokeKey(context, id)))
}

async function createKey(context: Context, options: CreateOptions): Promise<ExitCode> {
  const wanted = readWanted(context, options)
  if (typeof wanted === 'string') {
    context.tell(`error: ${wanted}\n`)
    return 2
  }
  const config = loadConfig(context)
  if (config === undefined) return 2
  const made = await atDesk(context, config.settings, (desk) => desk.createKey(wanted))
  if (options.json) context.print(`${JSON.stringify(made)}\n`)
  else {
    context.tell(`Key ${made.id} of scope ${made.scope} for tenant ${made.tenant}, ${showEnd(made)}. It is shown this once:\n`)
    context.print(`${made.key}\n`)
  }
  return 0
}

function readWanted(context: Context, options: CreateOptions): WantedKey | string {
  if (!tenantPattern.test(options.tenant)) return '--tenant must be 1 to 64 small letters, digits, - or _, beginning with a letter or digit'
  if (options.label.length > labelCharactersMax) return `--label must not be longer than ${labelCharactersMax} characters`
  const wanted = { scope: options.scope, tenant: options.tenant, label: options.label }
  if (options.expires === undefined) return wanted
  const expiresAt = readExpiry(options.expires, context.clock.now())
  return expiresAt.ok ? { ...wanted, expiresAt: expiresAt.value } : expiresAt.fault
}

async function listKeys(context: Context, asJson: boolean): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const keys = await atDesk(context, config.settings, (desk) => desk.listKeys())
  if (asJson) context.print(`${JSON.stringify(keys, null, 2)}\n`)
  else if (keys.length === 0) context.tell('No keys yet. Make one: telemetry-service key create --scope read\n')
  else
    context.print(
      renderTable(
        ['ID', 'SCOPE', 'TENANT', 'MADE', 'STATE', 'LABEL'],
        keys.map((key) => rowOf(key, context.clock.now())),
      ),
    )
  return 0
}

function rowOf(key: KeyRow, now: number): readonly string[] {
  const isExpired = key.expiresAt !== undefined && key.expiresAt <= now
  const state =
    key.revokedAt !== undefined ? `revoked ${showDay(key.revokedAt)}` : isExpired ? `expired ${showDay(key.expiresAt ?? 0)}` : showEnd(key)
  return [key.id, key.scope, key.tenant, showDay(key.createdAt), state, key.label]
}

async function revokeKey(context: Context, id: string): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const isRevoked = await atDesk(context, config.settings, (desk) => desk.revokeKey(id))
  if (isRevoked) context.tell(`Key ${id} is revoked.\n`)
  else context.tell(`error: there is no key with the id ${JSON.stringify(id)}; see \`telemetry-service key list\`\n`)
  return isRevoked ? 0 : 1
}

function showEnd(key: KeyRow): string {
  return key.expiresAt === undefined ? 'valid until revoked' : `valid until ${new Date(key.expiresAt).toISOString()}`
}

function showDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
