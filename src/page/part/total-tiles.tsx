import { Html } from '@elysiajs/html'
import { unendedStages } from '../../event/run.ts'
import { rateRunsMin, successRate } from '../../event/success-rate.ts'
import type { Analysis } from '../../store/analysis-port.ts'
import type { Counting } from '../counting.ts'
import { formatCount, formatSeconds, formatShare } from '../format.ts'
import { outcomesOf, sumOf, type Whole, wholeOf } from '../outcome.ts'
import { CountChange, RateChange, TimeChange } from './change.tsx'
import { Count } from './count.tsx'
import { Tile } from './tile.tsx'

export type TotalTilesProps = {
  readonly analysis: Analysis
  readonly counting: Counting
}

/** The figures of the whole selection, each with its change to the period before. */
export function TotalTiles(props: TotalTilesProps): string {
  const { total, previous } = props.analysis
  const now = outcomesOf(total.counts)
  const before = previous && outcomesOf(previous.counts)
  const count = (value: number, status?: string) =>
    Count({ value, counting: props.counting, filter: status === undefined ? {} : { status } })
  const change = (of: number, to: number | undefined, badOf?: Whole) =>
    to === undefined ? '' : <CountChange now={of} before={to} badOf={badOf} />
  const whole = wholeOf(props.analysis)
  const element = (
    <dl class="tiles">
      <Tile name="Runs" safeFigure={count(sumOf(total.counts))}>
        {change(sumOf(total.counts), previous && sumOf(previous.counts))}
      </Tile>
      <RateTile {...props} />
      <Tile name="Failed" safeFigure={count(now.failed, 'failed')}>
        {change(now.failed, before?.failed, whole)}
      </Tile>
      <Tile name="Aborted" safeFigure={count(now.aborted, 'aborted')}>
        {change(now.aborted, before?.aborted)}
      </Tile>
      <RunningTile {...props} />
      <Tile name="No end known" safeFigure={count(now.unknown, 'unknown')}>
        {change(now.unknown, before?.unknown, whole)}
      </Tile>
      <MedianTile {...props} />
    </dl>
  )
  return String(element)
}

function RateTile(props: TotalTilesProps): string {
  const { total, previous } = props.analysis
  const { share, runs } = successRate(total.counts)
  const element = (
    <Tile name="Success" safeFigure={runs < rateRunsMin ? 'too few' : formatShare(share)}>
      {previous === undefined ? '' : <RateChange now={total.counts} before={previous.counts} />}{' '}
      <small safe>{`n ${formatCount(runs)}`}</small>
    </Tile>
  )
  return String(element)
}

function RunningTile(props: TotalTilesProps): string {
  const { total, previous } = props.analysis
  const { running } = outcomesOf(total.counts)
  const safeChange = previous === undefined ? '' : `${CountChange({ now: running, before: outcomesOf(previous.counts).running })} ·`
  const element = (
    <Tile name="Running" safeFigure={formatCount(running)}>
      {safeChange} <Stages {...props} />
    </Tile>
  )
  return String(element)
}

/** Where the runs are that have not ended: each stage opens its records. */
function Stages(props: TotalTilesProps): string {
  const { counts } = props.analysis.total
  const shown = unendedStages.filter((name) => counts[name] > 0)
  const element = (
    <>
      {shown.map((name) => (
        <>
          <span>
            {name} <Count value={counts[name]} counting={props.counting} filter={{ status: name }} />
          </span>{' '}
        </>
      ))}
    </>
  )
  return shown.length === 0 ? '<span class="muted">every run has ended</span>' : String(element)
}

const noneBefore = '<span class="muted">none before</span>'

function MedianTile(props: TotalTilesProps): string {
  const { total, previous } = props.analysis
  const { durations } = total
  const before = previous?.durations
  if (durations === undefined)
    return Tile({ name: 'Median time', safeFigure: '–', children: '<span class="muted">no run said how long it took</span>' })
  const compared = before === undefined ? noneBefore : TimeChange({ now: durations.p50, before: before.p50 })
  const safeChange = previous === undefined ? '' : `${compared} ·`
  const element = (
    <Tile name="Median time" safeFigure={formatSeconds(durations.p50)}>
      {safeChange} <span safe>{`95 % in ${formatSeconds(durations.p95)}`}</span> <small safe>{`n ${formatCount(durations.count)}`}</small>
    </Tile>
  )
  return String(element)
}
