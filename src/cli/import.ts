import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { fileSource } from '../../migration/import/file-source.ts'
import { guessForm } from '../../migration/import/guess-form.ts'
import { openImportBook } from '../../migration/import/import-book.ts'
import { type ImportOptions, importRecords } from '../../migration/import/import-records.ts'
import type { Source } from '../../migration/import/source.ts'
import { formatMany } from '../base/format.ts'
import { version } from '../base/version.ts'
import type { Desk } from '../http/control/control.ts'
import type { Context, ExitCode } from './context.ts'
import { atDesk } from './desk.ts'
import { describeImport, summaryOf } from './import-summary.ts'
import { loadConfig } from './load-settings.ts'
import type { End } from './program.ts'
import { startProgress } from './progress.ts'
import { refuse } from './refuse.ts'

type Options = { readonly tenant: string; readonly rejects?: string; readonly json?: true }

/** `import FILE`. */
export function addImport(program: Command, context: Context, end: End): void {
  program
    .command('import')
    .argument('<file>', 'a JSON array or JSON lines, also packed by gzip')
    .description('Takes in the records of an earlier service, also while the service runs. What is known already changes nothing.')
    .addOption(new Option('--tenant <name>', 'whose runs they become').default('default'))
    .option('--rejects <file>', 'a new file for the places of records that were not taken; in DATA_DIR/import when missing')
    .option('--json', 'print JSON')
    .action(async (file: string, options: Options) => end(await importFile(context, file, options)))
}

async function importFile(context: Context, path: string, options: Options): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  if (!existsSync(path)) return refuse(context, `${path} does not exist`)
  const source = fileSource(path, await guessForm(path))
  const done = await atDesk(context, config.settings, (desk) =>
    takeIn(context, desk, { source, folder: join(config.settings.dataDir, 'import'), options }),
  )
  if (options.json) context.print(`${JSON.stringify(summaryOf(done.counts, done.rejectsPath))}\n`)
  else context.tell(describeImport(done.counts, done.rejectsPath))
  return 0
}

type Work = { readonly source: Source; readonly folder: string; readonly options: Options }

async function takeIn(context: Context, desk: Desk, { source, folder, options: { tenant, rejects } }: Work) {
  const policy = await readPolicy(desk)
  const wanted = rejects === undefined ? {} : { rejects: resolve(rejects) }
  using book = openImportBook({ folder, source, choice: { tenant }, now: context.clock.now(), ...wanted })
  if (book.counted.read > 0) context.tell(`Going on behind ${formatMany(book.counted.read, 'record')}, where it was broken off.\n`)
  const progressAt = (read: number, passed: number) => ({ done: read, total: 0, bytes: { done: passed, total: source.size ?? 0 } })
  const progress = startProgress(context, 'records', progressAt(book.counted.read, book.from.offset))
  try {
    const counts = await importRecords({
      source,
      door: desk,
      policy,
      tenant,
      clock: context.clock,
      from: book.from,
      counted: book.counted,
      onReject: book.reject,
      onSettled: book.settle,
      onProgress: ({ passed = 0 }, read) => progress.report(progressAt(read, passed)),
    })
    await desk.noteDone({ act: 'import', subject: 'records', count: counts.taken })
    book.finish()
    return { counts, rejectsPath: book.rejectsPath }
  } finally {
    progress.stop()
  }
}

async function readPolicy(desk: Pick<Desk, 'readImportPolicy'>): Promise<ImportOptions['policy']> {
  const policy = await desk.readImportPolicy()
  if (policy.version !== version) throw new Error(`the running service is of version ${policy.version}, this program of ${version}`)
  return { repoOwners: policy.repoOwners, idSecret: Uint8Array.fromHex(policy.idSecret) }
}
