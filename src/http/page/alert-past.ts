import { sayAmount, sayMoment, spanOf } from '../../alert/figure.ts'
import { type Past, pastDays } from '../../alert/past.ts'
import { type Rule, ruleKinds } from '../../alert/rule.ts'
import { dayOf } from '../../base/clock.ts'
import { formatDay, formatMany, formatMinute } from '../../base/format.ts'
import { late, within } from '../../base/within.ts'
import type { PastView } from '../../page/alert/past.tsx'
import { nameDay } from '../../page/chart/chart-data.ts'

const minuteMs = 60_000
/** How long a page waits for the past: where many runs are counted, it takes seconds. */
const pageWaitMs = 100
/** How long somebody waits who asked for it. */
const askWaitMs = 20_000
/** Moments named in an answer: of what is counted, and of what was told. */
const namedMax = 3
const toldNamedMax = 20

/** An alarm that was told, with its figure where it had one. */
export type ToldAlarm = { readonly at: number; readonly value?: number }

/** Whose alarms a preview is compared with, in words, and the alarms. */
export type ToldBy = { readonly who: string; readonly alarms: readonly ToldAlarm[] }

/** The past of a rule for its page, with the alarms that it told: a short burst may lie between two steps of what is counted again. */
export async function viewPast(rule: Rule, counting: Promise<Past>, told: readonly ToldAlarm[]): Promise<PastView> {
  const past = await within(pageWaitMs, counting)
  if (past === late) return { why: 'The past is being counted. Load the page again in a moment.' }
  const alarms = alarmsIn(past, told)
  if (past.since === undefined && alarms.length === 0) return { why: sayNoPast(rule) }
  const { unit, worst } = ruleKinds[rule.kind]
  const pick = worst === 'highest' ? Math.max : Math.min
  const byDay = Map.groupBy(alarms, ({ at }) => dayOf(at))
  return {
    title: `The ${worst} figure of each day`,
    unit: unit.startsWith('%') ? 'percent' : 'count',
    limit: rule.threshold,
    days: past.days.map(({ day, value: counted }) => {
      const ofDay = byDay.get(day) ?? []
      const values = [counted, ...ofDay.map(({ value }) => value)].filter((value) => value !== undefined)
      const value = values.length === 0 ? undefined : round(pick(...values))
      return {
        name: formatDay(day),
        label: nameDay(day),
        ...(value !== undefined && { value }),
        text: value === undefined ? '–' : sayAmount(value, unit),
        told: ofDay.map(({ at }) => formatMinute(at).slice(11)),
      }
    }),
    note: [sayCounted('By what it says now the rule', rule, past), ...sayTold('It', alarms)].join(' '),
  }
}

/** What a rule that is only thought of would have told, and what was told. */
export async function sayPreview(rule: Rule, counting: Promise<Past>, { who, alarms }: ToldBy): Promise<string> {
  const past = await within(askWaitMs, counting)
  if (past === late) return 'Counting takes longer than 20 seconds: ask again in a moment. Nothing is stored.'
  return [sayCounted('It', rule, past), ...sayTold(who, alarmsIn(past, alarms)), 'Nothing is stored.'].join(' ')
}

function alarmsIn({ days }: Past, alarms: readonly ToldAlarm[]): readonly ToldAlarm[] {
  const from = days[0]?.day ?? 0
  return alarms.filter(({ at }) => dayOf(at) >= from).toSorted((one, other) => one.at - other.at)
}

/** What was told in fact, each alarm by its moment. */
function sayTold(who: string, alarms: readonly ToldAlarm[]): readonly string[] {
  if (alarms.length === 0) return []
  const moments = nameMoments(
    alarms.map(({ at }) => at),
    toldNamedMax,
  )
  return [`${who} told ${formatMany(alarms.length, 'alarm')} in these ${pastDays} days: ${moments}.`]
}

function sayCounted(who: string, rule: Rule, past: Past): string {
  if (past.since === undefined) return sayNoPast(rule)
  const named = past.firedAt.length === 0 ? '' : `: ${nameMoments(past.firedAt, namedMax)}`
  return `${who} ${sayFired(past)}${named}. ${sayLooks(rule, past)}`
}

function nameMoments(moments: readonly number[], max: number): string {
  const rest = moments.length - max
  return `${moments.slice(0, max).map(sayMoment).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function sayFired({ firedAt, since = 0, days }: Past): string {
  const times = firedAt.length === 0 ? 'not have fired' : `have fired ${formatMany(firedAt.length, 'time')}`
  const isWhole = dayOf(since) <= (days[0]?.day ?? 0)
  return `would ${times} ${isWhole ? `in ${pastDays} days` : `since ${sayMoment(since)}, before which nothing is known`}`
}

function sayLooks({ kind }: Rule, { stepMs }: Past): string {
  const steps = `Counted in steps of ${spanOf(stepMs / minuteMs)}, so that what was over within one may be missing`
  if (!ruleKinds[kind].isScoped) return `${steps}, as far as the figure was kept.`
  const later = kind === 'stuck_runs' ? ', so that those that ended since are missing and it may have fired more often' : ''
  return `${steps}, by what is known of the runs today${later}.`
}

function sayNoPast({ kind }: Rule): string {
  return ruleKinds[kind].isScoped
    ? 'There is no run yet, and so no past.'
    : 'The past of this figure cannot be known: nobody can count it again later. It is kept for 30 days from the first look on.'
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
