import { existsSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { fileSource } from '../../migration/import/file-source.ts'
import { guessForm } from '../../migration/import/guess-form.ts'
import { importRecords } from '../../migration/import/import-records.ts'
import { startOfSource } from '../../migration/import/source.ts'
import { version } from '../base/version.ts'
import type { Context, ExitCode } from './context.ts'
import { atDesk } from './desk.ts'
import { loadConfig } from './load-settings.ts'
import type { End } from './program.ts'
import { startProgress } from './progress.ts'
import { refuse } from './refuse.ts'

type Options = { readonly tenant: string; readonly json?: true }

/** `import FILE`. */
export function addImport(program: Command, context: Context, end: End): void {
  program
    .command('import')
    .argument('<file>', 'a JSON array or JSON lines, also packed by gzip')
    .description('Takes in the records of an earlier service, also while the service runs. What is known already changes nothing.')
    .addOption(new Option('--tenant <name>', 'whose runs they become').default('default'))
    .option('--json', 'print JSON')
    .action(async (file: string, options: Options) => end(await importFile(context, file, options)))
}

async function importFile(context: Context, path: string, { tenant, json }: Options): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  if (!existsSync(path)) return refuse(context, `${path} does not exist`)
  const source = fileSource(path, await guessForm(path))
  const progress = startProgress(context, 'bytes')
  try {
    const counts = await atDesk(context, config.settings, async (desk) => {
      const policy = await desk.readImportPolicy()
      if (policy.version !== version) throw new Error(`the running service is of version ${policy.version}, this program of ${version}`)
      const counts = await importRecords({
        source,
        door: desk,
        policy: { repoOwners: policy.repoOwners, idSecret: Uint8Array.fromHex(policy.idSecret) },
        tenant,
        clock: context.clock,
        from: startOfSource,
        onReject: (place, { field, rule }) => context.tell(`record ${place}: ${field}:${rule}\n`),
        onSettled: () => {},
        onProgress: ({ offset }) => progress.report({ done: offset, total: source.size ?? 0 }),
      })
      await desk.noteDone({ act: 'import', subject: 'records', count: counts.taken })
      return counts
    })
    progress.stop()
    if (json) context.print(`${JSON.stringify(counts)}\n`)
    else context.tell(`${counts.taken} of ${counts.read} records are in the store, ${counts.rejected} were rejected.\n`)
    return 0
  } finally {
    progress.stop()
  }
}
