import { Html } from '@elysiajs/html'
import { Cut } from '../part/cut.tsx'
import { WideTable } from '../part/wide-table.tsx'
import { AccessPage, type SignedIn } from './access-page.tsx'
import { Choice, Field, PostForm, Told } from './access-part.tsx'

/** One key in the list; times are formatted, UTC. */
export type KeyLine = {
  readonly id: string
  readonly scope: string
  readonly label: string
  readonly made: string
  readonly used: string
  readonly state: string
  readonly isLive: boolean
}

export type KeysView = {
  readonly signedIn: SignedIn
  readonly keys: readonly KeyLine[]
  /** A key just made: its text is shown this once. */
  readonly made?: { readonly id: string; readonly key: string }
  readonly done?: string
  readonly fault?: string
}

/** How long a new key may live, by the word in the form. */
export const keyLives = ['30', '90', '365', 'revoked'] as const

const scopeChoices = [
  { value: 'read', text: 'read: opens pages and APIs' },
  { value: 'ingest', text: 'ingest: sends events' },
  { value: 'admin', text: 'admin: reads and manages access' },
  { value: 'cloak', text: 'cloak: has texts anonymized' },
] as const

/** `/keys`: makes and revokes keys. */
export function KeysPage(props: { readonly view: KeysView }): string {
  const { view } = props
  return AccessPage({
    title: 'Keys',
    signedIn: view.signedIn,
    children: [Told(view), MadeCard(view), NewKeyCard({ view }), ListCard({ view })],
  })
}

function MadeCard({ made }: KeysView): string {
  if (made === undefined) return ''
  const element = (
    <section class="card notice" role="status">
      <h2>
        Key <span safe>{made.id}</span>
      </h2>
      <p>Copy it now: it is shown this once and kept only as a hash.</p>
      <pre tabindex="0" role="region" aria-label="new key" safe>
        {made.key}
      </pre>
    </section>
  )
  return String(element)
}

function NewKeyCard(props: { readonly view: KeysView }): string {
  const lives = keyLives.map((value) => ({ value, text: value === 'revoked' ? 'until it is revoked' : `${value} days` }))
  const element = (
    <section class="card">
      <h2>New key</h2>
      <PostForm action="/keys" token={props.view.signedIn.token}>
        <Choice id="scope" name="scope" label="Scope" values={scopeChoices} chosen="read" />
        <Choice id="life" name="life" label="Valid for" values={lives} chosen="90" />
        <Field id="label" label="Note" type="text" autocomplete="off" maxlength={64} hint="What it is for." isOptional />
        <button type="submit">Make the key</button>
      </PostForm>
    </section>
  )
  return String(element)
}

function ListCard(props: { readonly view: KeysView }): string {
  const { keys, signedIn } = props.view
  const element = (
    <section class="card">
      <h2>Keys</h2>
      {keys.length === 0 ? <p class="muted">No key yet.</p> : <KeyTable keys={keys} token={signedIn.token} />}
    </section>
  )
  return String(element)
}

function KeyTable(props: { readonly keys: readonly KeyLine[]; readonly token: string }): string {
  const element = (
    <WideTable label="keys" class="stacked">
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Scope</th>
          <th scope="col">Note</th>
          <th scope="col">Made (UTC)</th>
          <th scope="col">Last used</th>
          <th scope="col">State</th>
          <th scope="col">Revoke</th>
        </tr>
      </thead>
      <tbody>
        {props.keys.map((key) => (
          <tr>
            <th scope="row" safe>
              {key.id}
            </th>
            <td data-head="Scope" safe>
              {key.scope}
            </td>
            <td data-head="Note">
              <Cut text={key.label} />
            </td>
            <td data-head="Made (UTC)" safe>
              {key.made}
            </td>
            <td data-head="Last used" safe>
              {key.used}
            </td>
            <td data-head="State" safe>
              {key.state}
            </td>
            <td>{key.isLive ? <Revoke id={key.id} token={props.token} /> : ''}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
  return String(element)
}

function Revoke(props: { readonly id: string; readonly token: string }): string {
  const element = (
    <PostForm action={`/keys/${props.id}`} token={props.token}>
      <button type="submit">Revoke</button>
    </PostForm>
  )
  return String(element)
}
