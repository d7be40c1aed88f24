import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { formatMany } from '../base/format.ts'
import type { Context, ExitCode } from './context.ts'
import { noteDone } from './desk.ts'
import { loadConfig } from './load-settings.ts'
import { startProgress } from './progress.ts'
import { refuse } from './refuse.ts'

export type PublicOptions = { readonly public?: true; readonly out: string }

/** `export --public`. It needs no PUBLIC_DASHBOARD: whoever runs it opens what it writes. */
export async function exportPublic(context: Context, { public: isPublic, out }: PublicOptions): Promise<ExitCode> {
  if (!isPublic) return refuse(context, '--out needs --public, or one of runs, rollups, errors, audit before it')
  const config = loadConfig(context)
  if (config === undefined) return 2
  const { settings } = config
  if (!existsSync(join(settings.dataDir, 'store.db'))) return refuse(context, `DATA_DIR is ${settings.dataDir}: there is no store.db in it`)
  const service = await context.loadService()
  const progress = startProgress(context, 'files')
  const published = await service.publishFolder(settings, out, progress.report).finally(progress.stop)
  if (!published.ok) return refuse(context, published.fault)
  await noteDone(context, settings, { act: 'export', subject: 'public' })
  const { files, asOf } = published.value
  const fewest = `Names with fewer than ${formatMany(settings.publicMinRuns, 'run')} are counted under \`other\`.`
  context.tell(`${formatMany(files, 'file')} in ${out}, as of ${new Date(asOf).toISOString()}. ${fewest}\n`)
  return 0
}
