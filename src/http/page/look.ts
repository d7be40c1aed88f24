import { dayMs, dayOf } from '../../base/clock.ts'
import { addressOf, type Href, type Selection, scriptPath } from '../../page/address.ts'
import { formatCount, formatDay, formatMany, formatShare } from '../../page/format.ts'
import type { LookView } from '../../page/overview-view.ts'
import type { Analysis, AnalysisQuery, DayRange } from '../../store/analysis-port.ts'
import { dimensionRules } from '../../store/dimension.ts'
import { unendedBefore } from '../unended.ts'
import { findFailingScripts } from './failing-script.ts'
import type { ServiceState } from './service-state.ts'

const recentDays = 2
const pastDays = 28
/** More scripts than this are a common cause, and no list of them makes it clearer. */
const failingMax = 5

/**
 * What is asked to find out what needs a look now, whatever the period of the page: the last two days by script, the 28 days before, and the hours of
 * the last day, so that one answer also says how many runs are without an end.
 */
export function lookQuery(now: number): Required<Pick<AnalysisQuery, 'range' | 'previous' | 'grain' | 'by'>> {
  const toDay = dayOf(unendedBefore(now) - 1)
  const fromDay = toDay - recentDays + 1
  return {
    range: { fromDay, toDay },
    previous: { fromDay: fromDay - pastDays, toDay: fromDay - 1 },
    grain: 'hour',
    by: { script: dimensionRules.script.valuesMax },
  }
}

export type LookFacts = {
  /** The answer to `lookQuery`. */
  readonly recent: Analysis
  readonly now: number
  /** The filters of the page hold for what needs a look as well. */
  readonly selection: Selection
  /** How the parts are; absent for who did not sign in, who is shown no records either. */
  readonly state?: ServiceState
}

/** What needs a look first: what is broken for everybody, then scripts that fail more than they used to, then runs that never ended. */
export function looksOf({ recent, now, selection, state }: LookFacts): readonly LookView[] {
  const { range, previous } = lookQuery(now)
  const own = (days: DayRange): Selection => ({
    ...selection,
    period: { from: formatDay(days.fromDay), to: formatDay(days.toDay) },
    compares: true,
  })
  return [
    ...(state === undefined ? [] : looksOfParts(state)),
    ...looksOfScripts(recent, own(range)),
    ...(state === undefined ? [] : looksOfUnended(recent, now, own({ fromDay: previous.fromDay, toDay: range.toDay }))),
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

function looksOfUnended(recent: Analysis, now: number, selection: Selection): readonly LookView[] {
  const count = countUnended(recent, now)
  if (count === 0) return []
  const href: Href = addressOf('/records', selection, { unended: 'yes' })
  const text = `${formatMany(count, 'run')} of the last 30 days ${count === 1 ? 'is' : 'are'} without an end for more than two hours.`
  return [{ tone: 'odd', text, link: { href, text: 'Its records' } }]
}

/** Runs of both ranges without an end, less those of the last day that began too late to have ended. */
function countUnended({ total, previous, series }: Analysis, now: number): number {
  const late = series.filter(({ start }) => start >= unendedBefore(now) && start < Math.ceil(now / dayMs) * dayMs)
  const sums = [total.counts, previous?.counts].map((counts) =>
    counts === undefined ? 0 : counts.installing + counts.validation + counts.configuring,
  )
  const all = sums.reduce((sum, one) => sum + one, 0)
  return all - late.reduce((sum, { counts }) => sum + counts.installing + counts.validation + counts.configuring, 0)
}
