import { Html } from '@elysiajs/html'
import { addressOf, type FilterName, filterTitles, type Period, periods, type Selection } from '../address.ts'
import type { FilterView, OwnFilterView } from '../filter-view.ts'
import { FilterChips } from './filter-chips.tsx'
import { Link } from './link.tsx'

/** Periods as links and all other filters as a GET form: the address is the whole state, and nothing needs a script. */
export function FilterForm(props: { readonly view: FilterView }): string {
  const { path, selection, names, kept = {}, own = [], hasCompare } = props.view
  const shown = names.slice(0, shownAtOnce)
  const more = names.slice(shownAtOnce)
  const isOwn = (name: string) => own.some((filter) => filter.name === name)
  const isOpen =
    typeof selection.period !== 'string' ||
    more.some((name) => selection.filter[name] !== undefined) ||
    own.some(({ name }) => kept[name] !== undefined)
  const element = (
    <>
      <form class="filter" method="get" action={path} aria-label="filters">
        <Periods view={props.view} />
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
            {own.map((filter) => (
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

const periodTitles: Readonly<Record<Period, string>> = {
  today: 'Today',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  '365d': '365 days',
  all: 'All',
}

function Periods(props: { readonly view: FilterView }): string {
  const { path, selection, kept } = props.view
  const element = (
    <span class="switch" role="group" aria-label="period, in days of UTC">
      {periods.map((period) => (
        <Link href={addressOf(path, { ...selection, period }, kept)} text={periodTitles[period]} isCurrent={period === selection.period} />
      ))}
    </span>
  )
  return String(element)
}

/** Filters that came with the address and have no field: another filter shall not drop them. */
function hiddenFilters({ selection, names }: FilterView): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(selection.filter).filter(([name]) => !names.includes(name as FilterName)))
}

function Hidden(props: { readonly name: string; readonly value: string }): string {
  const element = <input type="hidden" name={props.name} value={Html.escapeHtml(props.value)} />
  return String(element)
}

function Field(props: { readonly name: FilterName; readonly view: FilterView }): string {
  const { name, view } = props
  const choices = view.choices[name]
  return OwnField({
    filter: { name, title: filterTitles[name], ...(choices && { choices }) },
    value: view.selection.filter[name] ?? '',
  })
}

function OwnField(props: { readonly filter: OwnFilterView; readonly value: string }): string {
  const { name, title, choices } = props.filter
  const { value } = props
  const element = (
    <div class="field">
      <label for={`by-${name}`} safe>
        {title}
      </label>
      {choices === undefined ? (
        <input id={`by-${name}`} name={name} value={Html.escapeHtml(value)} maxlength="128" autocomplete="off" />
      ) : (
        <Choice name={name} value={value} choices={choices} />
      )}
    </div>
  )
  return String(element)
}

function Choice(props: { readonly name: string; readonly value: string; readonly choices: readonly string[] }): string {
  const { name, value, choices } = props
  const all = value === '' || choices.includes(value) ? choices : [value, ...choices]
  const element = (
    <select id={`by-${name}`} name={name}>
      <option value="">all</option>
      {all.map((choice) => (
        <option value={Html.escapeHtml(choice)} selected={choice === value} safe>
          {choice}
        </option>
      ))}
    </select>
  )
  return String(element)
}

function Compare(props: { readonly selection: Selection }): string {
  const element = (
    <div class="field">
      <label for="by-compare">compare with</label>
      <select id="by-compare" name="compare">
        <option value="">period before</option>
        <option value="none" selected={!props.selection.compares}>
          nothing
        </option>
      </select>
    </div>
  )
  return String(element)
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
