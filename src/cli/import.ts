import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { openImportBook } from '../../migration/import/import-book.ts'
import { type ImportCounts, nothingCounted } from '../../migration/import/import-counts.ts'
import { type ImportDoor, type ImportOptions, importRecords } from '../../migration/import/import-records.ts'
import { type Position, type Source, startOfSource } from '../../migration/import/source.ts'
import { formatMany } from '../base/format.ts'
import { version } from '../base/version.ts'
import type { Settings } from '../config.ts'
import type { Desk } from '../http/control/control.ts'
import type { Context, ExitCode } from './context.ts'
import { atDesk, findRunningDesk } from './desk.ts'
import type { End } from './end.ts'
import {
  type ImportChoice,
  type ImportFlags,
  readImportChoice,
  sourceFormats,
  warnOfIdleNames,
  withoutEarlierNames,
} from './import-choice.ts'
import { type Compared, compareRecords, comparisonSummary, describeComparison } from './import-compare.ts'
import { openSource, type SourceFlags } from './import-source.ts'
import { describeImport, type ImportDone, summaryOf } from './import-summary.ts'
import { loadConfig } from './load-settings.ts'
import { startProgress } from './progress.ts'
import { refuse } from './refuse.ts'

/** `import SOURCE`. */
export function addImport(program: Command, context: Context, end: End): void {
  program
    .command('import')
    .argument(
      '[source]',
      'a file: a JSON array, JSON lines, an export of MongoDB or CSV, also packed by gzip; or the address of a paged HTTP API or of a PocketBase',
    )
    .description('Takes in the records of an earlier service, also while the service runs. What is known already changes nothing.')
    .addOption(new Option('--format <format>', 'what the file holds or the address is; found out when missing').choices([...sourceFormats]))
    .addOption(new Option('--tenant <name>', 'whose runs they become').default('default'))
    .option('--from <day>', 'take records from this day on, like 2026-01-31 (UTC)')
    .option('--until <day>', 'take records up to the end of this day')
    .option('--source <name>', 'where records come from that do not say it: ProxmoxVE, ProxmoxVED or external')
    .option('--rate <number>', 'take so many records a second at the most')
    .option('--collection <name>', 'the source is a PocketBase, and this its collection')
    .option('--identity <text>', 'the account that may read it; asked for when missing, as its password is')
    .option('--auth-collection <name>', 'the collection of that account', '_superusers')
    .option('--rejects <file>', 'a new file for the places of records that were not taken; in DATA_DIR/import when missing')
    .option('--dry-run', 'count, and write nothing')
    .option('--compare', 'say by day and outcome what differs from the store and why, and write nothing')
    .option('--json', 'print JSON')
    .addOption(new Option('--of-service', 'ends when its standard input does').hideHelp()) // A service that imports at its start says it.
    .action(async (source: string | undefined, flags: ImportFlags & SourceFlags) => {
      const importing = importFrom(context, source, flags)
      end(await (flags.ofService ? Promise.race([importing, inputEnded(context)]) : importing))
    })
}

/** A service that is killed cannot end its import, which would hold what the next start needs; the system closes what it held open. */
async function inputEnded(context: Context): Promise<ExitCode> {
  for await (const _ of context.readInput());
  throw new Error('the service that began this import has ended')
}

async function importFrom(context: Context, given: string | undefined, flags: ImportFlags & SourceFlags): Promise<ExitCode> {
  const choice = readImportChoice(given, flags, context.env)
  if (!choice.ok) return refuse(context, choice.fault)
  const said = flags.ofService ? { ...context, tell: () => {} } : context // The service has said it.
  const config = loadConfig({ ...said, env: withoutEarlierNames(context.env) })
  if (config === undefined) return 2
  for (const warning of warnOfIdleNames(context.env)) context.tell(`warning: ${warning}\n`)
  const { path, format } = choice.value
  const opened = await openSource(context, { path, format }, flags)
  if (!opened.ok) return refuse(context, opened.fault)
  const source = opened.value
  const { settings } = config
  if (flags.compare) {
    const compared = await compare(context, settings, source, choice.value)
    context.print(flags.json ? `${JSON.stringify(comparisonSummary(compared))}\n` : describeComparison(compared))
    return 0
  }
  const done = flags.dryRun
    ? await tryOut(context, settings, source, choice.value)
    : await atDesk(context, settings, (desk, isServed) => {
        if (isServed) context.standBack() // Whoever sends live events is not to wait for old ones.
        return takeIn(context, desk, { source, settings, choice: choice.value, rejects: flags.rejects })
      })
  if (flags.json) context.print(`${JSON.stringify(summaryOf(done))}\n`)
  else context.tell(describeImport(done))
  return 0
}

type Work = { readonly source: Source; readonly settings: Settings; readonly choice: ImportChoice; readonly rejects: string | undefined }

async function takeIn(context: Context, desk: Desk, { source, settings, choice, rejects }: Work): Promise<ImportDone> {
  const policy = await readPolicy(desk)
  using book = openImportBook({
    folder: join(settings.dataDir, 'import'),
    source,
    choice: choice.record,
    now: context.clock.now(),
    ...(rejects !== undefined && { rejects: resolve(rejects) }),
  })
  if (book.stale !== undefined)
    context.tell(
      `${source.file?.path} was written to since its import was broken off behind ${formatMany(book.stale, 'record')}: it begins anew, which changes no count.\n`,
    )
  for (const path of book.damaged)
    context.tell(`A checkpoint could not be read and is ${path} now: its import begins anew, which changes no count.\n`)
  if (book.counted.read > 0) context.tell(`Going on behind ${formatMany(book.counted.read, 'record')}, where it was broken off.\n`)
  const doneWith = (counts: ImportCounts): ImportDone => ({ counts, isDry: false, rejectsPath: book.rejectsPath })
  let kept = book.counted
  const mark = (end: Position, counts: ImportCounts) => {
    const keep = book.mark(end, counts)
    return () => {
      keep()
      kept = counts
    }
  }
  const walk = watch(context, source, {
    ...optionsOf(context, choice),
    door: desk,
    policy,
    from: book.from,
    counted: book.counted,
    onReject: book.reject,
    onMark: mark,
  })
  const counts = await walk.catch((cause: unknown) => {
    context.tell(describeImport(doneWith(kept))) // What was rejected before a damage is told, too.
    throw cause
  })
  await desk.noteDone({ act: 'import', subject: 'records', count: counts.taken })
  book.finish()
  return doneWith(counts)
}

/** No difference is no fault: the exit code tells whether the comparison was made. */
async function compare(context: Context, settings: Settings, source: Source, choice: ImportChoice): Promise<Compared> {
  const policy = await atDesk(context, settings, readPolicy)
  const walk = (door: ImportDoor) => watch(context, source, { ...optionsOf(context, choice), ...withoutTrace, policy, door })
  return compareRecords(context, { settings, tenant: choice.record.tenant, walk })
}

/** For a walk through all of a source that leaves nothing behind. */
const withoutTrace = { from: startOfSource, counted: nothingCounted, onReject: () => {}, onMark: () => () => {} }

function progressAt({ size = 0 }: Source, read: number, passed: number) {
  return { done: read, total: 0, bytes: { done: passed, total: size } }
}

/** The same without an effect: no folder is made, none is locked, and a running service is asked for what it goes by alone. */
async function tryOut(context: Context, settings: Settings, source: Source, choice: ImportChoice): Promise<ImportDone> {
  const running = await findRunningDesk(settings)
  const service = await context.loadService()
  const { idSecret, countErased } = service.lookAtErased(settings)
  const counts = await watch(context, source, {
    ...optionsOf(context, choice),
    door: { importEntries: async (entries) => ({ erased: countErased(entries) }), settleImport: async () => {} },
    policy: running === undefined ? { repoOwners: settings.repoOwners, idSecret } : await readPolicy(running),
    ...withoutTrace,
  })
  return { counts, isDry: true }
}

/** What is lost when an import with a rate is broken off shall be seconds, too. */
const settledSeconds = 10

function optionsOf({ clock }: Context, { record, rate }: ImportChoice) {
  return { choice: record, clock, ...(rate !== undefined && { pace: { rate, wait: Bun.sleep }, settledEvery: rate * settledSeconds }) }
}

async function watch(context: Context, source: Source, options: Omit<ImportOptions, 'source' | 'onProgress'>): Promise<ImportCounts> {
  const progress = startProgress(context, 'records', progressAt(source, options.counted.read, options.from.offset))
  try {
    return await importRecords({
      ...options,
      source,
      onProgress: ({ passed = 0 }, read) => progress.report(progressAt(source, read, passed)),
    })
  } finally {
    progress.stop()
  }
}

async function readPolicy(desk: Pick<Desk, 'readImportPolicy'>): Promise<ImportOptions['policy']> {
  const policy = await desk.readImportPolicy()
  if (policy.version !== version) throw new Error(`the running service is of version ${policy.version}, this program of ${version}`)
  return { repoOwners: policy.repoOwners, idSecret: Uint8Array.fromHex(policy.idSecret) }
}
