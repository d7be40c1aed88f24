import { readCodedText } from './coded-text.ts'
import type { Failure } from './fingerprint.ts'
import { findRootCause } from './root-cause.ts'

/** How a run ended, as far as it was reported. */
type Ended = {
  readonly status: string
  readonly error?: string | undefined
  readonly exitCode?: number | undefined
  readonly errorCategory?: string | undefined
  readonly trace?: string | undefined
}

/**
 * What the end of a run is grouped by: its headline, and the cause that its log shows. What a user broke off has no cause to look for.
 * Where a client sent a log alone, its first line stands as the headline: with a cause found behind it, it says nothing.
 */
export function failureOf({ status, error, exitCode, errorCategory, trace }: Ended): Failure {
  const cause = status === 'failed' && trace !== undefined ? findRootCause(trace) : undefined
  const isHeadline = error !== undefined && (cause === undefined || trace === undefined || !isFirstLine(error, trace))
  return {
    ...(isHeadline && { error }),
    ...(exitCode !== undefined && { exitCode }),
    ...(errorCategory !== undefined && { errorCategory }),
    ...(cause !== undefined && { cause }),
  }
}

function isFirstLine(error: string, trace: string): boolean {
  return readCodedText(error) === undefined && trace.trimStart().startsWith(error.slice(0, comparedCharacters).trim())
}
/** Less than is stored of a headline, whose end may be cut off. */
const comparedCharacters = 100
