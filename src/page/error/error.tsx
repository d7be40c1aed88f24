import { Html } from '@elysiajs/html'
import type { Analysis } from '../../store/analysis-port.ts'
import { addressOf, errorPath, refilter } from '../address.ts'
import type { SeriesView } from '../chart/chart-data.ts'
import type { Counting } from '../counting.ts'
import { Layout } from '../frame/layout.tsx'
import { sumOf } from '../outcome.ts'
import { linesOf } from '../part/breakdown-card.tsx'
import { BreakdownCards, Breakdowns } from '../part/breakdowns.tsx'
import { FilterForm } from '../part/filter-form.tsx'
import { NothingFound } from '../part/nothing-found.tsx'
import { SealedHint } from '../part/sealed-hint.tsx'
import { RunsCard } from '../part/time-card.tsx'
import { leadOf } from '../period.ts'
import { NewestRuns } from '../record/newest-runs.tsx'
import { nameExitCode } from '../value-name.ts'
import { ErrorTiles } from './error-tiles.tsx'
import type { ErrorView } from './error-view.ts'
import { IssueForm } from './issue-form.tsx'
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
  const { group, muted, change, issue } = props.view
  const facts = [
    { name: 'Kind', text: group.category },
    { name: 'Exit codes', text: group.exitCodes.map((code) => nameExitCode(String(code))).join(', ') || 'none' },
    { name: 'First run (UTC)', text: group.firstAt || 'not known' },
    { name: 'Last run (UTC)', text: group.lastAt },
    { name: 'Fingerprint', text: group.fingerprint },
    {
      name: 'State',
      text: muted === undefined ? 'open' : `muted by ${muted.by} on ${muted.at} (UTC)${muted.note === '' ? '' : `: ${muted.note}`}`,
    },
  ]
  const element = (
    <section class="card">
      <dl class="facts-list columns">
        {facts.map(({ name, text }) => (
          <div>
            <dt safe>{name}</dt>
            <dd safe>{text}</dd>
          </div>
        ))}
      </dl>
      {change === undefined ? '' : <MuteForm target={change} isMuted={muted !== undefined} />}
      {issue === undefined ? '' : <IssueForm issue={issue} />}
    </section>
  )
  return String(element)
}

function Figures(props: { readonly view: ErrorView; readonly analysis: Analysis }): string {
  const { view, analysis } = props
  const { range } = analysis
  const { selection } = view.filter
  const path = errorPath(view.group.fingerprint)
  if (range === undefined || sumOf(analysis.total.counts) === 0) return NothingFound({ path, selection })
  const counting: Counting = { ...view.reach, range, selection: refilter(selection, { error: view.group.fingerprint }) }
  const series: SeriesView = { buckets: analysis.series, grain: view.grain, range }
  const { beside, below } = besideChart(analysis.by)
  const cards = { counting, page: view.filter, hasRate: false }
  const element = (
    <>
      <SealedHint counting={counting} />
      <ErrorTiles analysis={analysis} all={view.all ?? analysis} isBad={!view.group.isAborted} counting={counting} />
      <div class="beside">
        <RunsCard series={series} counting={counting} linesBeside={linesOf(Object.values(beside))} isFailed />
        <div>
          <BreakdownCards by={beside} {...cards} isAlone />
        </div>
      </div>
      <Breakdowns by={below} {...cards} />
      {view.samples === undefined ? '' : <Samples samples={view.samples} />}
      {view.reach.canOpen ? <NewestRuns runs={view.runs} href={addressOf('/records', counting.selection)} /> : ''}
    </>
  )
  return String(element)
}

/** What stands beside the chart, as far as it fills the room there: the scripts first. */
const besideFirst = ['script', 'exit_code', 'os', 'type'] as const
const besideLines = 14

function besideChart(by: Analysis['by']): { readonly beside: Analysis['by']; readonly below: Analysis['by'] } {
  const [first, ...more] = besideFirst
  const names: (keyof Analysis['by'])[] = [first]
  for (const name of more) if (linesOf([...names, name].map((own) => by[own])) <= besideLines) names.push(name)
  const isBeside = (name: string) => names.some((own) => own === name)
  const entries = Object.entries(by)
  return {
    beside: Object.fromEntries(entries.filter(([name]) => isBeside(name))),
    below: Object.fromEntries(entries.filter(([name]) => !isBeside(name))),
  }
}
