import { Html } from '@elysiajs/html'
import { addressOf } from '../address.ts'
import type { FilterView } from '../filter-view.ts'
import { Link } from './link.tsx'

/** Which page of a list this is, and which is the last one; both count from 1. */
export type PagesView = { readonly page: number; readonly last: number }

export type PagesProps = {
  readonly label: string
  readonly pages: PagesView
  readonly of: Pick<FilterView, 'path' | 'selection' | 'kept'>
}

/** The ways to the pages of a list: the neighbours, and by number the first, the last and those near this one. Nothing where there is but one. */
export function Pages(props: PagesProps): string {
  const { label, pages, of } = props
  const { page, last } = pages
  if (last === 1) return ''
  const hrefOf = (to: number) => addressOf(of.path, of.selection, { ...of.kept, ...(to > 1 && { page: String(to) }) })
  const element = (
    <nav class="pager" aria-label={Html.escapeHtml(label)}>
      {page === 1 ? <span class="muted">‹ previous</span> : <Link href={hrefOf(page - 1)} text="‹ previous" />}
      <span class="numbers">
        {numbersShown(pages).map((number, index, all) => (
          <>
            {number - (all[index - 1] ?? 0) > 1 ? <span aria-hidden="true">…</span> : ''}
            <Link href={hrefOf(number)} text={String(number)} label={`page ${number}`} isCurrent={number === page} />
          </>
        ))}
      </span>
      {page >= last ? <span class="muted">next ›</span> : <Link href={hrefOf(page + 1)} text="next ›" />}
    </nav>
  )
  return String(element)
}

/** Pages on either side of this one that are named. */
const nearby = 2

function numbersShown({ page, last }: PagesView): readonly number[] {
  return Array.from({ length: last }, (_, index) => index + 1).filter(
    (number) => number === 1 || number === last || Math.abs(number - page) <= nearby,
  )
}
