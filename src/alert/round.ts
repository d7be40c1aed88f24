import { type AlertMessage, composeMessage, messageId } from './message.ts'
import { isQuietAt } from './quiet.ts'
import { pickWithin, type Room } from './room.ts'
import { type Rule, ruleKinds } from './rule.ts'
import {
  type AlertState,
  advance,
  dueMessage,
  freshState,
  isIdle,
  isStanding,
  keepUnheard,
  markTold,
  type Pace,
  type Reading,
  withdraw,
} from './state.ts'

/** Values by rule and, within it, by subject: a script, a group of errors, or the empty text for a rule that has one value. */
export type BySubject<Value> = ReadonlyMap<string, ReadonlyMap<string, Value>>

export type RoundInput = {
  readonly rules: readonly Rule[]
  readonly states: BySubject<AlertState>
  /** A rule without an entry could not be looked at: it stays as it is. What a subject without one is, its kind says. */
  readonly readings: BySubject<Reading>
  readonly isMuted: (rule: Rule) => boolean
  /** Whether nobody wants to hear of this subject of the rule, whatever was read of it before. */
  readonly isDismissed?: (rule: Rule, subject: string) => boolean
  readonly now: number
  readonly gapMs: number
  readonly room: Room
}

export type StateChange = { readonly rule: string; readonly subject: string; readonly state: AlertState | undefined }
/**
 * `standing` are alarms that were told before and hold still, `held` messages that are due and wait for room, `unfollowed` subjects in breach beyond those
 * that a rule follows.
 */
export type Round = {
  readonly changes: readonly StateChange[]
  readonly messages: readonly AlertMessage[]
  readonly standing: readonly Told[]
  readonly held: number
  readonly unfollowed: number
}

type Told = Pick<AlertMessage, 'id' | 'tenant'>

/** Subjects of one rule at most. */
export const subjectsMax = 100
const minuteMs = 60_000

type Moved = { readonly rule: Rule; readonly subject: string; readonly pace: Pace; readonly reading: Reading; readonly state: AlertState }

/** Moves every subject of every rule by its reading and says what is to be told. */
export function playRound(input: RoundInput): Round {
  const followed = input.rules.map((rule) => moveRule(rule, input))
  const moved = followed.flatMap((rule) => rule.moved)
  const unfollowed = followed.reduce((sum, rule) => sum + rule.unfollowed, 0)
  const isSpeaking = (rule: Rule) => !input.isMuted(rule) && !isQuietAt(rule.quiet, input.now)
  const due = moved.filter(({ rule, state, pace }) => isSpeaking(rule) && dueMessage(state, input.now, pace) !== undefined)
  const wanted = due.map((moved) => ({ moved, tenant: moved.rule.tenant, isAlarm: moved.state.phase !== 'ok' }))
  const told = new Set(pickWithin(wanted, input.room).map((picked) => picked.moved))
  const changes = moved.map((one) => {
    const isDue = !input.isMuted(one.rule) && dueMessage(one.state, input.now, one.pace) !== undefined
    const state = told.has(one) ? afterTelling(one, input.now) : keepUnheard(one.state, one.reading, isDue, one.pace)
    const isForgotten = one.subject !== '' && isIdle(state, input.now, one.pace)
    return { rule: one.rule.id, subject: one.subject, state: isForgotten ? undefined : state }
  })
  const messages = [...told].map(({ rule, subject, reading, state }) =>
    composeMessage({
      ...{ rule, subject, phase: state.phase, since: state.since, alarmedAt: lastAlarmOf(state), at: input.now },
      reading: reading.status === 'breach' ? reading : (state.unheard ?? reading),
      ...(state.candidate?.phase === 'no_data' && { silentSince: state.candidate.since }),
    }),
  )
  const standing = moved.filter(({ rule, state }) => isSpeaking(rule) && isStanding(state))
  return { changes, messages, standing: standing.map(toldMessageOf), held: due.length - told.size, unfollowed }
}

function toldMessageOf({ rule, subject, state: { phase, since } }: Moved): Told {
  return { id: messageId(rule.id, subject, phase, since), tenant: rule.tenant }
}

/** What was kept until it could be told and is over by now ends with being told: whatever comes next is another alarm. */
function afterTelling({ state, reading, pace }: Moved, now: number): AlertState {
  const told = markTold(state, now)
  return state.unheard === undefined ? told : advance(told, reading, now, pace)
}

/** When the newest alarm was told; the end of it is told after that. */
function lastAlarmOf({ alarmedAt }: AlertState): number | undefined {
  const told = Object.values(alarmedAt)
  return told.length === 0 ? undefined : Math.max(...told)
}

/** How a rule's states move. */
export function paceOf(rule: Rule, gapMs: number): Pace {
  const { tellsRecovery, tellsNoData } = ruleKinds[rule.kind]
  return { holdMs: rule.holdMin * minuteMs, cooldownMs: rule.cooldownMin * minuteMs, gapMs, tellsRecovery, tellsNoData }
}

function moveRule(
  rule: Rule,
  { states, readings, isDismissed, now, gapMs }: RoundInput,
): { readonly moved: readonly Moved[]; readonly unfollowed: number } {
  const read = readings.get(rule.id)
  if (read === undefined) return { moved: [], unfollowed: 0 }
  const known = states.get(rule.id) ?? new Map<string, AlertState>()
  const followed = [...known.keys()].filter((subject) => subject !== '')
  // A subject that is well from the start needs no state.
  const worthy = [...read].filter(([subject, { status }]) => subject !== '' && !known.has(subject) && status === 'breach')
  const fresh = worthy.slice(0, Math.max(0, subjectsMax - followed.length)).map(([subject]) => subject)
  const pace = paceOf(rule, gapMs)
  const move = (subject: string, reading: Reading, before = freshState(now)): Moved => {
    return { rule, subject, pace, reading, state: advance(before, reading, now, pace) }
  }
  const moved = [...followed, ...fresh].map((subject) => {
    const state = known.get(subject)
    if (state !== undefined && isDismissed?.(rule, subject)) return move(subject, { status: 'ok' }, withdraw(state))
    return move(subject, read.get(subject) ?? { status: ruleKinds[rule.kind].absence }, state)
  })
  const isWell = moved.every(({ state }) => state.phase === 'ok')
  // The rule itself has a state as well, so that a look at it can be shown; beside subjects that are not well its own begins anew.
  const own = move('', read.get('') ?? ownReading(rule, read), isWell ? known.get('') : undefined)
  return { moved: [own, ...moved], unfollowed: worthy.length - fresh.length }
}

/** How a rule stands that is about subjects: where there is none to look at, as one of them that is absent. */
function ownReading({ kind }: Rule, { size }: ReadonlyMap<string, Reading>): Reading {
  return { status: size === 0 ? ruleKinds[kind].absence : 'ok' }
}
