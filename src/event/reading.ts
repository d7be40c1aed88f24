import type { InstallEvent, InstallStatus } from './install.ts'
import { type DescriptiveName, descriptiveNames, type Outcome, type RunState, type Stage, type StageTimes, stages } from './run.ts'

type Value<Name extends DescriptiveName> = NonNullable<InstallEvent[Name]>
type DefaultedName = 'type' | 'nsapp' | 'repoSource' | 'gpuVendor' | 'gpuPassthrough' | 'cpuVendor'

/** A run as pages, APIs and PocketBase show it: defaults in place, the outcome as the clients' contract reads it. */
export type RunReading = { readonly [Name in Exclude<DescriptiveName, DefaultedName>]?: Value<Name> } & {
  readonly [Name in DefaultedName]: Value<Name>
} & Verdict & {
    /** True where no report named a repository and `repoSource` is the default. */
    readonly repoSourceAssumed: boolean
    /** The furthest stage that was reported. */
    readonly stage: Stage
    /** The winning terminal report as it came, where the verdict may read it differently. */
    readonly reported?: Outcome
    readonly firstAt: number
    readonly lastAt: number
    /** The stages that were reported, in the order a run passes them. */
    readonly pipeline: readonly ({ readonly stage: Stage } & StageTimes)[]
    readonly repairs: readonly string[]
    readonly rules: readonly string[]
  }

type Verdict = {
  readonly status: InstallStatus
  /** True where a failure reads as a success because add-ons and host scripts end with any code. */
  readonly excused: boolean
  /** True where a timer gave the run up and nothing was reported since. */
  readonly stuck: boolean
  readonly exitCode?: number
  readonly error?: string
  readonly trace?: string
  readonly errorCategory?: string
  readonly installDuration?: number
}

/** What a merged run reads as. Never written back: a default that entered a merge would beat what a later report knows. */
export function readRun(state: RunState): RunReading {
  const pipeline = stages.flatMap((stage) => {
    const times = state.stages[stage]
    return times === undefined ? [] : [{ stage, ...times }]
  })
  const values = valuesOf(state)
  const { stage, firstAt, lastAt } = readTimes(state)
  return {
    ...values,
    ...readDefaulted(state),
    repoSourceAssumed: values.repoSource === undefined,
    cpuVendor: values.cpuVendor ?? 'unknown',
    ...readVerdict(state),
    stage,
    ...(state.outcome && { reported: state.outcome }),
    firstAt,
    lastAt,
    pipeline,
    repairs: state.repairs,
    rules: state.rules,
  }
}

/** The part of a reading that runs are stored and grouped by. */
export type RunHead = Pick<RunReading, 'type' | 'nsapp' | 'repoSource' | 'gpuVendor' | 'gpuPassthrough' | 'firstAt'> &
  Pick<Verdict, 'status' | 'exitCode' | 'error' | 'errorCategory' | 'trace'> & {
    readonly osType?: RunReading['osType'] | undefined
    readonly osVersion?: RunReading['osVersion'] | undefined
  }

/** The same as `readRun` says, at a fraction of its cost: for the store, which reads every run that it writes. */
export function readHead(state: RunState): RunHead {
  const { osType, osVersion } = state.fields
  return {
    ...readVerdict(state),
    ...readDefaulted(state),
    osType: osType?.value,
    osVersion: osVersion?.value,
    firstAt: firstAtOf(state),
  }
}

/** When the first report of a run came. */
export function firstAtOf(state: RunState): number {
  return readTimes(state).firstAt
}

function readDefaulted({ fields }: RunState): Pick<RunReading, Exclude<DefaultedName, 'cpuVendor'>> {
  return {
    type: typeOf(fields),
    nsapp: fields.nsapp?.value ?? 'unknown',
    repoSource: fields.repoSource?.value ?? 'ProxmoxVE',
    gpuVendor: fields.gpuVendor?.value ?? 'unknown',
    gpuPassthrough: fields.gpuPassthrough?.value ?? 'unknown',
  }
}

/** Seed-era records left the type of containers empty. */
function typeOf({ type }: RunState['fields']): Value<'type'> {
  return type?.value ?? 'lxc'
}

function readVerdict(state: RunState): Verdict {
  if (state.outcome !== undefined) return judge(state.outcome, typeOf(state.fields))
  const { stage, lastAt } = readTimes(state)
  return judgeUnfinished(stage, (state.stuckAt ?? 0) > lastAt)
}

/** The furthest stage that was reported, and the first and the last time of all. */
function readTimes(state: RunState): Pick<RunReading, 'stage' | 'firstAt' | 'lastAt'> {
  let [firstAt, lastAt] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let stage: Stage = 'installing'
  for (const name of stages) {
    const times = state.stages[name]
    if (times === undefined) continue
    stage = name
    firstAt = Math.min(firstAt, times.first)
    lastAt = Math.max(lastAt, times.last)
  }
  return { stage, firstAt, lastAt }
}

function valuesOf({ fields }: RunState): { readonly [Name in DescriptiveName]?: Value<Name> } {
  const values: { [Name in DescriptiveName]?: unknown } = {}
  for (const name of descriptiveNames) {
    const ranked = fields[name]
    if (ranked !== undefined) values[name] = ranked.value
  }
  return values as { readonly [Name in DescriptiveName]?: Value<Name> }
}

/** The clients' contract: code 0 is never a failure, and neither is any end of an add-on or a host script. */
export function isExcused({ status, exitCode, type }: Pick<InstallEvent, 'status' | 'exitCode' | 'type'>): boolean {
  return status === 'failed' && (exitCode === 0 || type === 'addon' || type === 'pve')
}

function judge(outcome: Outcome, type: Value<'type'>): Verdict {
  const { traceLength: _length, traceHash: _hash, ...reported } = outcome
  const verdict = { ...reported, excused: false, stuck: false }
  if (outcome.status !== 'failed') return verdict
  if (isExcused({ ...outcome, type })) return { ...clear(verdict), excused: outcome.exitCode !== 0 }
  return { ...verdict, errorCategory: outcome.errorCategory ?? 'unknown' }
}

function clear({ error: _error, trace: _trace, errorCategory: _category, ...kept }: Verdict): Verdict {
  return { ...kept, status: 'success', exitCode: 0 }
}

function judgeUnfinished(stage: Stage, stuck: boolean): Verdict {
  if (stuck) return { status: 'unknown', errorCategory: 'timeout', excused: false, stuck }
  return { status: stage === 'terminal' ? 'unknown' : stage, excused: false, stuck }
}
