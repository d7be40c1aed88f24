import { Html } from '@elysiajs/html'
import { addressOf, type FilterName, filterTitles, type Period, periods, type Selection } from '../address.ts'
import type { FilterView, OwnFilterView } from '../filter-view.ts'
import { Link } from './link.tsx'

const periodTitles: Readonly<Record<Period, string>> = {
  today: 'Today',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  '365d': '365 days',
  all: 'All',
}

/** Each period by its name as a link. */
export function Periods(props: { readonly view: FilterView }): string {
  const { path, selection, kept } = props.view
  const element = (
    <span class="switch" role="group" aria-label="period, UTC">
      {periods.map((period) => (
        <Link href={addressOf(path, { ...selection, period }, kept)} text={periodTitles[period]} isCurrent={period === selection.period} />
      ))}
    </span>
  )
  return String(element)
}

/** A parameter that a form keeps. */
export function Hidden(props: { readonly name: string; readonly value: string }): string {
  const element = <input type="hidden" name={props.name} value={Html.escapeHtml(props.value)} />
  return String(element)
}

/** A filter that all runs have. */
export function Field(props: { readonly name: FilterName; readonly view: FilterView }): string {
  const { name, view } = props
  const choices = view.choices[name]
  return OwnField({
    filter: { name, title: filterTitles[name], ...(choices && { choices }) },
    value: view.selection.filter[name] ?? '',
  })
}

/** A filter to type in, or to choose where its values are known. */
export function OwnField(props: { readonly filter: OwnFilterView; readonly value: string }): string {
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

/** What figures are compared with. */
export function Compare(props: { readonly selection: Selection }): string {
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
