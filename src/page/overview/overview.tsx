import { Html } from '@elysiajs/html'
import type { Analysis, Breakdown } from '../../store/analysis-port.ts'
import { addressOf, type Href } from '../address.ts'
import type { SeriesView } from '../chart/chart-data.ts'
import type { Counting } from '../counting.ts'
import { ErrorList, linesOfList } from '../error/error-list.tsx'
import { FoldedGroups } from '../error/folded-groups.tsx'
import { Layout } from '../frame/layout.tsx'
import { sumOf, wholeOf } from '../outcome.ts'
import { Breakdowns } from '../part/breakdowns.tsx'
import { Empty } from '../part/empty.tsx'
import { FilterForm } from '../part/filter-form.tsx'
import { Link } from '../part/link.tsx'
import { NothingFound } from '../part/nothing-found.tsx'
import { SealedHint } from '../part/sealed-hint.tsx'
import { SendCard } from '../part/send-card.tsx'
import { DurationCard, RateCard, ResourceCard, RunsCard } from '../part/time-card.tsx'
import { TotalTiles } from '../part/total-tiles.tsx'
import { leadOf } from '../period.ts'
import { ScriptTable } from '../script/script-table.tsx'
import type { LookView, OverviewView } from './overview-view.ts'

const path: Href = '/dashboard'

/** `/` and `/dashboard`: what needs a look first, then how much ran and how it ended, then of what kind it was. */
export function Overview(props: { readonly view: OverviewView }): string {
  const { view } = props
  const { analysis, firstEvent } = view
  return Layout({
    title: 'Overview',
    current: 'overview',
    frame: view.frame,
    ...(analysis?.range && { lead: leadOf(view.filter.selection, analysis.range) }),
    children:
      firstEvent === undefined
        ? [<FilterForm view={view.filter} />, analysis === undefined ? '' : <Figures view={view} analysis={analysis} />]
        : [<SendCard view={firstEvent} />],
  })
}

function Figures(props: { readonly view: OverviewView; readonly analysis: Analysis }): string {
  const { view, analysis } = props
  const { range } = analysis
  if (range === undefined || sumOf(analysis.total.counts) === 0) return NothingFound({ path, selection: view.filter.selection })
  const counting: Counting = { ...view.reach, selection: view.filter.selection, range }
  const series: SeriesView = { buckets: analysis.series, grain: view.grain, range }
  const { script: scripts, ...by } = analysis.by
  const element = (
    <>
      <Looks looks={view.looks} />
      <SealedHint counting={counting} />
      <TotalTiles analysis={analysis} counting={counting} />
      <div class="beside">
        <RunsCard series={series} counting={counting} linesBeside={linesOfList(view.errors)} />
        <section class="card">
          <h2>New or growing errors</h2>
          {view.errors.length === 0 ? (
            <Empty why="None is new, none grows." />
          ) : (
            <ErrorList errors={view.errors} whole={wholeOf(analysis)} />
          )}
          <FoldedGroups runs={by.error === undefined ? 0 : sumOf(by.error.folded)} selection={counting.selection} frame={view.frame} />
          <p>
            <Link href={addressOf('/error-analysis', counting.selection)} text="All errors" />
          </p>
        </section>
      </div>
      {scripts === undefined ? '' : <Scripts breakdown={scripts} counting={counting} />}
      <Breakdowns by={by} counting={counting} page={view.filter} />
      <h2>Over time</h2>
      <div class="halves">
        <RateCard series={series} />
        <DurationCard series={series} />
      </div>
      <ResourceCard series={series} />
    </>
  )
  return String(element)
}

/** What is wrong now. A calm line where nothing is, so that the place is not taken for missing. */
function Looks(props: { readonly looks: readonly LookView[] }): string {
  const { looks } = props
  const isCalm = looks.every(({ tone }) => tone === 'usual')
  const element = (
    <section class={`card looks ${isCalm ? 'good' : 'bad'}`} aria-label="what needs a look">
      <ul>
        {isCalm ? (
          <li class="good">
            <span aria-hidden="true">✓</span> Nothing needs a look: no script fails more than it used to.
          </li>
        ) : (
          ''
        )}
        {looks.map(({ tone, text, link }) => (
          <li class={tone}>
            <span aria-hidden="true" safe>
              {signs[tone]}
            </span>{' '}
            <span safe>{text}</span> <Link href={link.href} text={link.text} />
          </li>
        ))}
      </ul>
    </section>
  )
  return String(element)
}

const signs: Readonly<Record<LookView['tone'], string>> = { bad: '✕', odd: '!', usual: '?' }

function Scripts(props: { readonly breakdown: Breakdown; readonly counting: Counting }): string {
  const { breakdown, counting } = props
  const element = (
    <section class="card">
      <h2>Scripts</h2>
      <ScriptTable groups={breakdown.groups} counting={counting} />
      <p>
        <Link
          href={addressOf('/script-analysis', counting.selection)}
          text={breakdown.distinct === 1 ? 'All scripts' : `All ${breakdown.distinct} scripts`}
        />
      </p>
    </section>
  )
  return String(element)
}
