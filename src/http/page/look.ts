import { dayOf } from '../../base/clock.ts'
import { addressOf, type Href, type Period, type Selection, scriptPath } from '../../page/address.ts'
import { formatCount, formatDay, formatMany, formatShare } from '../../page/format.ts'
import type { LookView } from '../../page/overview/overview-view.ts'
import type { Analysis, DayRange } from '../../store/analysis-port.ts'
import { dimensionRules } from '../../store/dimension.ts'
import type { RunCountQuery } from '../../store/reader-port.ts'
import type { Wanted } from '../question/analyst.ts'
import type { Question } from '../question/question.ts'
import { unendedBefore } from '../question/unended.ts'
import { findFailingScripts } from './failing-script.ts'
import type { ServiceState } from './service-state.ts'

const recentDays = 2
const pastDays = 28
const unendedDays = 30
/** More scripts than this are a common cause, and no list of them makes it clearer. */
const failingMax = 5

type LookQuery = Pick<Question, 'range' | 'previous'> & { readonly wanted: Wanted }

/** What is asked to find scripts that fail more than they used to, whatever the period of the page: today and yesterday by script, and the 28 days before. */
export function failingQuery(now: number): LookQuery & { readonly range: DayRange } {
  const range = { fromDay: dayOf(now) - recentDays + 1, toDay: dayOf(now) }
  const previous = { fromDay: range.fromDay - pastDays, toDay: range.fromDay - 1 }
  return { range, previous, wanted: { by: { script: dimensionRules.script.valuesMax } } }
}

/** Which runs without an end are counted: those of the 30 days up to the one in which a run can first be taken for stuck. */
export function unendedQuery(now: number): Required<Pick<RunCountQuery, 'range' | 'unendedBefore'>> {
  const before = unendedBefore(now)
  const toDay = dayOf(before - 1)
  return { range: { fromDay: toDay - unendedDays + 1, toDay }, unendedBefore: before }
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

/** What needs a look first: what is broken for everybody, then scripts that fail more than they used to, then runs that never ended. */
export function looksOf({ recent, unended, now, selection, state }: LookFacts): readonly LookView[] {
  const own = (days: DayRange): Selection => ({
    ...selection,
    period: selection.isSingle ? fixedPeriod : { from: formatDay(days.fromDay), to: formatDay(days.toDay) },
    compares: true,
  })
  return [
    ...(state === undefined ? [] : looksOfParts(state)),
    ...looksOfScripts(recent, own(failingQuery(now).range)),
    ...(unended === undefined ? [] : looksOfUnended(unended, own(unendedQuery(now).range))),
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

function looksOfScripts({ by }: Analysis, { filter, ...selection }: Selection): readonly LookView[] {
  const { script: _, ...rest } = filter
  return findFailingScripts(by.script?.groups ?? [])
    .slice(0, failingMax)
    .map(({ name, share, before, runs }) => ({
      tone: 'bad',
      text: `${name} fails ${formatShare(share)} of its runs in the last two days (${formatShare(before)} in the 28 days before, n ${formatCount(runs)}).`,
      link: { href: addressOf(scriptPath(name), { ...selection, filter: rest }), text: name },
    }))
}

function looksOfUnended(count: number, selection: Selection): readonly LookView[] {
  if (count === 0) return []
  const href: Href = addressOf('/records', selection, { unended: 'yes' })
  const text = `${formatMany(count, 'run')} of the last 30 days ${count === 1 ? 'is' : 'are'} without an end for more than two hours.`
  return [{ tone: 'odd', text, link: { href, text: 'Its records' } }]
}
