import { Html } from '@elysiajs/html'
import type { Analysis } from '../../store/analysis-port.ts'
import { addressOf, errorPath, refilter } from '../address.ts'
import type { SeriesView } from '../chart/chart-data.ts'
import type { Counting } from '../counting.ts'
import { Layout } from '../frame/layout.tsx'
import { sumOf } from '../outcome.ts'
import { BreakdownCard } from '../part/breakdown-card.tsx'
import { Breakdowns } from '../part/breakdowns.tsx'
import { FilterForm } from '../part/filter-form.tsx'
import { NothingFound } from '../part/nothing-found.tsx'
import { SealedHint } from '../part/sealed-hint.tsx'
import { RunsCard } from '../part/time-card.tsx'
import { TotalTiles } from '../part/total-tiles.tsx'
import { leadOf } from '../period.ts'
import { NewestRuns } from '../record/newest-runs.tsx'
import { nameExitCode } from '../value-name.ts'
import type { ErrorView } from './error-view.ts'
import { MuteForm } from './mute-form.tsx'
import { Samples } from './samples.tsx'

/** `/errors/{fingerprint}`: one group of errors, where and since when it comes, and what runs printed before it. */
export function ErrorGroup(props: { readonly view: ErrorView }): string {
  const { view } = props
  const { analysis, filter, group } = view
  return Layout({
    title: group.text,
    current: 'errors',
    frame: view.frame,
    ...(analysis?.range && { lead: leadOf(filter.selection, analysis.range) }),
    children: [
      <Facts view={view} />,
      <FilterForm view={filter} />,
      analysis === undefined ? '' : <Figures view={view} analysis={analysis} />,
    ],
  })
}

function Facts(props: { readonly view: ErrorView }): string {
  const { group, muted, change } = props.view
  const element = (
    <section class="card">
      <dl class="facts-list">
        <dt>Kind</dt>
        <dd safe>{group.category}</dd>
        <dt>Exit codes</dt>
        <dd safe>{group.exitCodes.map((code) => nameExitCode(String(code))).join(', ') || 'none'}</dd>
        <dt>First run (UTC)</dt>
        <dd safe>{group.firstAt}</dd>
        <dt>Last run (UTC)</dt>
        <dd safe>{group.lastAt}</dd>
        <dt>Fingerprint</dt>
        <dd>
          <code safe>{group.fingerprint}</code>
        </dd>
        <dt>State</dt>
        <dd safe>
          {muted === undefined ? 'open' : `muted by ${muted.by} on ${muted.at} (UTC)${muted.note === '' ? '' : `: ${muted.note}`}`}
        </dd>
      </dl>
      {change === undefined ? '' : <MuteForm target={change} isMuted={muted !== undefined} />}
    </section>
  )
  return String(element)
}

function Figures(props: { readonly view: ErrorView; readonly analysis: Analysis }): string {
  const { view, analysis } = props
  const { range } = analysis
  const { selection } = view.filter
  const { script, ...by } = analysis.by
  const path = errorPath(view.group.fingerprint)
  if (range === undefined || sumOf(analysis.total.counts) === 0) return NothingFound({ path, selection })
  const counting: Counting = { ...view.reach, range, selection: refilter(selection, { error: view.group.fingerprint }) }
  const series: SeriesView = { buckets: analysis.series, grain: view.grain, range }
  const element = (
    <>
      <SealedHint counting={counting} />
      <TotalTiles analysis={analysis} counting={counting} hasRate={false} />
      <div class="beside">
        <RunsCard series={series} counting={counting} />
        {script === undefined ? (
          ''
        ) : (
          <BreakdownCard isAlone title="Script" by="script" breakdown={script} counting={counting} page={view.filter} hasRate={false} />
        )}
      </div>
      <Breakdowns by={by} counting={counting} page={view.filter} hasRate={false} />
      {view.samples === undefined ? '' : <Samples samples={view.samples} />}
      {view.reach.canOpen ? <NewestRuns runs={view.runs} href={addressOf('/records', counting.selection)} /> : ''}
    </>
  )
  return String(element)
}
