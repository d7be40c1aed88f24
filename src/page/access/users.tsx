import { Html } from '@elysiajs/html'
import { AccessPage, type SignedIn } from './access-page.tsx'
import { Choice, Field, PasswordOwner, PostForm, Told } from './access-part.tsx'
import { type SessionLine, SessionTable } from './session-table.tsx'

/** One user in the list; times are formatted, UTC. */
export type UserLine = {
  readonly name: string
  readonly role: string
  readonly made: string
  readonly sessions: string
  readonly isDisabled: boolean
}

export type UsersView = {
  readonly signedIn: SignedIn
  readonly users: readonly UserLine[]
  readonly sessions: readonly SessionLine[]
  readonly done?: string
  readonly fault?: string
  /** What was given for a new user before it was refused. */
  readonly name?: string
  readonly role?: string
}

const roleChoices = [
  { value: 'viewer', text: 'viewer: reads' },
  { value: 'maintainer', text: 'maintainer: also mutes errors' },
  { value: 'admin', text: 'admin: also manages access' },
] as const

/** `/users`: makes, changes and removes users, and ends anybody's session. */
export function UsersPage(props: { readonly view: UsersView }): string {
  const { view } = props
  const { token } = view.signedIn
  const sessions = (
    <section class="card">
      <h2>Sessions</h2>
      <SessionTable lines={view.sessions} token={token} from="users" />
    </section>
  )
  return AccessPage({
    title: 'Users',
    signedIn: view.signedIn,
    children: [Told(view), UserCard({ view }), NewUserCard({ view }), String(sessions)],
  })
}

function UserCard(props: { readonly view: UsersView }): string {
  const { users, signedIn } = props.view
  const element = (
    <section class="card">
      <h2>Users</h2>
      {users.length === 0 ? <p class="muted">No user yet.</p> : ''}
      {users.map((user, index) => (
        <UserEntry user={user} index={index} token={signedIn.token} />
      ))}
    </section>
  )
  return String(element)
}

function UserEntry(props: { readonly user: UserLine; readonly index: number; readonly token: string }): string {
  const { user, index, token } = props
  const action: `/${string}` = `/users/${encodeURIComponent(user.name)}`
  const element = (
    <details>
      <summary>
        <strong safe>{user.name}</strong> <span safe>{`${user.role}${user.isDisabled ? ', disabled' : ''}`}</span>{' '}
        <span class="muted" safe>{`made ${user.made}, ${user.sessions}`}</span>
      </summary>
      <PostForm action={action} token={token}>
        <Choice id={`role-${index}`} name="role" label="Role" values={roleChoices} chosen={user.role} />
        <button type="submit" name="act" value="role">
          Set the role
        </button>
      </PostForm>
      <PostForm action={action} token={token}>
        <PasswordOwner id={`owner-${index}`} name={user.name} />
        <Field
          id={`password-${index}`}
          name="password"
          label="New password"
          type="password"
          autocomplete="new-password"
          hint="At least 12 characters. Ends the user’s sessions."
        />
        <button type="submit" name="act" value="password">
          Set the password
        </button>
      </PostForm>
      <PostForm action={action} token={token}>
        <button type="submit" name="act" value={user.isDisabled ? 'enable' : 'disable'}>
          {user.isDisabled ? 'Enable' : 'Disable, and end all sessions'}
        </button>
      </PostForm>
      <PostForm action={action} token={token}>
        <input id={`sure-${index}`} type="checkbox" name="sure" value="yes" required /> <label for={`sure-${index}`}>for good</label>{' '}
        <button type="submit" name="act" value="delete">
          Delete
        </button>
      </PostForm>
    </details>
  )
  return String(element)
}

function NewUserCard(props: { readonly view: UsersView }): string {
  const { signedIn, name, role = 'viewer' } = props.view
  const element = (
    <section class="card">
      <h2>New user</h2>
      <PostForm action="/users" token={signedIn.token}>
        <Field id="name" label="Name" type="text" autocomplete="username" maxlength={64} {...(name !== undefined && { value: name })} />
        <Choice id="role" name="role" label="Role" values={roleChoices} chosen={role} />
        <Field
          id="password"
          label="First password"
          type="password"
          autocomplete="new-password"
          hint="At least 12 characters. The user changes it under Account."
        />
        <button type="submit">Make the user</button>
      </PostForm>
    </section>
  )
  return String(element)
}
