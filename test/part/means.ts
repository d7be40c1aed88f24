/**
 * Whether a suite can run here. Where its means are missing on somebody's own machine it is left out, with one line that says so; in CI that is a
 * failure, since there nothing may be left out.
 */
export function hasMeans(suite: string, means: string, isThere: boolean): boolean {
  if (isThere) return true
  if (process.env['CI'] === 'true') throw new Error(`${suite}: no ${means}, and in CI nothing is left out`)
  process.stderr.write(`left out: ${suite}, since this machine has no ${means}\n`)
  return false
}
