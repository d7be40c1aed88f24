import { compareBytes, sortedSet, uniteSets } from './byte-order.ts'
import type { TelemetryEvent } from './entry.ts'
import type { InstallEvent } from './install.ts'
import { compareOutcomes, outcomeOf } from './outcome.ts'
import {
  type DescriptiveName,
  descriptiveNames,
  type Outcome,
  type Ranked,
  type RunState,
  reportRank,
  type StageRank,
  type StageTimes,
  stageOf,
  stages,
} from './run.ts'

/** The most repairs, and the most cloak rules, that one run keeps: the smallest ones by bytes, so that the order of reports decides nothing. */
export const setSizeMax = 64

/** The state of a run of which only this report, from the time `at`, is known. */
export function lift(event: TelemetryEvent, at: number): RunState {
  return liftAs(event, reportRank[stageOf(event.install.status)], { first: at, last: at })
}

/** The state of a run known from one event whose values weigh `rank` and whose stage was reported between `times`. */
export function liftAs(event: TelemetryEvent, rank: StageRank, times: StageTimes): RunState {
  const outcome = outcomeOf(event.install)
  return {
    fields: liftFields(event.install, rank),
    ...(outcome && { outcome }),
    stages: { [stageOf(event.install.status)]: times },
    repairs: sortedSet(event.repairs, setSizeMax),
    rules: sortedSet(event.rules, setSizeMax),
  }
}

/**
 * What two states of one run say together. Commutative, associative and idempotent: it does not matter how often, in which order or in
 * which groups the reports came. Gives `a` itself back when `b` adds nothing, so that a caller can tell that nothing changed.
 */
export function join(a: RunState, b: RunState): RunState {
  if (a === b) return a
  const fields = joinFields(a.fields, b.fields)
  const outcome = joinOutcomes(a.outcome, b.outcome)
  const times = joinStages(a.stages, b.stages)
  const repairs = uniteSets(a.repairs, b.repairs, setSizeMax)
  const rules = uniteSets(a.rules, b.rules, setSizeMax)
  const stuckAt = latest(a.stuckAt, b.stuckAt)
  const isSame = fields === a.fields && outcome === a.outcome && times === a.stages && repairs === a.repairs && rules === a.rules
  if (isSame && stuckAt === a.stuckAt) return a
  return {
    fields,
    ...(outcome && { outcome }),
    stages: times,
    repairs,
    rules,
    ...(stuckAt !== undefined && { stuckAt }),
  }
}

/** The non-empty values of a report, each with the rank it has in a merge. Defaults are not put in: they would beat what another report knows. */
function liftFields(install: InstallEvent, rank: StageRank): RunState['fields'] {
  const fields: AnyFields = {}
  for (const name of descriptiveNames) {
    const value = install[name]
    if (value !== undefined && !isEmpty(name, value)) fields[name] = { value, rank }
  }
  return fields as RunState['fields']
}

/** Whether a value says nothing: absent, "", `unknown`, and 0 where no real run has 0. For `ctType` 0 is a value. */
export function isEmpty(name: DescriptiveName, value: Scalar): boolean {
  return value === '' || value === 'unknown' || (value === 0 && name !== 'ctType')
}

type Scalar = string | number | boolean
type AnyFields = { [Name in DescriptiveName]?: Ranked<Scalar> }

function joinFields(a: RunState['fields'], b: RunState['fields']): RunState['fields'] {
  const left: AnyFields = a
  const right: AnyFields = b
  let joined: AnyFields | undefined
  for (const name of descriptiveNames) {
    const theirs = right[name]
    if (theirs === undefined) continue
    const ours = left[name]
    if (ours !== undefined && compareRanked(ours, theirs) >= 0) continue
    joined ??= { ...left }
    joined[name] = theirs
  }
  return joined === undefined ? a : (joined as RunState['fields'])
}

function compareRanked(left: Ranked<Scalar>, right: Ranked<Scalar>): number {
  return left.rank - right.rank || compareScalars(left.value, right.value)
}

function compareScalars(left: Scalar, right: Scalar): number {
  return typeof left === 'string' && typeof right === 'string' ? compareBytes(left, right) : Number(left) - Number(right)
}

function joinOutcomes(a: Outcome | undefined, b: Outcome | undefined): Outcome | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return compareOutcomes(a, b) >= 0 ? a : b
}

function joinStages(a: RunState['stages'], b: RunState['stages']): RunState['stages'] {
  let joined: { -readonly [Name in keyof RunState['stages']]: RunState['stages'][Name] } | undefined
  for (const stage of stages) {
    const theirs = b[stage]
    if (theirs === undefined) continue
    const ours = a[stage]
    if (ours !== undefined && ours.first <= theirs.first && ours.last >= theirs.last) continue
    joined ??= { ...a }
    joined[stage] = ours === undefined ? theirs : { first: Math.min(ours.first, theirs.first), last: Math.max(ours.last, theirs.last) }
  }
  return joined ?? a
}

function latest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return Math.max(a, b)
}
