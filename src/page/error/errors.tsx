import { Html } from '@elysiajs/html'
import type { Analysis } from '../../store/analysis-port.ts'
import { addressOf, type Href } from '../address.ts'
import type { SeriesView } from '../chart/chart-data.ts'
import type { Counting } from '../counting.ts'
import { Layout } from '../frame/layout.tsx'
import { sumOf, type Whole, wholeOf } from '../outcome.ts'
import { BreakdownCard, linesOf } from '../part/breakdown-card.tsx'
import { Breakdowns } from '../part/breakdowns.tsx'
import { Empty } from '../part/empty.tsx'
import { FilterForm } from '../part/filter-form.tsx'
import { NothingFound } from '../part/nothing-found.tsx'
import { Pages } from '../part/pages.tsx'
import { SealedHint } from '../part/sealed-hint.tsx'
import { Tabs } from '../part/tabs.tsx'
import { RunsCard } from '../part/time-card.tsx'
import { TotalTiles } from '../part/total-tiles.tsx'
import { leadOf } from '../period.ts'
import { ErrorTable } from './error-table.tsx'
import type { ErrorState, ErrorsView } from './errors-view.ts'
import { FoldedGroups } from './folded-groups.tsx'

const path: Href = '/error-analysis'

/** `/error-analysis`: runs that did not succeed, one row a group of errors. */
export function Errors(props: { readonly view: ErrorsView }): string {
  const { view } = props
  const { analysis, filter } = view
  return Layout({
    title: 'Errors',
    current: 'errors',
    frame: view.frame,
    ...(analysis?.range && { lead: leadOf(filter.selection, analysis.range) }),
    children: [<FilterForm view={filter} />, analysis === undefined ? '' : <Figures view={view} analysis={analysis} />],
  })
}

function Figures(props: { readonly view: ErrorsView; readonly analysis: Analysis }): string {
  const { view, analysis } = props
  const { range } = analysis
  const { selection } = view.filter
  const { category, ...by } = analysis.by
  if (range === undefined || sumOf(analysis.total.counts) === 0) return NothingFound({ path, selection })
  const counting: Counting = { ...view.reach, selection, range }
  const series: SeriesView = { buckets: analysis.series, grain: view.grain, range }
  const element = (
    <>
      <SealedHint counting={counting} />
      <TotalTiles analysis={analysis} counting={counting} />
      <div class="beside">
        <RunsCard series={series} counting={counting} linesBeside={linesOf([category])} />
        {category === undefined ? (
          ''
        ) : (
          <BreakdownCard
            isAlone
            title="Kind of failure"
            by="category"
            breakdown={category}
            counting={counting}
            page={view.filter}
            hasRate={false}
          />
        )}
      </div>
      <Groups view={view} counting={counting} whole={wholeOf(analysis)} />
      <Breakdowns by={by} counting={counting} page={view.filter} />
    </>
  )
  return String(element)
}

const states: readonly ErrorState[] = ['open', 'muted']

function Groups(props: { readonly view: ErrorsView; readonly counting: Counting; readonly whole: Whole | undefined }): string {
  const { view, counting, whole } = props
  const { groups, state, counts, foldedRuns, pages } = view
  const tabs = states.map((name) => ({
    text: name,
    href: addressOf(path, counting.selection, { state: name }),
    count: counts[name],
    isCurrent: name === state,
  }))
  const element = (
    <section class="card">
      <h2>Groups of errors</h2>
      <Tabs label="state of the groups" tabs={tabs} />
      {groups.length === 0 ? (
        <Empty why={pages.page > pages.last ? 'There is no such page.' : whyEmpty[state]} />
      ) : (
        <ErrorTable groups={groups} counting={counting} whole={whole} />
      )}
      <FoldedGroups runs={foldedRuns} selection={view.filter.selection} frame={view.frame} />
      <Pages label="pages of groups" pages={pages} of={view.filter} />
    </section>
  )
  return String(element)
}

const whyEmpty: Readonly<Record<ErrorState, string>> = {
  open: 'No open group of errors in this selection: every run succeeded, or what failed is muted.',
  muted: 'No group is muted. Open a group to mute it.',
}
