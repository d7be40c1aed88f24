import { type Command, Option } from 'commander'
import { dayOf } from '../base/clock.ts'
import { formatDay } from '../base/format.ts'
import { err, ok, type Result } from '../base/result.ts'
import { defaultTenant } from '../base/tenant.ts'
import type { NewUser, NewUserFault, UserFacts, UserFault } from '../http/control/control-user.ts'
import type { Context, ExitCode } from './context.ts'
import { atDesk } from './desk.ts'
import type { End } from './end.ts'
import { loadConfig } from './load-settings.ts'
import { refuse } from './refuse.ts'
import { renderTable } from './table.ts'

const roles = ['viewer', 'maintainer', 'admin'] as const satisfies readonly NewUser['role'][]

/** What the operator has to change, for each reason why nothing was done. */
const faultWords: Readonly<Record<NewUserFault | UserFault, string>> = {
  name_invalid: 'a name must be 1 to 64 letters, digits or . _ @ + -, beginning with a letter or digit',
  name_taken: 'there is a user of that name already',
  tenant_invalid: '--tenant must be 1 to 64 small letters, digits, - or _, beginning with a letter or digit',
  users_exhausted: 'there are as many users as are allowed: delete some that are no longer needed',
  claim_lost: 'the user was not made',
  too_busy: 'too many passwords are worked on at this moment: try again in a few seconds',
  password_short: 'a password must have at least 12 characters',
  password_long: 'a password must have at most 256 characters',
  password_plain: 'the password must not hold the name, nor be a few characters over and over',
  user_unknown: 'there is no user of that name; see `telemetry-service user list`',
  last_admin: 'this is the last admin: make another one first',
}

const passwordWords = 'The password is asked for without echo; from a pipe it is read as one line.'

type CreateOptions = { readonly role: NewUser['role']; readonly tenant: string }

/** `user create`, `list`, `role`, `password`, `disable`, `enable`, `delete` and `setup-link`. */
export function addUser(program: Command, context: Context, end: End): void {
  const user = program
    .command('user')
    .description('Makes, lists and changes people who may sign in. Effective at once, also while the service runs.')
  const named = (name: string, words: string) => user.command(name).description(words).argument('<name>', 'the name of the user')
  const roleOption = () =>
    new Option('--role <role>', 'viewer reads, maintainer also mutes errors, admin also manages access')
      .choices(roles)
      .makeOptionMandatory()
  named('create', `Makes a user. ${passwordWords}`)
    .addOption(roleOption())
    .option('--tenant <name>', 'whose runs the user sees', defaultTenant)
    .action(async (name: string, options: CreateOptions) => end(await createUser(context, name, options)))
  user
    .command('list')
    .description('Lists all users.')
    .option('--json', 'print JSON')
    .action(async (options: { json?: true }) => end(await listUsers(context, options.json === true)))
  named('role', 'Sets the role of a user.')
    .addOption(roleOption())
    .action(async (name: string, { role }: CreateOptions) => end(await change(context, name, { role }, `has the role ${role}`)))
  named('password', `Sets a new password and ends the user's sessions. ${passwordWords}`).action(async (name: string) =>
    end(await setPassword(context, name)),
  )
  named('disable', 'Ends the sessions of a user, who cannot sign in until enabled again.').action(async (name: string) =>
    end(await change(context, name, { isDisabled: true }, 'is disabled')),
  )
  named('enable', 'Lets a disabled user sign in again.').action(async (name: string) =>
    end(await change(context, name, { isDisabled: false }, 'is enabled')),
  )
  named('delete', 'Deletes a user and ends the sessions.').action(async (name: string) => end(await removeUser(context, name)))
  user
    .command('setup-link')
    .description('Prints a new one-time link that makes the first admin, for 30 minutes. There is none once an admin exists.')
    .action(async () => end(await printSetupLink(context)))
}

async function createUser(context: Context, name: string, { role, tenant }: CreateOptions): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const password = await askPassword(context)
  if (!password.ok) return refuse(context, password.fault)
  const made = await atDesk(context, config.settings, (desk) => desk.createUser({ name, role, tenant, password: password.value }))
  return tellOutcome(context, made, (user) => `User ${user.name} is made, with the role ${role} in the tenant ${tenant}.`)
}

async function setPassword(context: Context, name: string): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const password = await askPassword(context)
  if (!password.ok) return refuse(context, password.fault)
  const done = await atDesk(context, config.settings, (desk) => desk.setPassword(name, password.value))
  return tellOutcome(context, done, (user) => `User ${user.name} has a new password; the sessions have ended.`)
}

async function change(
  context: Context,
  name: string,
  wanted: { readonly role: NewUser['role'] } | { readonly isDisabled: boolean },
  words: string,
): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const done = await atDesk(context, config.settings, (desk) => desk.changeUser(name, wanted))
  return tellOutcome(context, done, (user) => `User ${user.name} ${words}.`)
}

async function removeUser(context: Context, name: string): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const done = await atDesk(context, config.settings, (desk) => desk.removeUser(name))
  return tellOutcome(context, done, (user) => `User ${user.name} is deleted.`)
}

async function printSetupLink(context: Context): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const setup = await atDesk(context, config.settings, (desk) => desk.offerSetup())
  if (setup === undefined) {
    context.tell('error: there is an admin already: sign in, or use `telemetry-service user create` or `user password`\n')
    return 1
  }
  context.tell('Open this link within 30 minutes. It works once, and the one before works no more:\n')
  context.print(`${setup.url}\n`)
  return 0
}

async function listUsers(context: Context, asJson: boolean): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const users = await atDesk(context, config.settings, (desk) => desk.listUsers())
  if (asJson) context.print(`${JSON.stringify(users, null, 2)}\n`)
  else if (users.length === 0) context.tell('No users yet. Make one: telemetry-service user create NAME --role admin\n')
  else context.print(renderTable(['NAME', 'ROLE', 'TENANT', 'MADE', 'STATE'], users.map(rowOf)))
  return 0
}

function rowOf({ name, role, tenant, createdAt, disabledAt }: UserFacts): readonly string[] {
  return [
    name,
    role,
    tenant,
    formatDay(dayOf(createdAt)),
    disabledAt === undefined ? 'can sign in' : `disabled ${formatDay(dayOf(disabledAt))}`,
  ]
}

/** A person types it twice, since it is not seen; a pipe gives it once. */
async function askPassword(context: Context): Promise<Result<string, string>> {
  const password = await context.askLine('Password: ', true)
  if (password === '') return err('a password is needed: type it in a terminal, or give it as one line on stdin')
  if (!context.asksPerson) return ok(password)
  return (await context.askLine('Password once more: ', true)) === password ? ok(password) : err('the two passwords differ')
}

const failures: readonly string[] = ['user_unknown', 'last_admin', 'too_busy'] satisfies readonly (NewUserFault | UserFault)[]

/** What the service cannot do fails; a value that is not allowed is the command line's fault. */
function tellOutcome(context: Context, outcome: Result<UserFacts, NewUserFault | UserFault>, words: (user: UserFacts) => string): ExitCode {
  if (!outcome.ok) {
    refuse(context, faultWords[outcome.fault])
    return failures.includes(outcome.fault) ? 1 : 2
  }
  context.tell(`${words(outcome.value)}\n`)
  return 0
}
