import type { InstallEvent } from './install.ts'

/** Stages in the order of their rank; the rank is the index. */
export const stages = ['installing', 'validation', 'configuring', 'terminal'] as const
export type Stage = (typeof stages)[number]
export type StageRank = 0 | 1 | 2 | 3

/** Fields whose merged value is decided one by one: non-empty beats empty, then the higher stage rank, then the greater value. */
export type DescriptiveName = Exclude<
  keyof InstallEvent,
  'executionId' | 'status' | 'exitCode' | 'error' | 'trace' | 'errorCategory' | 'installDuration'
>

export type Ranked<Value> = { readonly value: Value; readonly rank: StageRank }

/** The winning terminal report, as one tuple. `traceLength` and `traceHash` outlive the trace itself, so that its removal cannot change the winner. */
export type Outcome = {
  readonly status: 'success' | 'failed' | 'aborted' | 'unknown'
  readonly exitCode?: number
  readonly error?: string
  readonly trace?: string
  readonly errorCategory?: string
  readonly installDuration?: number
  readonly traceLength: number
  readonly traceHash: string
}

/** First and last time a stage was reported, in milliseconds since 1970 UTC. */
export type StageTimes = { readonly first: number; readonly last: number }

/**
 * What all reports of one run add up to. `join` of two states is commutative, associative and idempotent.
 * `repairs` and `rules` are sorted sets.
 */
export type RunState = {
  readonly fields: { readonly [Name in DescriptiveName]?: Ranked<NonNullable<InstallEvent[Name]>> }
  readonly outcome?: Outcome
  readonly stages: Readonly<Partial<Record<Stage, StageTimes>>>
  readonly repairs: readonly string[]
  readonly rules: readonly string[]
}
