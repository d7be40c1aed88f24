import { sayAmount, sayMoment, spanOf } from '../../alert/figure.ts'
import { type Past, pastDays } from '../../alert/past.ts'
import { type Rule, ruleKinds } from '../../alert/rule.ts'
import { dayOf } from '../../base/clock.ts'
import { formatDay, formatMany } from '../../base/format.ts'
import { late, within } from '../../base/within.ts'
import type { PastView } from '../../page/alert/past.tsx'
import { nameDay } from '../../page/chart/chart-data.ts'

const minuteMs = 60_000
/** How long a page waits for the past: where many runs are counted, it takes seconds. */
const pageWaitMs = 100
/** How long somebody waits who asked for it. */
const askWaitMs = 20_000
/** Moments named in an answer. */
const namedMax = 3

/** The past of a rule for its page. `toldAt` are the moments at which something was told. */
export async function viewPast(rule: Rule, counting: Promise<Past>, toldAt: readonly number[]): Promise<PastView> {
  const past = await within(pageWaitMs, counting)
  if (past === late) return { why: 'The past is being counted. Load the page again in a moment.' }
  if (past.since === undefined) return { why: sayNoPast(rule) }
  const { unit, worst } = ruleKinds[rule.kind]
  const told = Map.groupBy(toldAt, dayOf)
  return {
    title: `The ${worst} figure of each day`,
    unit: unit.startsWith('%') ? 'percent' : 'count',
    limit: rule.threshold,
    days: past.days.map(({ day, value }) => ({
      name: formatDay(day),
      label: nameDay(day),
      ...(value !== undefined && { value: round(value) }),
      text: value === undefined ? '–' : sayAmount(round(value), unit),
      told: told.get(day)?.length ?? 0,
    })),
    note: `By what it says now the rule ${sayFired(past)}. ${sayLooks(rule, past)}`,
  }
}

/** What a rule that is only thought of would have told. */
export async function sayPreview(rule: Rule, counting: Promise<Past>): Promise<string> {
  const past = await within(askWaitMs, counting)
  if (past === late) return 'Counting takes longer than 20 seconds: ask again in a moment. Nothing is stored.'
  if (past.since === undefined) return `${sayNoPast(rule)} Nothing is stored.`
  const rest = past.firedAt.length - namedMax
  const named = past.firedAt.slice(0, namedMax).map(sayMoment).join(', ')
  const moments = named === '' ? '' : `: ${named}${rest > 0 ? ` and ${rest} more` : ''}`
  return `It ${sayFired(past)}${moments}. ${sayLooks(rule, past)} Nothing is stored.`
}

function sayFired({ firedAt, since = 0, days }: Past): string {
  const times = firedAt.length === 0 ? 'not have fired' : `have fired ${formatMany(firedAt.length, 'time')}`
  const isWhole = dayOf(since) <= (days[0]?.day ?? 0)
  return `would ${times} ${isWhole ? `in ${pastDays} days` : `since ${sayMoment(since)}, before which nothing is known`}`
}

function sayLooks({ kind }: Rule, { stepMs }: Past): string {
  const steps = `Looked at every ${spanOf(stepMs / minuteMs).replace(/^1 /, '')}`
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
