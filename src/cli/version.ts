import type { Command } from 'commander'
import { commit, version } from '../base/version.ts'
import type { Context } from './context.ts'
import type { End } from './end.ts'

/** `version`. */
export function addVersion(program: Command, context: Context, end: End): void {
  program
    .command('version')
    .description('Prints the version.')
    .option('--json', 'print JSON')
    .action((options: { json?: true }) => {
      context.print(options.json ? `${JSON.stringify({ version, commit, bun: Bun.version })}\n` : `${versionLine()}\n`)
      end(0)
    })
}

/** Name, version and, in a built binary, the commit. */
export function versionLine(): string {
  return `telemetry-service ${version}${commit === undefined ? '' : ` (${commit})`}`
}
