import { Html } from '@elysiajs/html'
import type { Analysis } from '../../store/analysis-port.ts'
import type { Counting } from '../counting.ts'
import { formatCount, formatShare } from '../format.ts'
import { outcomesOf, sumOf, wholeOf } from '../outcome.ts'
import { CountChange } from '../part/change.tsx'
import { Count } from '../part/count.tsx'
import { Tile } from '../part/tile.tsx'

export type ErrorTilesProps = {
  /** Of the group alone. */
  readonly analysis: Analysis
  /** All runs of the selection, whatever became of them. */
  readonly all: Pick<Analysis, 'total' | 'previous' | 'isRunning'>
  /** Whether more of its runs are bad. */
  readonly isBad: boolean
  readonly counting: Counting
}

const ways = [
  { name: 'failed', title: 'Failed' },
  { name: 'aborted', title: 'Aborted' },
  { name: 'unknown', title: 'No end known' },
] as const

/** How many runs ended with an error, what share of all runs that is, and in which ways they ended, where that is more than one. */
export function ErrorTiles(props: ErrorTilesProps): string {
  const { analysis, all, isBad, counting } = props
  const { total, previous, by } = analysis
  const runs = sumOf(total.counts)
  const allRuns = sumOf(all.total.counts)
  const outcomes = outcomesOf(total.counts)
  const shown = ways.filter(({ name }) => outcomes[name] > 0)
  const element = (
    <dl class="tiles">
      <Tile name="Runs" safeFigure={Count({ value: runs, counting, filter: {} })}>
        {previous === undefined ? '' : <CountChange now={runs} before={sumOf(previous.counts)} badOf={isBad ? wholeOf(all) : undefined} />}
      </Tile>
      <Tile name="Of all runs" safeFigure={formatShare(allRuns === 0 ? 0 : runs / allRuns)}>
        <small safe>{`n ${formatCount(allRuns)}`}</small>
      </Tile>
      {shown.length < 2
        ? ''
        : shown.map(({ name, title }) => (
            <Tile name={title} safeFigure={Count({ value: outcomes[name], counting, filter: { status: name } })}>
              <span safe>{`${formatShare(outcomes[name] / runs)} of them`}</span>
            </Tile>
          ))}
      {by.script === undefined ? '' : <Tile name="Scripts it comes with" safeFigure={formatCount(by.script.distinct)} />}
    </dl>
  )
  return String(element)
}
