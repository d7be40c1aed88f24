import { Html } from '@elysiajs/html'
import type { FilterName, Selection } from '../address.ts'
import type { FilterView } from '../filter-view.ts'
import { FilterChips } from './filter-chips.tsx'
import { Compare, Field, Hidden, OwnField, Periods } from './filter-field.tsx'
import { SingleFilters } from './single-filter.tsx'

/**
 * Periods as links and all other filters as a GET form: the address is the whole state, and nothing needs a script. Where one filter may be asked for at
 * a time, each has a form of its own.
 */
export function FilterForm(props: { readonly view: FilterView }): string {
  if (props.view.selection.isSingle) return SingleFilters(props)
  const { path, selection, names, kept = {}, own = [], hasCompare } = props.view
  const leading = own.filter(({ leads }) => leads)
  const others = own.filter(({ leads }) => !leads)
  const shown = names.slice(0, shownAtOnce - leading.length)
  const more = names.slice(shown.length)
  const isOwn = (name: string) => own.some((filter) => filter.name === name)
  const isOpen =
    typeof selection.period !== 'string' ||
    more.some((name) => selection.filter[name] !== undefined) ||
    others.some(({ name }) => kept[name] !== undefined)
  const element = (
    <>
      <form class="filter" method="get" action={path} aria-label="filters">
        <Periods view={props.view} />
        {leading.map((filter) => (
          <OwnField filter={filter} value={kept[filter.name] ?? ''} />
        ))}
        {shown.map((name) => (
          <Field name={name} view={props.view} />
        ))}
        {hasCompare ? <Compare selection={selection} /> : ''}
        {typeof selection.period === 'string' ? <Hidden name="period" value={selection.period} /> : ''}
        {Object.entries(hiddenFilters(props.view)).map(([name, value]) => (
          <Hidden name={name} value={value} />
        ))}
        {Object.entries(kept).map(([name, value]) => (isOwn(name) ? '' : <Hidden name={name} value={value} />))}
        <button type="submit">Apply</button>
        <details open={isOpen}>
          <summary>More filters</summary>
          <div class="more">
            <Days selection={selection} />
            {more.map((name) => (
              <Field name={name} view={props.view} />
            ))}
            {others.map((filter) => (
              <OwnField filter={filter} value={kept[filter.name] ?? ''} />
            ))}
          </div>
        </details>
      </form>
      <FilterChips view={props.view} />
    </>
  )
  return String(element)
}

/** How many filters stand in the first line. */
const shownAtOnce = 3

/** Filters that came with the address and have no field: another filter shall not drop them. */
function hiddenFilters({ selection, names }: FilterView): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(selection.filter).filter(([name]) => !names.includes(name as FilterName)))
}

/** Own days. They win over a period by name, so that filling them in is enough. */
function Days(props: { readonly selection: Selection }): string {
  const { period } = props.selection
  const days = typeof period === 'string' ? { from: '', to: '' } : period
  const element = (
    <>
      {(['from', 'to'] as const).map((name) => (
        <div class="field">
          <label for={`by-${name}`}>{name} (UTC day)</label>
          <input id={`by-${name}`} type="date" name={name} value={Html.escapeHtml(days[name])} />
        </div>
      ))}
    </>
  )
  return String(element)
}
