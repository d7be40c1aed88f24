import { Html } from '@elysiajs/html'
import { addressOf, type Href, type Selection } from '../address.ts'
import { Empty } from './empty.tsx'

/** In place of figures where a selection has none: whether the filters or the period are too narrow, and the way to more. */
export function NothingFound(props: { readonly path: Href; readonly selection: Selection }): string {
  const { path, selection } = props
  const isFiltered = Object.keys(selection.filter).length > 0
  const isAll = selection.period === 'all'
  const element = (
    <section class="card">
      {isFiltered ? (
        <Empty
          why="No run fits these filters."
          todo={{ href: addressOf(path, { ...selection, filter: {} }), text: 'Show all runs of the period' }}
        />
      ) : isAll ? (
        <Empty why="There is no run yet." todo={{ href: '/', text: 'See how to send one' }} />
      ) : (
        <Empty
          why="No run began in this period."
          todo={{ href: addressOf(path, { ...selection, period: 'all' }), text: 'Show all there is' }}
        />
      )}
    </section>
  )
  return String(element)
}
