import { type Command, Option } from 'commander'
import { dayOf } from '../base/clock.ts'
import { formatDay } from '../base/format.ts'
import { ok } from '../base/result.ts'
import { defaultTenant } from '../base/tenant.ts'
import type { KeyFacts, NewKey, NewKeyFault } from '../http/control/control.ts'
import type { Context, ExitCode } from './context.ts'
import { atDesk } from './desk.ts'
import type { End } from './end.ts'
import { readExpiry } from './expiry.ts'
import { loadConfig } from './load-settings.ts'
import { refuse } from './refuse.ts'
import { renderTable } from './table.ts'

const scopes = ['read', 'ingest', 'admin', 'cloak'] as const satisfies readonly NewKey['scope'][]

/** What the operator has to change, for each reason why no key was made. */
const faultWords: Readonly<Record<NewKeyFault, string>> = {
  tenant_invalid: '--tenant must be 1 to 64 small letters, digits, - or _, beginning with a letter or digit',
  label_invalid: '--label must not be longer than 64 characters and hold no control characters',
  expiry_past: '--expires must lie in the future',
  keys_exhausted: 'there are as many keys as are allowed: revoke some that are no longer used',
}

type CreateOptions = { scope: NewKey['scope']; tenant: string; expires?: string; label: string; json?: true }

/** `key create`, `key list` and `key revoke`. */
export function addKey(program: Command, context: Context, end: End): void {
  const key = program.command('key').description('Makes, lists and revokes keys. They work at once, also while the service runs.')
  key
    .command('create')
    .description('Makes a key and prints it, this once: only a hash of it is stored. Sent as `Authorization: Bearer KEY`.')
    .addOption(
      new Option(
        '--scope <scope>',
        'what it opens: read for the APIs, ingest for sending events, admin for reading and managing, cloak for having texts anonymized',
      )
        .choices(scopes)
        .makeOptionMandatory(),
    )
    .option('--tenant <name>', 'whose runs it sees or writes', defaultTenant)
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
  const expiresAt = options.expires === undefined ? ok(undefined) : readExpiry(options.expires, context.clock.now())
  if (!expiresAt.ok) return refuse(context, expiresAt.fault)
  const config = loadConfig(context)
  if (config === undefined) return 2
  const { scope, tenant, label } = options
  const wanted = { scope, tenant, label, ...(expiresAt.value === undefined ? {} : { expiresAt: expiresAt.value }) }
  const made = await atDesk(context, config.settings, (desk) => desk.createKey(wanted))
  if (!made.ok) return refuse(context, faultWords[made.fault])

  if (options.json) context.print(`${JSON.stringify(made.value)}\n`)
  else {
    context.tell(`Key ${made.value.id} of scope ${scope} for tenant ${tenant}, ${showEnd(made.value)}. It is shown this once:\n`)
    context.print(`${made.value.key}\n`)
  }
  return 0
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
        ['ID', 'SCOPE', 'TENANT', 'MADE', 'USED', 'STATE', 'LABEL'],
        keys.map((key) => rowOf(key, context.clock.now())),
      ),
    )
  return 0
}

function rowOf(key: KeyFacts, now: number): readonly string[] {
  const isExpired = key.expiresAt !== undefined && key.expiresAt <= now
  const state =
    key.revokedAt !== undefined
      ? `revoked ${formatDay(dayOf(key.revokedAt))}`
      : isExpired
        ? `expired ${formatDay(dayOf(key.expiresAt ?? 0))}`
        : showEnd(key)
  return [key.id, key.scope, key.tenant, formatDay(dayOf(key.createdAt)), showUse(key), state, key.label]
}

async function revokeKey(context: Context, id: string): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const isRevoked = await atDesk(context, config.settings, (desk) => desk.revokeKey(id))
  if (isRevoked) context.tell(`Key ${id} is revoked.\n`)
  else context.tell(`error: there is no key with the id ${JSON.stringify(id)}; see \`telemetry-service key list\`\n`)
  return isRevoked ? 0 : 1
}

function showEnd(key: KeyFacts): string {
  return key.expiresAt === undefined ? 'valid until revoked' : `valid until ${new Date(key.expiresAt).toISOString()}`
}

function showUse(key: KeyFacts): string {
  return key.lastUsedDay === undefined ? 'never' : formatDay(key.lastUsedDay)
}
