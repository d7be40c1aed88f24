import { Command, CommanderError } from 'commander'
import { addConfig } from './config.ts'
import type { Context, ExitCode } from './context.ts'
import { addHealth } from './health.ts'
import { addHelp } from './help.ts'
import { addKey } from './key.ts'
import { addParked } from './parked.ts'
import { addRebuild } from './rebuild.ts'
import { addServe } from './serve.ts'
import { addSetup } from './setup.ts'
import { nearestOf } from './suggest.ts'
import { addVersion, versionLine } from './version.ts'

/** How a command says with what exit code the process shall end. */
export type End = (code: ExitCode) => void

/** Runs one command line and gives the exit code. Everything that can go wrong is told on stderr; nothing is thrown. */
export async function runCommandLine(args: readonly string[], context: Context): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = buildProgram(context, (ended) => {
    code = ended
  })
  const words = args.length === 0 ? ['serve'] : [...args]
  const wrong = findWrongCommand(program, words)
  if (wrong !== undefined) return refuse(context, wrong)
  try {
    await program.parseAsync(words, { from: 'user' })
    return code
  } catch (cause) {
    if (cause instanceof CommanderError)
      return cause.exitCode === 0 ? 0 : refuse(context, describe(cause, findCommand(program, words).command))
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
  const adders = [addServe, addSetup, addRebuild, addKey, addParked, addConfig, addHealth, addVersion, addHelp]
  for (const add of adders) add(program, context, end)
  return program
}

/** The innermost command that the words name, and the first word that is none. */
function findCommand(program: Command, words: readonly string[]): { readonly command: Command; readonly rest: string | undefined } {
  let command = program
  for (const word of words) {
    const next = command.commands.find((candidate) => candidate.name() === word)
    if (next === undefined) return { command, rest: word }
    command = next
  }
  return { command, rest: undefined }
}

function findWrongCommand(program: Command, words: readonly string[]): string | undefined {
  const { command, rest } = findCommand(program, words)
  const names = command.commands.map((inner) => inner.name())
  if (names.length === 0 || rest?.startsWith('-')) return undefined
  const path = pathOf(command)
  if (rest === undefined) return `${path} needs one of: ${names.join(', ')}`
  return `${JSON.stringify(rest)} is not a command. Did you mean \`${path === '' ? '' : `${path} `}${nearestOf(rest, names)}\`?`
}

/** What Commander objects to, with the nearest right word. */
function describe(cause: CommanderError, command: Command): string {
  const text = cause.message.replace(/^error: /, '')
  if (cause.code !== 'commander.unknownOption') return text
  const flag = /'([^']*)'/.exec(text)?.[1] ?? ''
  const flags = [...command.options.map((option) => option.long ?? option.flags), '--help']
  const path = pathOf(command)
  return `${flag} is not a flag of ${path === '' ? 'telemetry-service' : path}. Did you mean ${nearestOf(flag, flags)}?`
}

function pathOf(command: Command): string {
  return command.parent === null ? '' : `${pathOf(command.parent)} ${command.name()}`.trim()
}

function refuse(context: Context, message: string): ExitCode {
  context.tell(`error: ${message}\n`)
  return 2
}

/** The message and what it was caused by, without the stack: an operator reads it. */
function messageOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return cause.cause instanceof Error ? `${cause.message}: ${messageOf(cause.cause)}` : cause.message
}
