import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { dayMs } from '../base/clock.ts'
import { readDay } from '../base/day.ts'
import { err, ok, type Result } from '../base/result.ts'
import { defaultTenant } from '../base/tenant.ts'
import type { Settings } from '../config.ts'
import type { Context, ExitCode } from './context.ts'
import { noteDone } from './desk.ts'
import { loadConfig } from './load-settings.ts'
import type { End } from './program.ts'
import { refuse } from './refuse.ts'

const lists = {
  runs: 'all runs with all that is known of them, their logs too, oldest first; `import` takes the JSON lines in again',
  rollups: 'runs a day by each dimension, also of days whose runs have expired',
  errors: 'the groups of errors with their counts',
} as const
type ListName = keyof typeof lists

const formats = ['jsonl', 'csv'] as const
type Options = {
  readonly format: (typeof formats)[number]
  readonly out?: string
  readonly tenant: string
  readonly from?: string
  readonly until?: string
}

/** `export runs|rollups|errors`. */
export function addExport(program: Command, context: Context, end: End): void {
  const group = program.command('export').description('Writes whole lists to standard output or to a file, also while the service runs.')
  for (const [name, what] of Object.entries(lists) as [ListName, string][]) {
    const command = group
      .command(name)
      .description(`Writes ${what}.`)
      .addOption(new Option('--format <format>', 'how').choices(formats).default('jsonl'))
      .option('--out <file>', 'the file to write; standard output without it')
      .option('--tenant <name>', 'whose', defaultTenant)
    if (name === 'runs')
      command
        .option('--from <day>', 'the first day on which runs began, like 2026-01-31 (UTC)')
        .option('--until <day>', 'the last such day')
    command.action(async (options: Options) => end(await exportList(context, name, options)))
  }
}

async function exportList(context: Context, list: ListName, options: Options): Promise<ExitCode> {
  const range = readRange(options)
  if (!range.ok) return refuse(context, range.fault)
  const config = loadConfig(context)
  if (config === undefined) return 2
  const { settings } = config
  if (!existsSync(join(settings.dataDir, 'store.db'))) return refuse(context, `DATA_DIR is ${settings.dataDir}: there is no store.db in it`)
  const { format, out, tenant } = options
  await noteDone(context, settings, { act: 'export', subject: `${list}.${format}` })
  const pieces = await readPieces(context, settings, { list, tenant, ...range.value }, format)
  if (out === undefined) await context.printAll(pieces)
  else await writeFile(out, pieces)
  return 0
}

type Query = { readonly list: ListName; readonly tenant: string; readonly from: number; readonly to: number }

async function readPieces(context: Context, settings: Settings, query: Query, format: Options['format']) {
  const service = await context.loadService()
  return service.writeExport(service.exportFolder(settings, query), format)
}

function readRange({ from, until }: Options): Result<{ readonly from: number; readonly to: number }, string> {
  const first = from === undefined ? Number.MIN_SAFE_INTEGER : readDay(from)
  const last = until === undefined ? Number.MAX_SAFE_INTEGER : readDay(until)
  if (first === undefined) return err(`--from is ${JSON.stringify(from?.slice(0, 40))}: must be a day like 2026-01-31`)
  if (last === undefined) return err(`--until is ${JSON.stringify(until?.slice(0, 40))}: must be a day like 2026-01-31`)
  return ok({ from: first, to: until === undefined ? last : last + dayMs })
}

/** The file is there when it is whole. */
async function writeFile(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const begun = `${path}.part`
  const file = await open(begun, 'w', 0o600)
  try {
    for await (const piece of pieces) await file.write(piece)
    await file.sync()
    await file.close()
    await rename(begun, path)
  } catch (cause) {
    await file.close().catch(() => undefined)
    await rm(begun, { force: true })
    throw cause
  }
}
