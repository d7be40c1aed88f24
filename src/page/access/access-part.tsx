import { Html } from '@elysiajs/html'
import type { PropsWithChildren } from '@kitajs/html'

/** A form that changes something. `token` ties it to the browser that got it. */
export function PostForm(
  props: PropsWithChildren<{ readonly action: `/${string}`; readonly token: string; readonly class?: string }>,
): string {
  const element = (
    <form method="post" action={props.action} class={props.class}>
      <input type="hidden" name="token" value={props.token} />
      {props.children}
    </form>
  )
  return String(element)
}

type FieldProps = {
  readonly id: string
  readonly label: string
  readonly type: 'text' | 'password'
  readonly autocomplete: string
  readonly name?: string
  readonly value?: string
  readonly hint?: string
  readonly maxlength?: number
  readonly isOptional?: boolean
}

/** A field with its label above it. */
export function Field(props: FieldProps): string {
  const { id, label, type, autocomplete, name = id, value, hint, maxlength = 256, isOptional = false } = props
  const element = (
    <p class="field">
      <label for={id} safe>
        {label}
      </label>
      <input
        id={id}
        name={name}
        type={type}
        autocomplete={autocomplete as 'off'}
        autocapitalize="none"
        spellcheck="false"
        maxlength={maxlength}
        required={!isOptional}
        value={value === undefined ? undefined : Html.escapeHtml(value)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      {hint === undefined ? (
        ''
      ) : (
        <span class="note muted" id={`${id}-hint`} safe>
          {hint}
        </span>
      )}
    </p>
  )
  return String(element)
}

/** Whose password the form is about, for the browser that keeps passwords; nobody sees it. */
export function PasswordOwner(props: { readonly id: string; readonly name: string }): string {
  const element = (
    <p hidden>
      <label for={props.id}>Name</label>
      <input id={props.id} type="text" autocomplete="username" value={Html.escapeHtml(props.name)} readonly />
    </p>
  )
  return String(element)
}

/** A choice of a few words, one of them chosen before. */
export function Choice(props: {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly values: readonly { readonly value: string; readonly text: string }[]
  readonly chosen: string
}): string {
  const element = (
    <p class="field">
      <label for={props.id} safe>
        {props.label}
      </label>
      <select id={props.id} name={props.name}>
        {props.values.map(({ value, text }) => (
          <option value={Html.escapeHtml(value)} selected={value === props.chosen} safe>
            {text}
          </option>
        ))}
      </select>
    </p>
  )
  return String(element)
}

/** What went wrong with the form, or what was done by it. */
export function Told(props: { readonly fault?: string | undefined; readonly done?: string | undefined }): string {
  const text = props.fault ?? props.done
  if (text === undefined) return ''
  const element = (
    <p class={props.fault === undefined ? 'card notice' : 'card notice fault'} role={props.fault === undefined ? 'status' : 'alert'} safe>
      {text}
    </p>
  )
  return String(element)
}
