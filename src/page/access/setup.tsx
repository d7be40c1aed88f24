import { Html } from '@elysiajs/html'
import type { Theme } from '../frame/theme.ts'
import { Field, PostForm, Told } from './access-part.tsx'
import { PlainPage } from './plain-page.tsx'

export type SetupView = {
  /** The path of the link itself. */
  readonly action: `/${string}`
  readonly token: string
  readonly name?: string
  readonly fault?: string
  readonly theme: Theme
}

/** `/setup/{token}`: makes the first admin. */
export function SetupPage(props: { readonly view: SetupView }): string {
  const { action, token, name, fault } = props.view
  const card = (
    <section class="card" aria-labelledby="first-admin">
      <h2 id="first-admin">Make the first admin</h2>
      <p>
        This link works once. Afterwards users are made by admins, or on the server with <code>telemetry-service user create</code>.
      </p>
      <PostForm action={action} token={token}>
        <Field
          id="name"
          label="Name"
          type="text"
          autocomplete="username"
          maxlength={64}
          hint="Letters, digits and . _ @ + -; a mail address will do."
          {...(name !== undefined && { value: name })}
        />
        <Field id="password" label="Password" type="password" autocomplete="new-password" hint="At least 12 characters." />
        <Field id="repeat" label="Password once more" type="password" autocomplete="new-password" />
        <button type="submit">Make the admin and sign in</button>
      </PostForm>
    </section>
  )
  return PlainPage({ title: 'Setup', looked: { theme: props.view.theme, path: action }, children: [Told({ fault }), String(card)] })
}
