import { categoryOfExitCode, type ErrorCategory } from './exit-code.ts'
import { causes, type Sign } from './sign.ts'

/** Whether a failed run was ended by its user: the exit codes of SIGHUP and SIGINT, or the words for it in what the script printed. */
export function isAbort(exitCode: number | undefined, signs: ReadonlySet<Sign>): boolean {
  return exitCode === 129 || exitCode === 130 || signs.has('abort')
}

/** The kind of a failure: by its exit code, else by what the script printed, else as the client says, else `unknown`. */
export function categoryOfFailure(
  exitCode: number | undefined,
  signs: ReadonlySet<Sign>,
  reported: ErrorCategory | undefined,
): ErrorCategory {
  const byCode = exitCode === undefined ? 'unknown' : categoryOfExitCode(exitCode)
  if (byCode !== 'unknown') return byCode
  return causes.find((cause) => signs.has(cause)) ?? reported ?? 'unknown'
}
