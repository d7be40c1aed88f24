import { createHash } from 'node:crypto'
import { compareBytes } from './byte-order.ts'
import { categoryOfExitCode } from './exit-code.ts'
import type { InstallEvent } from './install.ts'
import type { Outcome } from './run.ts'

/** What a terminal report says of the end of its run; nothing for a report from on the way. Empty values are absent, so that equal outcomes are equal objects. */
export function outcomeOf(install: InstallEvent): Outcome | undefined {
  const { status, exitCode, error, trace, errorCategory, installDuration } = install
  if (status === 'installing' || status === 'validation' || status === 'configuring') return undefined
  return {
    status,
    ...(exitCode !== undefined && { exitCode }),
    ...(error && { error }),
    ...(trace && { trace }),
    ...(errorCategory && errorCategory !== 'unknown' && { errorCategory }),
    ...(installDuration && { installDuration }),
    traceLength: trace?.length ?? 0,
    traceHash: trace ? hashTrace(trace) : '',
  }
}

/**
 * A total order over whole outcomes; the greater one wins. First what the report is worth, then the longer trace, then the greater
 * code, text, trace, category and duration, the absent one lowest.
 * Traces are compared by the length (in UTF-16 units) and the hash that the outcome keeps for ever, so the order is the same whether or
 * not they are still there. The trace itself decides last, between outcomes that are equal in all else: there it only says whether the
 * text is still known, and one that is comes back.
 */
export function compareOutcomes(left: Outcome, right: Outcome): number {
  return (
    worthOf(left) - worthOf(right) ||
    left.traceLength - right.traceLength ||
    (left.exitCode ?? -1) - (right.exitCode ?? -1) ||
    compareBytes(left.error ?? '', right.error ?? '') ||
    compareBytes(left.traceHash, right.traceHash) ||
    compareBytes(left.errorCategory ?? '', right.errorCategory ?? '') ||
    (left.installDuration ?? -1) - (right.installDuration ?? -1) ||
    compareBytes(left.trace ?? '', right.trace ?? '')
  )
}

/** The outcome as it is once its trace was removed: length and hash stay. */
export function withoutTrace(outcome: Outcome): Outcome {
  if (outcome.trace === undefined) return outcome
  const { trace: _removed, ...kept } = outcome
  return kept
}

/** How sure a report is of the end: a later forced report (a trap's bare code, a signal) must not hide the cause that an earlier one named. */
function worthOf({ status, exitCode }: Outcome): number {
  if (status === 'success') return 6
  if (status === 'aborted') return 4
  if (status === 'unknown') return 0
  if (exitCode === undefined) return 2
  if (exitCode === 0) return 1 // The clients' contract reads this as a success; it is the weakest word on it.
  return namesNoCause.has(categoryOfExitCode(exitCode)) ? 3 : 5
}

const namesNoCause: ReadonlySet<string> = new Set(['', 'unknown', 'signal', 'user_aborted'])

/** The first 64 bits of a SHA-256, enough to tell two traces of one length apart. Stored states hold it, so the way to make it never changes. */
function hashTrace(trace: string): string {
  return createHash('sha256').update(trace).digest('hex').slice(0, traceHashCharacters)
}

export const traceHashCharacters = 16
