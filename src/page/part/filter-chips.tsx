import { Html } from '@elysiajs/html'
import { addressOf, type FilterName, filterTitles, type Href, refilter } from '../address.ts'
import type { FilterView } from '../filter-view.ts'
import { Link } from './link.tsx'

/** The filters that are on, each with the way to the page without it. Nothing where none is. */
export function FilterChips(props: { readonly view: FilterView }): string {
  const chips = chipsOf(props.view)
  if (chips.length === 0) return ''
  const element = (
    <ul class="chips" aria-label="filters that are on">
      {chips.map(({ text, href }) => (
        <li>
          <span safe>{text}</span> <Link href={href} text="✕" label={`remove ${text}`} />
        </li>
      ))}
    </ul>
  )
  return String(element)
}

type Chip = { readonly text: string; readonly href: Href }

/** Without its own days a page goes back to thirty. */
function chipsOf({ path, selection, kept = {}, own = [] }: FilterView): readonly Chip[] {
  const { period } = selection
  const days =
    typeof period === 'string'
      ? []
      : [{ text: `${period.from} to ${period.to}`, href: addressOf(path, { ...selection, period: '30d' }, kept) }]
  const filters = Object.entries(selection.filter).map(([name, value]) => ({
    text: `${filterTitles[name as FilterName]}: ${value}`,
    href: addressOf(path, refilter(selection, { [name]: undefined }), kept),
  }))
  const ownOnes = own.flatMap(({ name, title }) => {
    const { [name]: value, ...others } = kept
    return value === undefined ? [] : [{ text: `${title}: ${value}`, href: addressOf(path, selection, others) }]
  })
  return [...days, ...filters, ...ownOnes]
}
