import { type InstallEvent, type InstallStatus, installFields } from './install.ts'

/** The statuses of a run on its way, each a stage of its own. */
export const unendedStages = ['installing', 'validation', 'configuring'] as const
/** The statuses of a run whose end nobody knows once it could have ended: none was reported, or it was given up. */
export const endlessStatuses = [...unendedStages, 'unknown'] as const
/** Stages in the order a run passes them; `terminal` holds every status that ends one. */
export const stages = [...unendedStages, 'terminal'] as const
export type Stage = (typeof stages)[number]

/**
 * How much a value of a stage weighs: twice the stage's index, plus one when a report gave it (`reportRank`).
 * The even rank below is the lowest of the stage: for the record of an earlier service, which blends values of unknown stages (`recordRank`).
 */
export type StageRank = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7

export const reportRank = { installing: 1, validation: 3, configuring: 5, terminal: 7 } as const satisfies Record<Stage, StageRank>
export const recordRank = { installing: 0, validation: 2, configuring: 4, terminal: 6 } as const satisfies Record<Stage, StageRank>

/** The stage a wire status belongs to. */
export function stageOf(status: InstallStatus): Stage {
  return status === 'installing' || status === 'validation' || status === 'configuring' ? status : 'terminal'
}

/** Fields that the winning terminal report gives together, as one tuple. */
const outcomeNames = [
  'status',
  'exitCode',
  'error',
  'trace',
  'errorCategory',
  'installDuration',
] as const satisfies readonly (keyof InstallEvent)[]

/** Fields whose merged value is decided one by one: non-empty beats empty, then the higher stage rank, then the greater value. */
export type DescriptiveName = Exclude<keyof InstallEvent, (typeof outcomeNames)[number]>

/** Every descriptive field, in the order of the schema. */
export const descriptiveNames: readonly DescriptiveName[] = installFields.map(({ name }) => name).filter(isDescriptive)

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
 * At least one stage is there, and `outcome` is there exactly when the stage `terminal` is. `repairs` and `rules` are sorted sets.
 * `stuckAt` is when a timer last found the run without an end; it counts only while no report is as late (`readRun`).
 */
export type RunState = {
  readonly fields: { readonly [Name in DescriptiveName]?: Ranked<NonNullable<InstallEvent[Name]>> }
  readonly outcome?: Outcome
  readonly stages: Readonly<Partial<Record<Stage, StageTimes>>>
  readonly repairs: readonly string[]
  readonly rules: readonly string[]
  readonly stuckAt?: number
}

function isDescriptive(name: keyof InstallEvent): name is DescriptiveName {
  return !(outcomeNames as readonly string[]).includes(name)
}
