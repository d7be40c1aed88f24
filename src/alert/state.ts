import { clockSlackMs, dayMs } from '../base/clock.ts'

/** What one look at a rule says. `no_data` is a look that says neither. */
export type Reading = {
  readonly status: 'ok' | 'breach' | 'no_data'
  readonly value?: number
  /** How many runs the value rests on. */
  readonly runs?: number
  /** What it is about, in words: the cloaked explanation of an error, never a trace; of no data, why there is none. */
  readonly text?: string
  /** The scripts that lead, with how many of the runs that the value counts are theirs, where that is known. */
  readonly scripts?: readonly { readonly script: string; readonly runs?: number }[]
  readonly exitCodes?: readonly number[]
  /** When what it is about began, where that is known. */
  readonly since?: number
}

export type Phase = 'ok' | 'firing' | 'no_data'

/**
 * How one subject of a rule stands. `candidate` is a phase that the readings ask for and that has not lasted long enough; `told` is the phase a human last
 * heard of, `alarmedAt` when each alarm was last told. Times are milliseconds since 1970.
 */
export type AlertState = {
  readonly phase: Phase
  /** When the phase began. Each phase begins later than the one before, whatever the clock does, so it names the period. */
  readonly since: number
  readonly candidate?: { readonly phase: Phase; readonly since: number }
  readonly told: Phase
  readonly alarmedAt: { readonly firing?: number; readonly no_data?: number }
  readonly readAt: number
  readonly value?: number
  /** An alarm that nobody may be told of yet, as it was read last: until it is told it goes by a good reading alone, and one without an end not at all. */
  readonly unheard?: Reading
  /** Why the last reading had no data, where that is known. */
  readonly reason?: string
}

/** How fast a state moves and what of it is told. Over `gapMs` between two readings nothing is known to have lasted. */
export type Pace = {
  readonly holdMs: number
  readonly cooldownMs: number
  readonly gapMs: number
  readonly tellsRecovery: boolean
  readonly tellsNoData: boolean
}

/** How a subject stands before its first reading. */
export function freshState(now: number): AlertState {
  return { phase: 'ok', since: now, told: 'ok', alarmedAt: {}, readAt: now }
}

/**
 * The state after a reading: what a human would be told waits until it lasted, the end of it does not. No data is no end of what nobody heard of yet, unless
 * there is none for as long as an alarm is remembered. Nothing is told here.
 */
export function advance(before: AlertState, reading: Reading, now: number, pace: Pace): AlertState {
  const state = holdTimes(before, now)
  if (state.unheard !== undefined && !pace.tellsRecovery && reading.status !== 'breach') return { ...state, readAt: now }
  const wanted: Phase = reading.status === 'breach' ? 'firing' : reading.status
  const { candidate: _old, value: _value, reason: _reason, ...rest } = state
  const { value, text } = reading
  const reason = reading.status === 'no_data' && text !== undefined && { reason: text }
  const seen = { ...rest, readAt: now, ...(value !== undefined && { value }), ...reason }
  if (wanted === state.phase) return settle(seen, pace)

  const isUnbroken = now >= before.readAt - clockSlackMs && now - before.readAt <= pace.gapMs
  const isKnown = state.candidate?.phase === wanted && isUnbroken
  const since = isKnown && state.candidate !== undefined ? Math.min(state.candidate.since, now) : now
  if (now - since < holdMsOf(state, wanted, pace)) return settle({ ...seen, candidate: { phase: wanted, since } }, pace)
  const { unheard: _gone, ...next } = seen
  return settle({ ...next, phase: wanted, since: Math.max(now, state.since + 1) }, pace)
}

/** How long readings of a phase must last until it is another one. */
function holdMsOf({ phase, told, unheard }: AlertState, wanted: Phase, pace: Pace): number {
  const isTold = wanted === 'firing' || (wanted === 'no_data' && pace.tellsNoData)
  if (isTold) return pace.holdMs
  const isWaiting = unheard !== undefined || (phase === 'ok' && told !== 'ok')
  return wanted === 'no_data' && isWaiting ? pace.cooldownMs + staleMs : 0
}

/** The phase that a human has to hear of now; undefined when there is nothing new, or it must wait. */
export function dueMessage(state: AlertState, now: number, pace: Pace): Phase | undefined {
  const { phase, told, alarmedAt } = state
  if (phase === told) return undefined
  if (phase === 'ok') return 'ok'
  if (phase === 'no_data' && !pace.tellsNoData) return undefined
  const last = alarmedAt[phase]
  return last !== undefined && now - last < pace.cooldownMs ? undefined : phase
}

/**
 * The state of which nobody is told now. What is due waits by itself for as long as it is read; an alarm is kept as it was read, since nobody would hear of it
 * once nothing is. One without an end is kept only where it is due: muted, or within its cooldown, it is no news.
 */
export function keepUnheard(state: AlertState, reading: Reading, isDue: boolean, pace: Pace): AlertState {
  const isAlarm = reading.status === 'breach' && state.phase === 'firing' && state.told !== 'firing'
  return isAlarm && (pace.tellsRecovery || isDue) ? { ...state, unheard: reading } : state
}

/** The state of what nobody wants to hear of any more: an alarm that waits to be told is dropped. */
export function withdraw({ unheard: _dropped, ...state }: AlertState): AlertState {
  return state
}

/** Whether an alarm holds that was told, or at least written down to be sent. */
export function isStanding({ phase, told }: AlertState): boolean {
  return phase !== 'ok' && phase === told
}

/** The state once what is due was written down to be sent. */
export function markTold(state: AlertState, now: number): AlertState {
  const { unheard: _heard, ...rest } = state
  const { phase, alarmedAt } = state
  return { ...rest, told: phase, ...(phase !== 'ok' && { alarmedAt: { ...alarmedAt, [phase]: now } }) }
}

/** How long an alarm is remembered once there is no data about it. */
export const staleMs = 7 * dayMs

/** Whether nothing of the state is worth keeping: a fresh one would do the same, or its end will never be known. */
export function isIdle(state: AlertState, now: number, pace: Pace): boolean {
  const isBlank = state.phase === 'no_data' && !pace.tellsNoData
  const isQuiet = (state.phase === 'ok' || isBlank) && state.candidate === undefined
  const isOver = state.told === 'ok' || (isBlank && now - state.since >= staleMs)
  return isQuiet && isOver && Object.values(state.alarmedAt).every((at) => now - at >= pace.cooldownMs)
}

export type ShownPhase = 'ok' | 'pending' | 'firing' | 'no_data' | 'muted'

/** The one word for a state that pages and lists show. Without a state nobody has looked yet. */
export function shownPhase(state: AlertState | undefined, isMuted: boolean): ShownPhase {
  if (isMuted) return 'muted'
  if (state === undefined) return 'no_data'
  return state.candidate?.phase === 'firing' && state.phase !== 'firing' ? 'pending' : state.phase
}

/** An alarm that lies ahead was told before the clock was set back: nobody knows how long ago, so it keeps no other one waiting. */
function holdTimes(state: AlertState, now: number): AlertState {
  const times = Object.entries(state.alarmedAt).filter(([, at]) => at <= now + clockSlackMs)
  return { ...state, alarmedAt: Object.fromEntries(times.map(([phase, at]) => [phase, Math.min(at, now)])) }
}

/** An end that nobody wants to hear of counts as told. */
function settle(state: AlertState, pace: Pace): AlertState {
  return state.phase === 'ok' && !pace.tellsRecovery ? { ...state, told: 'ok' } : state
}
