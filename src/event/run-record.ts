import { type TSchema, Type } from '@sinclair/typebox'
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import { err, ok, type Result } from '../base/result.ts'
import { sortedSet } from './byte-order.ts'
import { isBelievable } from './event-time.ts'
import { InstallWire, installFields, traceCharactersMax } from './install.ts'
import { isEmpty, setSizeMax } from './merge.ts'
import { traceHashCharacters } from './outcome.ts'
import {
  type DescriptiveName,
  descriptiveNames,
  type Outcome,
  type Ranked,
  type RunState,
  type Stage,
  type StageRank,
  type StageTimes,
  stages,
} from './run.ts'

/** Why a state cannot be read: not ours, of a newer version, or changed by another hand at `part` (a path of our own names, never input). */
export type StateFault = { readonly code: 'too_long' | 'not_json' | 'version_unknown' | 'part_invalid'; readonly part: string }

/** The most characters of an encoded state that are looked at; one that we wrote stays far below. */
export const stateCharactersMax = 65_536

/**
 * The state as JSON, the same text for the same state, in the names of the wire. The trace is left out: it has a column and a retention
 * of its own, and its length and hash stand for it here.
 */
export function encodeState(state: RunState): string {
  const fields: StateJson['fields'] = {}
  for (const name of descriptiveNames) {
    const ranked = state.fields[name]
    if (ranked !== undefined) fields[wireNames[name]] = [ranked.value, ranked.rank]
  }
  const times: StateJson['stages'] = {}
  for (const stage of stages) {
    const at = state.stages[stage]
    if (at !== undefined) times[stage] = [at.first, at.last]
  }
  return JSON.stringify({
    version: stateVersion,
    fields,
    ...(state.outcome && { outcome: outcomeJson(state.outcome) }),
    stages: times,
    repairs: state.repairs,
    rules: state.rules,
    ...(state.stuckAt !== undefined && { stuck_at: state.stuckAt }),
  })
}

/**
 * The state in a text that anyone may have written, with the trace that stood beside it. Everything is checked against the schema of the
 * event; what passes is brought into the form that `join` works on. Never throws. Its texts may be another hand's: cloak them before they are shown.
 */
export function decodeState(text: string, trace?: string): Result<RunState, StateFault> {
  if (text.length > stateCharactersMax) return err({ code: 'too_long', part: '' })
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return err({ code: 'not_json', part: '' })
  }
  if (versionOf(parsed) !== stateVersion) return err({ code: 'version_unknown', part: '/version' })
  checker ??= TypeCompiler.Compile(StateSchema)
  if (!checker.Check(parsed)) return err({ code: 'part_invalid', part: checker.Errors(parsed).First()?.path ?? '' })
  const state = parsed as StateJson
  const fault = faultOf(state, trace)
  return fault === undefined ? ok(stateFrom(state, trace)) : err({ code: 'part_invalid', part: fault })
}

/** Whether all times of a state can be, as seen at `now`: it may be another hand's. */
export function hasBelievableTimes({ stages: times, stuckAt }: RunState, now: number): boolean {
  const reported = stages.flatMap((stage) => (times[stage] === undefined ? [] : [times[stage].first, times[stage].last]))
  return [...reported, ...(stuckAt === undefined ? [] : [stuckAt])].every((at) => isBelievable(at, now))
}

const stateVersion = 1

type Scalar = string | number | boolean
type OutcomeJson = {
  readonly status: Outcome['status']
  readonly exit_code?: number
  readonly error?: string
  readonly error_category?: string
  readonly install_duration?: number
  readonly trace_length: number
  readonly trace_hash: string
}
type StateJson = {
  readonly fields: { [Name in string]: readonly [Scalar, StageRank] }
  readonly outcome?: OutcomeJson
  readonly stages: { [Name in Stage]?: readonly [number, number] }
  readonly repairs: readonly string[]
  readonly rules: readonly string[]
  readonly stuck_at?: number
}

/** Cloaking may lengthen a text beyond what a client can send. */
const textCharactersMax = 512
const traceLengthMax = 2 * traceCharactersMax
const timeMax = 8_640_000_000_000_000

const wireNames = Object.fromEntries(installFields.map(({ name, wire }) => [name, wire])) as Readonly<Record<DescriptiveName, string>>
const Time = Type.Integer({ minimum: 0, maximum: timeMax })
const Times = Type.Tuple([Time, Time])
const Text = Type.String({ maxLength: textCharactersMax })
const Codes = Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: setSizeMax })

const StateSchema = Type.Object({
  fields: Type.Object(
    Object.fromEntries(
      descriptiveNames.map((name) => {
        const rankedValue = Type.Tuple([valueSchema(wireNames[name]), Type.Integer({ minimum: 0, maximum: 7 })])
        return [wireNames[name], name === 'type' ? rankedValue : Type.Optional(rankedValue)]
      }),
    ),
  ),
  outcome: Type.Optional(
    Type.Object({
      status: Type.Union(['success', 'failed', 'aborted', 'unknown'].map((status) => Type.Literal(status))),
      exit_code: InstallWire.properties.exit_code,
      error: Type.Optional(Text),
      error_category: InstallWire.properties.error_category,
      install_duration: InstallWire.properties.install_duration,
      trace_length: Type.Integer({ minimum: 0, maximum: traceLengthMax }),
      trace_hash: Type.String({ pattern: `^([0-9a-f]{${traceHashCharacters}})?$` }),
    }),
  ),
  stages: Type.Object(Object.fromEntries(stages.map((stage) => [stage, Type.Optional(Times)]))),
  repairs: Codes,
  rules: Codes,
  stuck_at: Type.Optional(Time),
})

let checker: TypeCheck<typeof StateSchema> | undefined

function valueSchema(wire: string): TSchema {
  const schema: TSchema | undefined = (InstallWire.properties as Record<string, TSchema>)[wire]
  return schema === undefined || schema['kind'] === 'text' ? Text : schema
}

function versionOf(parsed: unknown): unknown {
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : undefined
}

/** What the schema cannot say: the parts of a state agree with each other. */
function faultOf({ outcome, stages: times }: StateJson, trace: string | undefined): string | undefined {
  const reported = stages.flatMap((stage) => (times[stage] === undefined ? [] : [times[stage]]))
  if (reported.length === 0 || reported.some(([first, last]) => first > last)) return '/stages'
  if ((outcome === undefined) !== (times.terminal === undefined)) return '/outcome'
  if (outcome !== undefined && (outcome.trace_length === 0) !== (outcome.trace_hash === '')) return '/outcome/trace_hash'
  return trace !== undefined && trace.length > traceLengthMax ? '/trace' : undefined
}

function stateFrom(state: StateJson, trace: string | undefined): RunState {
  const fields: { [Name in string]: Ranked<Scalar> } = {}
  for (const name of descriptiveNames) {
    const [value, rank] = state.fields[wireNames[name]] ?? []
    if (value !== undefined && rank !== undefined && !isEmpty(name, value)) fields[name] = { value: plain(value), rank: plain(rank) }
  }
  const times: { [Name in Stage]?: StageTimes } = {}
  for (const stage of stages) {
    const at = state.stages[stage]
    if (at !== undefined) times[stage] = { first: plain(at[0]), last: plain(at[1]) }
  }
  return {
    fields: fields as RunState['fields'],
    ...(state.outcome && { outcome: outcomeFrom(state.outcome, trace) }),
    stages: times,
    repairs: sortedSet(state.repairs, setSizeMax),
    rules: sortedSet(state.rules, setSizeMax),
    ...(state.stuck_at !== undefined && { stuckAt: plain(state.stuck_at) }),
  }
}

/** JSON knows -0, which equals 0 and yet is another value: two equal states must be the same. */
function plain<Value extends Scalar>(value: Value): Value {
  return value === 0 ? (0 as Value) : value
}

function outcomeJson(outcome: Outcome): OutcomeJson {
  const { status, exitCode, error, errorCategory, installDuration, traceLength, traceHash } = outcome
  return {
    status,
    ...(exitCode !== undefined && { exit_code: exitCode }),
    ...(error !== undefined && { error }),
    ...(errorCategory !== undefined && { error_category: errorCategory }),
    ...(installDuration !== undefined && { install_duration: installDuration }),
    trace_length: traceLength,
    trace_hash: traceHash,
  }
}

function outcomeFrom(json: OutcomeJson, trace: string | undefined): Outcome {
  const { status, exit_code, error, error_category, install_duration, trace_length, trace_hash } = json
  return {
    status,
    ...(exit_code !== undefined && { exitCode: plain(exit_code) }),
    ...(error && { error }),
    ...(trace && trace_length > 0 && { trace }),
    ...(error_category && error_category !== 'unknown' && { errorCategory: error_category }),
    ...(install_duration && { installDuration: install_duration }),
    traceLength: plain(trace_length),
    traceHash: trace_hash,
  }
}
