import { Html } from '@elysiajs/html'
import type { Breakdown } from '../../store/analysis-port.ts'
import type { Totals } from '../../store/count/totals.ts'
import { addressOf, type FilterName, type Href, refilter } from '../address.ts'
import { bar } from '../chart/bar.ts'
import type { Counting } from '../counting.ts'
import type { FilterView } from '../filter-view.ts'
import { formatCount } from '../format.ts'
import { barPartsOf, sumOf } from '../outcome.ts'
import { Count } from './count.tsx'
import { Empty } from './empty.tsx'
import { Link } from './link.tsx'
import { Rate } from './rate.tsx'

export type BreakdownProps = {
  readonly title: string
  /** What the groups share: a click on one filters the page by it. */
  readonly by: FilterName
  readonly breakdown: Breakdown
  readonly counting: Counting
  /** The page that is filtered, and by what it is now. One that takes no filter has no links. */
  readonly page: Pick<FilterView, 'path' | 'selection' | 'names'>
  /** How a value reads, where it is a code. */
  readonly nameOf?: (value: string) => string
  /** Whether runs that ended without success are counted alone; they have no success rate. */
  readonly hasRate?: boolean
  /** Whether it stands for itself, and not below a heading over several cards. */
  readonly isAlone?: boolean
}

/** Runs by the values of one field: a bar of outcomes, the count and the success rate of each; below them what was cut off or folded. */
export function BreakdownCard(props: BreakdownProps): string {
  const { title, hasRate = true, isAlone = false } = props
  const rows = rowsOf(props)
  const max = Math.max(...rows.map(({ counts }) => sumOf(counts)))
  const element = (
    <section class="card by">
      <table>
        <thead>
          <tr>
            <th scope="col">{isAlone ? <h2 safe>{title}</h2> : <h3 safe>{title}</h3>}</th>
            <th scope="col">runs</th>
            {hasRate ? <th scope="col">success</th> : ''}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <BreakdownRow row={row} max={max} counting={props.counting} hasRate={hasRate} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? <Empty why="No run of this selection says so." /> : ''}
    </section>
  )
  return String(element)
}

/** A row: a value with the page it filters, or a sum over several values, which no page of records shows alone. */
type Row = {
  readonly name: string
  readonly counts: Totals
  readonly value?: { readonly by: FilterName; readonly text: string; readonly href?: Href }
}

function rowsOf({ breakdown, by, page, nameOf }: BreakdownProps): readonly Row[] {
  const { groups, distinct, rest, folded } = breakdown
  const known = groups.map(({ value, counts }) => ({
    name: nameOf?.(value) ?? value,
    counts,
    value: { by, text: value, ...(page.names.length > 0 && { href: addressOf(page.path, refilter(page.selection, { [by]: value })) }) },
  }))
  const sums = [
    { name: `${formatCount(distinct - groups.length)} more`, counts: rest },
    { name: page.selection.isSingle ? 'other (too few runs)' : 'other (folded)', counts: folded },
  ]
  return [...known, ...sums.filter(({ counts }) => sumOf(counts) > 0)]
}

/** About how many lines of text such cards are high, one below the other: a row has its bar, a card its head and its edge. */
export function linesOf(breakdowns: readonly (Breakdown | undefined)[]): number {
  return breakdowns.reduce((sum, breakdown) => {
    if (breakdown === undefined) return sum
    const { groups, rest, folded } = breakdown
    const rows = groups.length + [rest, folded].filter((counts) => sumOf(counts) > 0).length
    return sum + cardLines + rows * rowLines
  }, 0)
}

const cardLines = 2.5
const rowLines = 1.5

function BreakdownRow(props: { readonly row: Row; readonly max: number; readonly counting: Counting; readonly hasRate: boolean }): string {
  const { name, counts, value } = props.row
  const safeBar = bar(barPartsOf(counts), props.max)
  const runs = sumOf(counts)
  const element = (
    <tr>
      <th scope="row">
        {value?.href === undefined ? (
          <span class={value === undefined ? 'muted' : undefined} safe>
            {name}
          </span>
        ) : (
          <Link href={value.href} text={name} />
        )}
        {safeBar}
      </th>
      <td>
        {value === undefined ? (
          <span safe>{formatCount(runs)}</span>
        ) : (
          <Count value={runs} counting={props.counting} filter={{ [value.by]: value.text }} />
        )}
      </td>
      {props.hasRate ? (
        <td>
          <Rate counts={counts} />
        </td>
      ) : (
        ''
      )}
    </tr>
  )
  return String(element)
}
