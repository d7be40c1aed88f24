import { Html } from '@elysiajs/html'
import { AccessPage, type SignedIn } from './access-page.tsx'
import { Field, PasswordOwner, PostForm, Told } from './access-part.tsx'
import { type SessionLine, SessionTable } from './session-table.tsx'

export type AccountView = {
  readonly signedIn: SignedIn
  /** `viewer`, `maintainer`, `admin`, or the scope of a key. */
  readonly right: string
  readonly tenant: string
  readonly isUser: boolean
  readonly sessions: readonly SessionLine[]
  readonly done?: string
  readonly fault?: string
}

/** `/account`: who one is, the own sessions, and for a user a new password. */
export function AccountPage(props: { readonly view: AccountView }): string {
  const { view } = props
  const { token } = view.signedIn
  const sessions = (
    <section class="card">
      <h2>Your sessions</h2>
      <p>
        <span>{view.isUser ? 'Role' : 'Key of scope'}</span> <strong safe>{view.right}</strong> in the tenant{' '}
        <strong safe>{view.tenant}</strong>. A session ends 7 days after its last use, and 30 days after it began.
      </p>
      <SessionTable lines={view.sessions} token={token} from="account" />
    </section>
  )
  return AccessPage({
    title: 'Account',
    signedIn: view.signedIn,
    children: [Told(view), String(sessions), view.isUser ? PasswordCard({ view }) : ''],
  })
}

function PasswordCard(props: { readonly view: AccountView }): string {
  const { name, token } = props.view.signedIn
  const element = (
    <section class="card">
      <h2>New password</h2>
      <p>Your other sessions end with the old one.</p>
      <PostForm action="/account/password" token={token}>
        <PasswordOwner id="owner" name={name} />
        <Field id="current" label="Password now" type="password" autocomplete="current-password" />
        <Field id="password" label="New password" type="password" autocomplete="new-password" hint="At least 12 characters." />
        <Field id="repeat" label="New password once more" type="password" autocomplete="new-password" />
        <button type="submit">Change the password</button>
      </PostForm>
    </section>
  )
  return String(element)
}
