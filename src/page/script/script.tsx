import { Html } from '@elysiajs/html'
import type { Analysis } from '../../store/analysis-port.ts'
import { addressOf, refilter, scriptPath } from '../address.ts'
import type { SeriesView } from '../chart/chart-data.ts'
import type { Counting } from '../counting.ts'
import { ErrorList, linesOfList } from '../error/error-list.tsx'
import { Layout } from '../frame/layout.tsx'
import { sumOf, wholeOf } from '../outcome.ts'
import { Breakdowns } from '../part/breakdowns.tsx'
import { Empty } from '../part/empty.tsx'
import { FilterForm } from '../part/filter-form.tsx'
import { Link } from '../part/link.tsx'
import { NothingFound } from '../part/nothing-found.tsx'
import { SealedHint } from '../part/sealed-hint.tsx'
import { DurationCard, RateCard, ResourceCard, RunsCard } from '../part/time-card.tsx'
import { TotalTiles } from '../part/total-tiles.tsx'
import { leadOf } from '../period.ts'
import { NewestRuns } from '../record/newest-runs.tsx'
import type { ScriptView } from './script-view.ts'

/** `/scripts/{name}`: how one script does over time, where it fails, and its newest runs. */
export function Script(props: { readonly view: ScriptView }): string {
  const { view } = props
  const { analysis, filter, name } = view
  return Layout({
    title: name,
    current: 'scripts',
    frame: view.frame,
    ...(analysis?.range && { lead: leadOf(filter.selection, analysis.range) }),
    children: [<FilterForm view={filter} />, analysis === undefined ? '' : <Figures view={view} analysis={analysis} />],
  })
}

function Figures(props: { readonly view: ScriptView; readonly analysis: Analysis }): string {
  const { view, analysis } = props
  const { range } = analysis
  const path = scriptPath(view.name)
  if (range === undefined || sumOf(analysis.total.counts) === 0) return NothingFound({ path, selection: view.filter.selection })
  const series: SeriesView = { buckets: analysis.series, grain: view.grain, range }
  const counting: Counting = { ...view.reach, range, selection: refilter(view.filter.selection, { script: view.name }) }
  const element = (
    <>
      <SealedHint counting={counting} />
      <TotalTiles analysis={analysis} counting={counting} />
      <div class="beside">
        <RunsCard series={series} counting={counting} linesBeside={linesOfList(view.errors)} />
        <TopErrors view={view} analysis={analysis} counting={counting} />
      </div>
      <div class="halves">
        <RateCard series={series} />
        <DurationCard series={series} />
      </div>
      <ResourceCard series={series} />
      <Breakdowns by={analysis.by} counting={counting} page={view.filter} />
      {view.reach.canOpen ? <NewestRuns runs={view.runs} href={addressOf('/records', counting.selection)} /> : ''}
    </>
  )
  return String(element)
}

function TopErrors(props: { readonly view: ScriptView; readonly analysis: Analysis; readonly counting: Counting }): string {
  const { view, analysis, counting } = props
  const element = (
    <section class="card">
      <h2>Its top errors</h2>
      {view.errors.length === 0 ? (
        <Empty why="No run of this selection failed with an error." />
      ) : (
        <ErrorList errors={view.errors} whole={wholeOf(analysis)} />
      )}
      {view.frame.isPublished ? '' : <AllErrors counting={counting} />}
    </section>
  )
  return String(element)
}

function AllErrors(props: { readonly counting: Counting }): string {
  const element = (
    <p>
      <Link href={addressOf('/error-analysis', props.counting.selection)} text="All its errors" />
    </p>
  )
  return String(element)
}
