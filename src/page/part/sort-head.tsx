import { Html } from '@elysiajs/html'
import { addressOf, type Href, type Parameters, type Selection } from '../address.ts'
import { Link } from './link.tsx'

/** How a table is ordered: by the name of a column, `-` before it for the largest first. */
export type Order = `-${string}` | string

/** A column of a table: its name in the address, absent where the table cannot be ordered by it, and which end comes first. */
export type Column = { readonly title: string; readonly name?: string; readonly first?: 'smallest' | 'largest'; readonly isNumber?: true }

/** The heads of a table, as links that order it. The one that does says so; followed again, it turns the order round. */
export function SortHeads(props: {
  readonly columns: readonly Column[]
  readonly order: Order
  readonly path: Href
  readonly selection: Selection
  /** Parameters of the page that a new order keeps. */
  readonly kept: Parameters
}): string {
  const { columns, order, path, selection, kept } = props
  const element = (
    <thead>
      <tr>
        {columns.map(({ title, name, first, isNumber }) => {
          const direction = name === undefined ? undefined : directionOf(order, name)
          const next = direction === undefined ? first === 'largest' : direction === 'ascending'
          return (
            <th scope="col" class={isNumber ? 'number' : undefined} aria-sort={direction}>
              {name === undefined ? (
                <span safe>{title}</span>
              ) : (
                <Link
                  href={addressOf(path, selection, { ...kept, sort: `${next ? '-' : ''}${name}` })}
                  text={`${title}${arrowOf(direction)}`}
                />
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
  return String(element)
}

function directionOf(order: Order, name: string): 'ascending' | 'descending' | undefined {
  if (order === name) return 'ascending'
  return order === `-${name}` ? 'descending' : undefined
}

function arrowOf(direction: 'ascending' | 'descending' | undefined): string {
  if (direction === undefined) return ''
  return direction === 'ascending' ? ' ▲' : ' ▼'
}
