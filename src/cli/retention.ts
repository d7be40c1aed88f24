import type { Command } from 'commander'
import type { RetentionPreview } from '../http/control/control-retention.ts'
import type { Context, ExitCode } from './context.ts'
import { atDesk } from './desk.ts'
import type { End } from './end.ts'
import { loadConfig } from './load-settings.ts'

/** `retention preview`. */
export function addRetention(program: Command, context: Context, end: End): void {
  const retention = program.command('retention').description('What age removes.')
  retention
    .command('preview')
    .description('Shows what the next run of the retention removes, here and in PocketBase. Nothing is changed.')
    .option('--json', 'print JSON')
    .action(async (options: { readonly json?: true }) => end(await preview(context, options.json === true)))
}

async function preview(context: Context, asJson: boolean): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const found = await atDesk(context, config.settings, (desk) => desk.previewRetention())
  context.print(asJson ? `${JSON.stringify(found, null, 2)}\n` : sentenceOf(found))
  return 0
}

function sentenceOf({
  enabled,
  runs,
  runs_wait: waits,
  runs_from: from,
  runs_through: through,
  logs,
  logs_before: before,
  next_run: next,
}: RetentionPreview): string {
  if (!enabled) return 'RETENTION_ENABLED is false: nothing is removed.\n'
  const days = from === undefined ? `up to ${through}` : `of the days ${from} to ${through}`
  const drawn = `no runs yet: the line leapt and is only drawn, at ${through}; the run after the next one removes what is older`
  return `${waits ? drawn : `${runs} runs ${days}`}\n${logs} logs from before ${before}\nnext run ${next}\n`
}
