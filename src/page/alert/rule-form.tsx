import { Html } from '@elysiajs/html'
import type { Href } from '../address.ts'
import type { FormTarget } from '../frame/frame-view.ts'
import { FactsList } from '../part/facts-list.tsx'

/** The texts in the fields of a form; empty for what the kind decides. */
export type RuleFieldsView = {
  readonly source: string
  readonly script: string
  readonly threshold: string
  readonly windowMin: string
  readonly runsMin: string
  readonly holdMin: string
  readonly cooldownMin: string
  readonly quiet: string
}

/** A kind of rule: what it counts, and the threshold where none is said. */
export type KindView = { readonly name: string; readonly meaning: string; readonly threshold: string }

const titles: Readonly<Record<keyof RuleFieldsView, string>> = {
  source: 'source',
  script: 'script',
  threshold: 'threshold',
  windowMin: 'window, minutes',
  runsMin: 'ended runs at least',
  holdMin: 'must last, minutes',
  cooldownMin: 'cooldown, minutes',
  quiet: 'quiet hours, UTC (22-6)',
}

/** A rule that does not exist yet. */
export function NewRuleForm(props: {
  readonly target: FormTarget
  readonly kinds: readonly KindView[]
  readonly chosen: string
  readonly fields: RuleFieldsView
}): string {
  const { target, kinds, chosen, fields } = props
  const element = (
    <section class="card">
      <h2>New rule</h2>
      <form method="post" action={target.action} class="filter">
        <input type="hidden" name="token" value={Html.escapeHtml(target.token)} />
        <div class="field">
          <label for="kind">kind</label>
          <select id="kind" name="kind">
            {kinds.map(({ name }) => (
              <option value={Html.escapeHtml(name)} selected={name === chosen} safe>
                {name.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
        </div>
        <Fields fields={fields} />
        <Send act="add" text="Add the rule" />
      </form>
      <details>
        <summary>What the kinds count; a field left empty is the default of its kind</summary>
        <FactsList
          facts={kinds.map(({ name, meaning, threshold }) => ({ name: name.replaceAll('_', ' '), text: `${meaning}; ${threshold}` }))}
        />
      </details>
    </section>
  )
  return String(element)
}

/** The values of a rule that exists. One that the settings make is only tried with others. */
export function ChangeRuleForm(props: {
  readonly target: FormTarget
  readonly fields: RuleFieldsView
  readonly isOfSettings: boolean
}): string {
  const { target, fields, isOfSettings } = props
  const element = (
    <form method="post" action={target.action} class="filter">
      <input type="hidden" name="token" value={Html.escapeHtml(target.token)} />
      <Fields fields={fields} />
      {isOfSettings ? <Try /> : <Send act="change" text="Change it" />}
    </form>
  )
  return String(element)
}

/** One button that does one thing. `fields` say what. */
export function ActForm(props: {
  readonly action: Href
  readonly token: string
  readonly text: string
  readonly label?: string
  readonly fields: Readonly<Record<string, string>>
}): string {
  const { action, token, text, label, fields } = props
  const element = (
    <form method="post" action={action}>
      {Object.entries({ token, ...fields }).map(([name, value]) => (
        <input type="hidden" name={name} value={Html.escapeHtml(value)} />
      ))}
      <button type="submit" aria-label={label && Html.escapeHtml(label)} safe>
        {text}
      </button>
    </form>
  )
  return String(element)
}

/** Sends the form, or only asks what such a rule would have told. The first button is what the enter key means. */
function Send(props: { readonly act: 'add' | 'change'; readonly text: string }): string {
  const element = (
    <>
      <button type="submit" name="act" value={props.act} safe>
        {props.text}
      </button>
      <Try />
    </>
  )
  return String(element)
}

function Try(): string {
  return String(
    <button type="submit" name="act" value="preview">
      Try it on the past
    </button>,
  )
}

function Fields(props: { readonly fields: RuleFieldsView }): string {
  const names = Object.keys(titles) as (keyof RuleFieldsView)[]
  const element = (
    <>
      {names.map((name) => (
        <div class="field">
          <label for={`rule-${name}`} safe>
            {titles[name]}
          </label>
          <input
            id={`rule-${name}`}
            name={name}
            value={Html.escapeHtml(props.fields[name])}
            maxlength="128"
            autocomplete="off"
            inputmode={name === 'source' || name === 'script' || name === 'quiet' ? 'text' : 'decimal'}
          />
        </div>
      ))}
    </>
  )
  return String(element)
}
