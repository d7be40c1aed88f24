import { type AlertFigureBook, figureDays, figureStepMs } from '../access/alert-figure-book.ts'
import { dayMs, dayOf } from '../base/clock.ts'
import { sizeOf } from '../store/count/totals.ts'
import { pastMachine, pastReader } from './past-source.ts'
import { type BySubject, playRound } from './round.ts'
import { type Rule, ruleKinds } from './rule.ts'
import { type AlertSource, readRule, type Subjects } from './source.ts'
import type { AlertState } from './state.ts'

/** The worst figure of a day; absent where there was none. */
export type PastDay = { readonly day: number; readonly value?: number }

/** A rule over its past, the oldest day first. `since` is the first moment that was looked at, absent where nothing is known. */
export type Past = {
  readonly days: readonly PastDay[]
  readonly since?: number
  /** The time between two looks. */
  readonly stepMs: number
  /** When it would have told of an alarm. */
  readonly firedAt: readonly number[]
}

export type PastOptions = {
  readonly source: AlertSource
  readonly figures: Pick<AlertFigureBook, 'list'>
  readonly now: number
  /** The time between two rounds. */
  readonly everyMs: number
}

type Look = { readonly at: number; readonly subjects: Subjects }

/** How far back a rule is looked at. */
export const pastDays = figureDays
const minuteMs = 60_000
const stepsMs = [15 * minuteMs, 60 * minuteMs, 6 * 60 * minuteMs, dayMs] as const
/** Steps in a window at least: more cost more and say little. */
const stepsOfWindow = 6

/**
 * Looks at a rule as the rounds would have, with the same eyes, at every step of the last thirty days, and plays what they would have told. Runs count as they
 * are known today. Nothing is written.
 */
export async function readPast(rule: Rule, options: PastOptions): Promise<Past> {
  const { now, everyMs } = options
  const isCounted = ruleKinds[rule.kind].isScoped
  const stepMs = isCounted ? stepOf(rule) : figureStepMs
  const looks = isCounted ? await lookAtRuns(rule, stepMs, options) : await lookAtMachine(rule, options)
  const [first] = looks
  return {
    days: daysOf(rule, looks, now),
    ...(first && { since: first.at }),
    stepMs,
    firedAt: play(rule, looks, 3 * Math.max(everyMs, stepMs)),
  }
}

/** Errors are known by whole days; other runs in steps that are small beside the window. */
function stepOf({ kind, windowMin }: Rule): number {
  if (kind === 'new_error') return dayMs
  return stepsMs.findLast((step) => step * stepsOfWindow <= windowMin * minuteMs) ?? stepsMs[0]
}

async function lookAtRuns(rule: Rule, stepMs: number, { source, now }: PastOptions): Promise<readonly Look[]> {
  const { range } = await source.reader.analyse({ tenant: rule.tenant, filter: {}, by: {} })
  if (range === undefined) return []
  const from = Math.max(now - pastDays * dayMs, range.fromDay * dayMs)
  const reader = pastReader(source.reader, stepMs)
  const isYoung = from > now - pastDays * dayMs
  const looks: Look[] = []
  let hasRuns = !isYoung
  for (let end = Math.ceil((from + 1) / stepMs) * stepMs; end <= Math.ceil(now / stepMs) * stepMs; end += stepMs) {
    const at = end - 1
    // Before its first run a service has no silence to tell of.
    if (!hasRuns)
      hasRuns = (await reader.recentScripts({ tenant: rule.tenant, from: end - stepMs, to: end })).some(({ counts }) => sizeOf(counts) > 0)
    if (hasRuns) looks.push({ at: Math.min(at, now), subjects: await readRule(rule, { ...source, reader }, at) })
  }
  return looks
}

async function lookAtMachine(rule: Rule, { source, figures, now }: PastOptions): Promise<readonly Look[]> {
  const looks: Look[] = []
  for (const { at, value } of figures.list(rule.kind))
    if (at <= now) looks.push({ at, subjects: await readRule(rule, pastMachine(source, value), at) })
  return looks
}

/** The worst figure of each day, of the subject that stood worst. */
function daysOf({ kind }: Rule, looks: readonly Look[], now: number): readonly PastDay[] {
  const pick = ruleKinds[kind].worst === 'highest' ? Math.max : Math.min
  const byDay = Map.groupBy(looks, ({ at }) => dayOf(at))
  return Array.from({ length: pastDays }, (_, index) => {
    const day = dayOf(now) - pastDays + 1 + index
    const values = (byDay.get(day) ?? []).flatMap(({ subjects }) => [...subjects.values()].flatMap(({ value }) => value ?? []))
    return { day, ...(values.length > 0 && { value: pick(...values) }) }
  })
}

/** When the rule would have told of an alarm, by the rounds themselves: with its hold, its cooldown and its quiet hours. */
function play(rule: Rule, looks: readonly Look[], gapMs: number): readonly number[] {
  const limits = { ofTenant: Number.POSITIVE_INFINITY, ofOthers: Number.POSITIVE_INFINITY }
  const states = new Map<string, AlertState>()
  const all: BySubject<AlertState> = new Map([[rule.id, states]])
  return looks.flatMap(({ at, subjects }) => {
    const round = playRound({
      ...{ rules: [rule], states: all, readings: new Map([[rule.id, subjects]]), now: at, gapMs },
      isMuted: () => false,
      room: { limits, told: new Map() },
    })
    for (const { subject, state } of round.changes) {
      if (state === undefined) states.delete(subject)
      else states.set(subject, state)
    }
    return round.messages.flatMap(({ phase }) => (phase === 'ok' ? [] : at))
  })
}
