import { categoryOfExitCode, type ErrorCategory } from './exit-code.ts'
import { findCause, showsAbort } from './sign.ts'

/** Whether a failed run was ended by its user: the exit codes of SIGHUP and SIGINT, or the words for it in what the script printed. */
export function isAbort(exitCode: number | undefined, evidence: string): boolean {
  return exitCode === 129 || exitCode === 130 || showsAbort(evidence)
}

/** The kind of a failure: by its exit code, else by what the script printed, else as the client says, else `unknown`. */
export function categoryOfFailure(exitCode: number | undefined, evidence: string, reported: ErrorCategory | undefined): ErrorCategory {
  const byCode = exitCode === undefined ? 'unknown' : categoryOfExitCode(exitCode)
  if (byCode !== 'unknown') return byCode
  return findCause(evidence) ?? reported ?? 'unknown'
}
