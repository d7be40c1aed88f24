import { Html } from '@elysiajs/html'
import type { PropsWithChildren } from '@kitajs/html'
import { filterTitles } from '../address.ts'
import type { FilterView } from '../filter-view.ts'
import { FilterChips } from './filter-chips.tsx'
import { Compare, Field, Hidden, OwnField, Periods } from './filter-field.tsx'

/** Periods, and a form for each filter: to send one takes the place of the other. Own days are not asked for. */
export function SingleFilters(props: { readonly view: FilterView }): string {
  const { view } = props
  const { selection, names, own = [], hasCompare } = view
  const element = (
    <>
      <div class="filter">
        <Periods view={view} />
        {hasCompare ? (
          <FilterForm view={view} title="comparison" sets="compare">
            <Compare selection={selection} />
          </FilterForm>
        ) : (
          ''
        )}
        {own.map((filter) => (
          <FilterForm view={view} title={filter.title} sets={filter.name}>
            <OwnField filter={filter} value={view.kept?.[filter.name] ?? ''} />
          </FilterForm>
        ))}
        {names.length === 0 ? '' : <Filters view={view} />}
      </div>
      <FilterChips view={view} />
    </>
  )
  return String(element)
}

function Filters(props: { readonly view: FilterView }): string {
  const { view } = props
  const element = (
    <details open={Object.keys(view.selection.filter).length > 0}>
      <summary>One filter at a time; signed in, any together</summary>
      <div class="more">
        {view.names.map((name) => (
          <FilterForm view={view} title={filterTitles[name]} sets={name}>
            <Field name={name} view={view} />
          </FilterForm>
        ))}
      </div>
    </details>
  )
  return String(element)
}

type FormProps = PropsWithChildren<{
  readonly view: FilterView
  readonly title: string /** The parameter that is asked for. */
  readonly sets: string
}>

/** A form for one parameter. Everything else that is asked for stays as it is; but a filter takes the place of the one before. */
function FilterForm({ view, title, sets, children }: FormProps): string {
  const { path, selection, kept } = view
  const { period, compares, filter } = selection
  const asked = {
    ...(typeof period === 'string' && { period }),
    ...(!compares && { compare: 'none' }),
    ...(sets in filterTitles ? {} : filter),
    ...kept,
  }
  const element = (
    <form class="filter" method="get" action={path} aria-label={Html.escapeHtml(title)}>
      {Object.entries(asked).map(([name, value]) => (name === sets ? '' : <Hidden name={name} value={value} />))}
      {children}
      <button type="submit">Apply</button>
    </form>
  )
  return String(element)
}
