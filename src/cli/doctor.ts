import type { Command } from 'commander'
import { formatMany } from '../base/format.ts'
import type { Context, ExitCode, RollupReport, SegmentReport } from './context.ts'
import { findEffective } from './effective.ts'
import type { End } from './end.ts'
import { loadConfig } from './load-settings.ts'
import { refuse } from './refuse.ts'
import { renderTable } from './table.ts'

/** `doctor`, `doctor rollups`, `doctor segments`. */
export function addDoctor(program: Command, context: Context, end: End): void {
  const doctor = program
    .command('doctor')
    .description(
      'Looks at permissions, disk, log files, clock, backups, TLS, proxies, alerts, every file, sums, PocketBase, mail server, webhook, GitHub and whom anything is sent to, and says what to do. Goes by the settings of the service that runs on DATA_DIR, else by its own, and says which. Only reads and sends no message, also while the service runs. Ends with 0 when nothing is wrong (`ok`, `look`, `off`), with 1 when something is (`WRONG`), with 2 when a setting cannot be read.',
    )
    .option('--json', 'print JSON')
    .option(
      '--superuser <identity>',
      'mail address of a superuser of PocketBase, whose password is asked for, used this once and not stored: says what `setup pocketbase` would change, indexes included',
    )
    .action(async (options: { json?: true; superuser?: string }) => end(await examineAll(context, options)))
  doctor
    .command('rollups')
    .description(
      'Counts all runs again and compares the roll-ups that pages show. Only reads, also while the service runs. Ends with 1 when something differs.',
    )
    .option('--json', 'print JSON')
    .action(async (_, command: Command) => end(await checkRollups(context, command.optsWithGlobals().json === true))) // Wherever the flag stands.
  doctor
    .command('segments')
    .description(
      'Packs the columns of all runs again and compares those that lists and filters read. Only reads, also while the service runs. Ends with 1 when something differs.',
    )
    .option('--json', 'print JSON')
    .action(async (_, command: Command) => end(await checkSegments(context, command.optsWithGlobals().json === true))) // Wherever the flag stands.
}

const signs = { good: 'ok', odd: 'look', bad: 'WRONG', off: 'off' } as const

type ExamineFlags = { readonly json?: true; readonly superuser?: string }

async function examineAll(context: Context, { json, superuser: identity }: ExamineFlags): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const superuser =
    identity === undefined ? undefined : { identity, password: await context.askLine('Password (used once, not stored): ', true) }
  if (superuser?.password === '')
    return refuse(context, 'the password of the superuser is needed: give it on stdin, or run this in a terminal')
  const service = await context.loadService()
  const { settings, finding, outside } = await findEffective(config.settings)
  const look = () => (outside === undefined ? service.examineOutside(settings, superuser) : outside(superuser))
  const findings = [finding, ...(await service.examine(settings, look))]
  if (json) context.print(`${JSON.stringify(findings, null, 2)}\n`)
  else
    context.print(
      renderTable(
        ['STATE', 'WHAT', 'HOW IT IS', 'TO DO'],
        findings.map(({ name, state, text, todo }) => [signs[state], name, text, todo ?? '-']),
      ),
    )
  return findings.some(({ state }) => state === 'bad') ? 1 : 0
}

async function checkRollups(context: Context, asJson: boolean): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const service = await context.loadService()
  const report = await service.checkRollups(config.settings)
  if (asJson) context.print(`${JSON.stringify(report, null, 2)}\n`)
  else tellRollups(context, report)
  return report.differing === 0 ? 0 : 1
}

function tellRollups(context: Context, { runs, periods, differing, differences }: RollupReport): void {
  const compared = `${formatMany(runs, 'run')} counted again, ${formatMany(periods, 'roll-up')} compared`
  if (differing === 0) {
    context.tell(`${compared}: all agree.\n`)
    return
  }
  const head = ['TENANT', 'DIMENSION', 'GRAIN', 'PERIOD', 'VALUE', 'TYPE', 'SOURCE', 'WHAT', 'STORED', 'COUNTED']
  const rows = differences.map(({ tenant, dimension, grain, period, value, type, source, what, stored, expected }) => [
    ...[tenant, dimension, grain, period, value, type, source, what],
    ...[String(stored), String(expected)],
  ])
  context.print(renderTable(head, rows))
  tellDiffering(context, compared, differing, differences.length)
}

async function checkSegments(context: Context, asJson: boolean): Promise<ExitCode> {
  const config = loadConfig(context)
  if (config === undefined) return 2
  const service = await context.loadService()
  const report = await service.checkSegments(config.settings)
  if (asJson) context.print(`${JSON.stringify(report, null, 2)}\n`)
  else tellSegments(context, report)
  return report.differing === 0 ? 0 : 1
}

function tellSegments(context: Context, { runs, chunks, differing, differences }: SegmentReport): void {
  const compared = `${formatMany(runs, 'run')} in ${formatMany(chunks, 'chunk')} compared`
  if (differing === 0) {
    context.tell(`${compared}: all agree.\n`)
    return
  }
  const rows = differences.map(({ chunk, run, column, stored, expected }) => [
    String(chunk),
    String(run),
    column,
    String(stored),
    String(expected),
  ])
  context.print(renderTable(['CHUNK', 'ROW', 'COLUMN', 'STORED', 'EXPECTED'], rows))
  tellDiffering(context, compared, differing, differences.length)
}

function tellDiffering(context: Context, compared: string, differing: number, shown: number): void {
  context.tell(
    `${compared}: ${formatMany(differing, 'number differs', 'numbers differ')}${differing > shown ? `, the first ${shown} are shown` : ''}.\n`,
  )
}
