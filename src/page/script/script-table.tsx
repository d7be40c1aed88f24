import { Html } from '@elysiajs/html'
import { rateRunsMin, successRate } from '../../event/success-rate.ts'
import type { Group } from '../../store/analysis-port.ts'
import { addressOf, type Href, type Parameters, refilter, scriptPath } from '../address.ts'
import { bar } from '../chart/bar.ts'
import { sparkline } from '../chart/sparkline.ts'
import type { Counting } from '../counting.ts'
import { formatDay, formatSeconds } from '../format.ts'
import { barPartsOf, sumOf } from '../outcome.ts'
import { CountChange, RateChange } from '../part/change.tsx'
import { Count } from '../part/count.tsx'
import { Link } from '../part/link.tsx'
import { Rate } from '../part/rate.tsx'
import { type Column, type Order, SortHeads } from '../part/sort-head.tsx'
import { WideTable } from '../part/wide-table.tsx'

export type ScriptTableProps = {
  readonly groups: readonly Group[]
  readonly counting: Counting
  /** How the table is ordered, where its heads lead, and what they keep of the address; absent where it has one order. */
  readonly order?: { readonly by: Order; readonly path: Href; readonly kept?: Parameters | undefined }
}

/** The columns, with the names by which an address orders them. */
export const scriptColumns: readonly Column[] = [
  { title: 'script', name: 'script', first: 'smallest' },
  { title: 'runs', name: 'runs', first: 'largest', isNumber: true },
  { title: '± runs', name: 'change', first: 'largest' },
  { title: 'success', name: 'success', first: 'smallest', isNumber: true },
  { title: '± success' },
  { title: 'outcomes' },
  { title: '14 days' },
  { title: 'median time', name: 'median', first: 'largest', isNumber: true },
  { title: 'last run', name: 'last', first: 'largest' },
]

/** Scripts, one a row. Rows with too few runs for a rate are grey. */
export function ScriptTable(props: ScriptTableProps): string {
  const { groups, counting, order } = props
  const columns = order === undefined ? scriptColumns.map(({ name: _, ...column }) => column) : scriptColumns
  const element = (
    <WideTable label="scripts">
      <SortHeads
        columns={columns}
        order={order?.by ?? ''}
        path={order?.path ?? '/script-analysis'}
        selection={counting.selection}
        kept={order?.kept ?? {}}
      />
      <tbody>
        {groups.map((group) => (
          <ScriptRow group={group} counting={counting} />
        ))}
      </tbody>
    </WideTable>
  )
  return String(element)
}

function ScriptRow(props: { readonly group: Group; readonly counting: Counting }): string {
  const { value, counts, previous, durations, lastDay, trend } = props.group
  const runs = sumOf(counts)
  const safeBar = bar(barPartsOf(counts), runs)
  const safeTrend = trend === undefined ? '' : sparkline(trend)
  const element = (
    <tr class={successRate(counts).runs < rateRunsMin ? 'few' : undefined}>
      <th scope="row">
        <Link href={addressOf(scriptPath(value), refilter(props.counting.selection, { script: undefined }))} text={value} isCut />
      </th>
      <td class="number">
        <Count value={runs} counting={props.counting} filter={{ script: value }} />
      </td>
      <td>{previous === undefined ? '' : <CountChange now={runs} before={sumOf(previous)} />}</td>
      <td class="number">
        <Rate counts={counts} />
      </td>
      <td>{previous === undefined ? '' : <RateChange now={counts} before={previous} />}</td>
      <td>{safeBar}</td>
      <td>{safeTrend}</td>
      <td class="number" safe>
        {durations === undefined ? '–' : formatSeconds(durations.p50)}
      </td>
      <td safe>{formatDay(lastDay)}</td>
    </tr>
  )
  return String(element)
}
