import { Command, CommanderError } from 'commander'
import { meantOf } from '../base/nearest.ts'
import { addAlert } from './alert.ts'
import { addAudit } from './audit.ts'
import { addBackup } from './backup.ts'
import { addCloak } from './cloak.ts'
import { addConfig } from './config.ts'
import type { Context, ExitCode } from './context.ts'
import { addDoctor } from './doctor.ts'
import type { End } from './end.ts'
import { addErase } from './erase.ts'
import { addExport } from './export.ts'
import { addHealth } from './health.ts'
import { addHelp, commandsOf } from './help.ts'
import { addImport } from './import.ts'
import { addInstallService } from './install-service.ts'
import { addKey } from './key.ts'
import { addParked } from './parked.ts'
import { addRebuild } from './rebuild.ts'
import { refuse } from './refuse.ts'
import { addRetention } from './retention.ts'
import { addServe } from './serve.ts'
import { addSetup } from './setup.ts'
import { addUser } from './user.ts'
import { addVersion, versionLine } from './version.ts'

/** Runs one command line and gives the exit code. Everything that can go wrong is told on stderr; nothing is thrown. */
export async function runCommandLine(args: readonly string[], context: Context): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = buildProgram(context, (ended) => {
    code = ended
  })
  const words = args.length === 0 ? ['serve'] : [...args]
  const wrong = findWrongWord(program, words)
  if (wrong !== undefined) return refuse(context, wrong)
  try {
    await program.parseAsync(words, { from: 'user' })
    return code
  } catch (cause) {
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : refuse(context, cause.message.replace(/^error: /, ''))
    context.tell(`error: ${messageOf(cause)}\n`)
    return 1
  }
}

/** All commands, for running them and for writing the papers about them. */
export function buildProgram(context: Context, end: End): Command {
  const program = new Command('telemetry-service')
  program
    .description('Takes telemetry events by HTTP, keeps them durably and counts them right. Without a command it serves.')
    .version(versionLine(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .enablePositionalOptions() // `--out` behind `export runs` is that of `runs`.
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: context.print,
      writeErr: context.tell,
      outputError: () => {},
      getOutHelpWidth: () => 120,
      getErrHelpWidth: () => 120,
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 the command line or a setting is wrong and nothing was done.\nSettings are environment variables: `telemetry-service help settings`.',
    )
  const adders = [
    addServe,
    addSetup,
    addRebuild,
    addUser,
    addKey,
    addParked,
    addImport,
    addExport,
    addBackup,
    addErase,
    addRetention,
    addAlert,
    addAudit,
    addDoctor,
    addCloak,
    addInstallService,
    addConfig,
    addHealth,
    addVersion,
    addHelp,
  ]
  for (const add of adders) add(program, context, end)
  for (const [, command] of commandsOf(program)) command.helpCommand(false)
  return program
}

/** The innermost command that the words name, and the words after its name. */
function findCommand(program: Command, words: readonly string[]): { readonly command: Command; readonly rest: readonly string[] } {
  const [word, ...rest] = words
  const next = program.commands.find((candidate) => candidate.name() === word)
  return next === undefined ? { command: program, rest: words } : findCommand(next, rest)
}

/** An unknown command or flag, with the right one that is near. Looked for before parsing, which would first complain about what is missing. */
function findWrongWord(program: Command, words: readonly string[]): string | undefined {
  const { command, rest } = findCommand(program, words)
  const path = pathOf(command)
  const flag = findWrongFlag(command, rest)
  if (flag !== undefined) {
    const meant = meantOf(flag, flagsOf(command))
    const hint = path === '' ? ' Settings are environment variables: `telemetry-service help settings`.' : ''
    return `${flag} is not a flag of ${path === '' ? 'telemetry-service' : path}.${meant === undefined ? '' : ` Did you mean ${meant}?`}${hint}`
  }
  const names = command.commands.map((inner) => inner.name())
  const [first] = rest
  if (names.length === 0 || first?.startsWith('-')) return undefined
  if (first === undefined && path === 'doctor') return undefined // By itself it looks at everything.
  if (first === undefined) return `${path} needs one of: ${names.join(', ')}`
  const meant = meantOf(first, names)
  const hint = meant === undefined ? `There are: ${names.join(', ')}` : `Did you mean \`${path === '' ? '' : `${path} `}${meant}\`?`
  return `${JSON.stringify(first)} is not a command. ${hint}`
}

function findWrongFlag(command: Command, words: readonly string[]): string | undefined {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    if (word === '--') return undefined
    if (!word.startsWith('-') || word === '-') continue
    const [flag = '', ...value] = word.split('=')
    if (!flagsOf(command).includes(flag)) return flag
    const option = command.options.find((candidate) => candidate.long === flag || candidate.short === flag)
    if (option?.required && value.length === 0) index += 1 // The next word is this flag's value, whatever it looks like.
  }
  return undefined
}

function flagsOf(command: Command): readonly string[] {
  return [...command.options.flatMap((option) => [option.long, option.short]), '--help', '-h'].filter((flag) => typeof flag === 'string')
}

function pathOf(command: Command): string {
  return command.parent === null ? '' : `${pathOf(command.parent)} ${command.name()}`.trim()
}

/** The message and what it was caused by, without the stack: an operator reads it. */
function messageOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return cause.cause instanceof Error ? `${cause.message}: ${messageOf(cause.cause)}` : cause.message
}
