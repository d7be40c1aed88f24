import type { Context, ExitCode } from './context.ts'

/** Tells what is wrong with the command line or a setting: nothing was done. */
export function refuse(context: Pick<Context, 'tell'>, message: string): ExitCode {
  context.tell(`error: ${message}\n`)
  return 2
}
