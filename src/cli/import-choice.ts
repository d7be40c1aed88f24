import { readRepoSource } from '../../migration/import/earlier-names.ts'
import { fileFormats } from '../../migration/import/file-form.ts'
import type { RecordChoice } from '../../migration/import/import-records.ts'
import { dayMs } from '../base/clock.ts'
import { readDay } from '../base/day.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Environment } from '../config.ts'

export type ImportFlags = {
  readonly tenant: string
  readonly format?: string
  readonly from?: string
  readonly until?: string
  readonly source?: string
  readonly rate?: string
  readonly rejects?: string
  readonly dryRun?: true
  readonly compare?: true
  readonly json?: true
  readonly ofService?: true
}

/** What a source may be called: a file's format, or what answers at an address. */
export const sourceFormats = [...fileFormats, 'http', 'pocketbase'] as const
export type SourceFormat = (typeof sourceFormats)[number]

/** What an import shall do. `rate` is in records a second. */
export type ImportChoice = {
  readonly path: string
  readonly record: RecordChoice
  readonly format?: SourceFormat
  readonly rate?: number
}

/** Names by which the earlier migration tool was told what to do, and the flag that says the same. */
const earlierNames = {
  JSON_FILE: '<file>',
  MIGRATION_SOURCE_URL: '<address>',
  DATE_FROM: '--from',
  DATE_UNTIL: '--until',
  REPO_SOURCE: '--source',
} as const

/** Names of that tool that an import does not go by. */
const idleNames: Readonly<Record<string, string>> = {
  POCKETBASE_URL: 'use PB_URL; records reach PocketBase by the running service',
  POCKETBASE_COLLECTION: 'use PB_TARGET_COLLECTION; records reach PocketBase by the running service',
  SQL_OUTPUT: 'records go into the store and from there to PocketBase',
  START_PAGE: 'an import that was broken off goes on by itself',
  SKIP_RECORDS: 'an import that was broken off goes on by itself',
  BATCH_SIZE: 'an import finds its own size; --rate slows it down',
  WORKERS: 'an import is one process; --rate slows it down',
}

/** Every name of the environment that an import reads or explains by itself. */
export const importNames: readonly string[] = [...Object.keys(earlierNames), ...Object.keys(idleNames)]

/** The environment without what an import reads or explains by itself. */
export function withoutEarlierNames(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !importNames.includes(name)))
}

/** Names of the earlier tool that are set and change nothing, each with the reason. */
export function warnOfIdleNames(env: Environment): readonly string[] {
  return Object.entries(idleNames).flatMap(([name, reason]) => (env[name] ? [`${name} has no meaning here: ${reason}`] : []))
}

/** What flags say, and in their absence the earlier names. The fault names what was given. */
export function readImportChoice(file: string | undefined, flags: ImportFlags, env: Environment): Result<ImportChoice, string> {
  const path = file ?? (env['JSON_FILE'] || env['MIGRATION_SOURCE_URL']) // A file before an address, as that tool did.
  if (!path) return err('import needs a file or an address, or JSON_FILE or MIGRATION_SOURCE_URL')
  const format = sourceFormats.find((name) => name === flags.format)
  if (flags.format !== undefined && format === undefined) return err(`--format must be one of ${sourceFormats.join(', ')}`)
  const rate = flags.rate === undefined ? undefined : Number(flags.rate)
  if (rate !== undefined && !/^[1-9][0-9]{0,6}$/.test(flags.rate ?? ''))
    return err('--rate must be a number of records a second, 1 to 9999999')
  if (flags.compare && (flags.dryRun || flags.rejects !== undefined || flags.rate !== undefined))
    return err('--compare writes nothing: leave --dry-run, --rejects and --rate out')
  if (flags.dryRun && flags.rejects !== undefined) return err('--dry-run writes nothing: leave --rejects out')
  const record = readRecordChoice(flags, env)
  if (!record.ok) return record
  return ok({ path, record: record.value, ...(format !== undefined && { format }), ...(rate !== undefined && { rate }) })
}

type Given = { readonly text: string; readonly name: string }

function givenOf(flag: string | undefined, name: keyof typeof earlierNames, env: Environment): Given | undefined {
  if (flag !== undefined) return { text: flag, name: earlierNames[name] }
  return env[name] ? { text: env[name], name } : undefined
}

function readRecordChoice(flags: ImportFlags, env: Environment): Result<RecordChoice, string> {
  const from = readGiven(givenOf(flags.from, 'DATE_FROM', env), readDay, 'a day like 2026-01-31')
  if (!from.ok) return from
  const until = readGiven(givenOf(flags.until, 'DATE_UNTIL', env), readDay, 'a day like 2026-01-31')
  if (!until.ok) return until
  const source = readGiven(givenOf(flags.source, 'REPO_SOURCE', env), readRepoSource, 'ProxmoxVE, ProxmoxVED or external')
  if (!source.ok) return source
  if (from.value !== undefined && until.value !== undefined && from.value > until.value) return err('--until lies before --from')
  return ok({
    tenant: flags.tenant,
    ...(from.value !== undefined && { from: from.value }),
    ...(until.value !== undefined && { until: until.value + dayMs - 1 }),
    ...(source.value !== undefined && { repoSource: source.value }),
  })
}

function readGiven<Value>(
  given: Given | undefined,
  read: (text: string) => Value | undefined,
  rule: string,
): Result<Value | undefined, string> {
  if (given === undefined) return ok(undefined)
  const value = read(given.text)
  return value === undefined ? err(`${given.name} is ${JSON.stringify(given.text.slice(0, 40))}: must be ${rule}`) : ok(value)
}
