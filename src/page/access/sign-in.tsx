import { Html } from '@elysiajs/html'
import type { LookedAt } from '../frame/header.tsx'
import { Field, PasswordOwner, PostForm, Told } from './access-part.tsx'
import { PlainPage } from './plain-page.tsx'

export type SignInView = {
  readonly token: string
  /** The path to go to afterwards. */
  readonly next: `/${string}`
  /** What was given before; a password never comes back. */
  readonly name?: string
  readonly fault?: string
  readonly looked: LookedAt
}

/** `/sign-in`: by name and password, or by a key that reads. */
export function SignInPage(props: { readonly view: SignInView }): string {
  const { view } = props
  return PlainPage({
    title: 'Sign in',
    looked: view.looked,
    children: [Told({ fault: view.fault }), String(<PasswordCard view={view} />), String(<KeyCard view={view} />)],
  })
}

function PasswordCard(props: { readonly view: SignInView }): string {
  const { token, next, name } = props.view
  const element = (
    <section class="card" aria-labelledby="by-password">
      <h2 id="by-password">Sign in</h2>
      <PostForm action="/sign-in" token={token}>
        <input type="hidden" name="next" value={Html.escapeHtml(next)} />
        <Field id="name" label="Name" type="text" autocomplete="username" maxlength={64} {...(name !== undefined && { value: name })} />
        <Field id="password" label="Password" type="password" autocomplete="current-password" />
        <button type="submit">Sign in</button>
      </PostForm>
    </section>
  )
  return String(element)
}

function KeyCard(props: { readonly view: SignInView }): string {
  const { token, next } = props.view
  const element = (
    <section class="card" aria-labelledby="by-key">
      <h2 id="by-key">Or with a key</h2>
      <PostForm action="/sign-in" token={token}>
        <input type="hidden" name="next" value={Html.escapeHtml(next)} />
        <PasswordOwner id="owner" name="key" />
        <Field
          id="key"
          label="Key of scope read or admin"
          type="password"
          autocomplete="off"
          hint="It begins with ts_. The session ends with the key."
        />
        <button type="submit">Sign in with the key</button>
      </PostForm>
    </section>
  )
  return String(element)
}
