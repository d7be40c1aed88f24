/** One group of errors in a list. Texts are cloaked; times are formatted. */
export type ErrorLineView = {
  readonly fingerprint: string
  readonly text: string
  readonly category: string
  readonly exitCodes: readonly number[]
  /** Runs of the range that ended with it. */
  readonly runs: number
  /** Runs of the range before; absent when nothing is compared. */
  readonly previousRuns?: number
  /** The scripts of its newest runs, that of most of them first; absent for who is shown sums only. */
  readonly scripts?: readonly string[]
  /** Empty where it is not known. */
  readonly firstAt: string
  readonly lastAt: string
  readonly isNew: boolean
  readonly isMuted: boolean
  /** Whether most of its runs were ended by their user: more of them are not bad. */
  readonly isAborted: boolean
  /** Runs a day, oldest first. */
  readonly trend: readonly number[]
}
