import { dayOf } from '../../base/clock.ts'
import { type FailureRiseRule, failureRiseRule, judgeFailureRise } from '../../event/failure-rise.ts'
import { endlessStatuses } from '../../event/run.ts'
import { judgeRise, type Share } from '../../event/share-rise.ts'
import { rateRunsMin } from '../../event/success-rate.ts'
import { addressOf, type Period, type Selection, scriptPath } from '../../page/address.ts'
import { formatCount, formatDay, formatMany, formatShare } from '../../page/format.ts'
import { sumOf } from '../../page/outcome.ts'
import type { LookView } from '../../page/overview/overview-view.ts'
import type { Analysis, DayRange } from '../../store/analysis-port.ts'
import { sizeIn } from '../../store/count/totals.ts'
import { dimensionRules } from '../../store/dimension.ts'
import type { RunCountQuery } from '../../store/reader-port.ts'
import type { Wanted } from '../question/analyst.ts'
import type { Question } from '../question/question.ts'
import { unendedBefore } from '../question/unended.ts'
import { findFailingScripts } from './failing-script.ts'
import type { ServiceState } from './service-state.ts'

const recentDays = 2
const pastDays = 28
/** More scripts than this are a common cause, and no list of them makes it clearer. */
const failingMax = 5

type LookQuery = Pick<Question, 'range' | 'previous'> & { readonly wanted: Wanted }

/** What is asked to find scripts that fail more than they used to, whatever the period of the page: today and yesterday by script, and the 28 days before. */
export function failingQuery(now: number): LookQuery & { readonly range: DayRange } {
  const range = { fromDay: dayOf(now) - recentDays + 1, toDay: dayOf(now) }
  const previous = { fromDay: range.fromDay - pastDays, toDay: range.fromDay - 1 }
  return { range, previous, wanted: { by: { script: dimensionRules.script.valuesMax }, untimed: true, chosen: { script: 'fails_more' } } }
}

/** Which runs of the recent days are counted whose end nobody knows: those that could have ended, as far as they go. */
export function unendedQuery(now: number): Required<Pick<RunCountQuery, 'range' | 'unendedBefore'>> {
  return { range: failingQuery(now).range, unendedBefore: unendedBefore(now) }
}

/** The shortest period with a name that holds the recent days: for whoever may not choose days. */
const fixedPeriod: Period = '7d'

export type LookFacts = {
  /** The answer to `failingQuery`. */
  readonly recent: Analysis
  /** How many runs `unendedQuery` finds; absent for who did not sign in. */
  readonly unended?: number
  readonly now: number
  /** The filters of the page hold for what needs a look as well. */
  readonly selection: Selection
  /** How the parts are; absent for who did not sign in, who is shown no records either. */
  readonly state?: ServiceState
}

/** What needs a look first: what is broken for everybody, then failures, of all runs and of scripts that fail more than they used to, then runs whose end nobody knows. */
export function looksOf({ recent, unended, now, selection, state }: LookFacts): readonly LookView[] {
  const own = (days: DayRange): Selection => ({
    ...selection,
    period: selection.isSingle ? fixedPeriod : { from: formatDay(days.fromDay), to: formatDay(days.toDay) },
    compares: true,
  })
  const selected = own(failingQuery(now).range)
  return [
    ...(state === undefined ? [] : looksOfParts(state)),
    ...looksOfAll(recent, selected),
    ...looksOfScripts(recent, selected),
    ...(unended === undefined ? [] : looksOfUnended(unended, recent, selected)),
  ]
}

const systemLink: LookView['link'] = { href: '/system', text: 'System' }

function looksOfParts({
  ingestRefusedBy,
  storeHeldUpBy,
  pocketbase,
  parked,
  mirrorLag,
  pocketbaseFault,
}: ServiceState): readonly LookView[] {
  const looks: (LookView | undefined)[] = [
    ingestRefusedBy === undefined ? undefined : part('bad', `Events are refused (${ingestRefusedBy}).`),
    storeHeldUpBy === undefined ? undefined : part('bad', `Events do not reach the store (${storeHeldUpBy}); they wait in the journal.`),
    pocketbase === 'disconnected'
      ? part('bad', `PocketBase is behind by ${formatMany(mirrorLag ?? 0, 'change')} (${pocketbaseFault ?? 'no answer'}).`)
      : undefined,
    parked === 0 ? undefined : part('odd', `PocketBase refused ${formatMany(parked, 'run')}, which ${parked === 1 ? 'is' : 'are'} parked.`),
  ]
  return looks.filter((look) => look !== undefined)
}

function part(tone: LookView['tone'], text: string): LookView {
  return { tone, text, link: systemLink }
}

/** All runs together. One script that the page is filtered by is told by itself. */
function looksOfAll({ total, previous }: Analysis, selection: Selection): readonly LookView[] {
  const rise = previous && judgeFailureRise(total.counts, { own: previous.counts }, allRule)
  if (!rise?.isRise || selection.filter.script !== undefined) return []
  const { share, before, runs } = rise
  const text = `${formatShare(share)} of all runs failed in the last two days (${formatShare(before)} in the 28 days before, n ${formatCount(runs)}).`
  return [{ tone: 'bad', text, link: { href: addressOf('/error-analysis', selection), text: 'Their errors' } }]
}

/** Of all runs together fewer points are a matter: many scripts must fail for that, or much used ones. */
const allRule: FailureRiseRule = { ...failureRiseRule, riseMin: 0.05 }

function looksOfScripts(recent: Analysis, { filter, ...selection }: Selection): readonly LookView[] {
  const { script: _, ...rest } = filter
  const failing = findFailingScripts(recent)
  const more = failing.length - failingMax
  const shown = failing.slice(0, failingMax).map(({ name, share, before, than, runs }): LookView => {
    const usual = `${than === 'own' ? '' : 'too new for a rate of its own; all others '}${formatShare(before)} in the 28 days before`
    return {
      tone: 'bad',
      text: `${name} fails ${formatShare(share)} of its runs in the last two days (${usual}, n ${formatCount(runs)}).`,
      link: { href: addressOf(scriptPath(name), { ...selection, filter: rest }), text: name },
    }
  })
  return more <= 0 ? shown : [...shown, lookOfMore(more, { ...selection, filter })]
}

function lookOfMore(count: number, selection: Selection): LookView {
  const href = addressOf('/script-analysis', selection, { sort: 'success' })
  return {
    tone: 'bad',
    text: `${formatMany(count, 'more script fails', 'more scripts fail')} so.`,
    link: { href, text: 'Scripts, the worst first' },
  }
}

/** Runs whose end nobody knows: always told, and a matter where they are more than usual or nobody knows what is usual. */
function looksOfUnended(count: number, { total, previous }: Analysis, selection: Selection): readonly LookView[] {
  if (count === 0) return []
  const now: Share = { part: count, whole: Math.max(count, sumOf(total.counts)) }
  const past: Share | undefined = previous && { part: sizeIn(previous.counts, endlessStatuses), whole: sumOf(previous.counts) }
  const before = past === undefined || past.whole < rateRunsMin ? undefined : past
  const usual = before === undefined ? '' : `; ${formatShare(before.part / before.whole)} in the 28 days before`
  return [
    {
      tone: before === undefined || judgeRise(now, before).isTelling ? 'odd' : 'usual',
      text: `The end of ${formatMany(count, 'run')} of the last two days is not known (${formatShare(now.part / now.whole)} of all${usual}).`,
      link: { href: addressOf('/records', selection, { unended: 'yes' }), text: count === 1 ? 'Its record' : 'Their records' },
    },
  ]
}
