import { Html } from '@elysiajs/html'
import type { Href } from '../address.ts'
import { Cut } from '../part/cut.tsx'
import { Link } from '../part/link.tsx'
import { WideTable } from '../part/wide-table.tsx'
import { AccessPage, type SignedIn } from './access-page.tsx'

/** Somebody or something as the audit keeps it, and what it is called now where that is known. */
export type NamedView = { readonly id: string; readonly name?: string }

/** One entry; times are formatted, UTC. */
export type AuditLine = { readonly [Name in 'at' | 'act' | 'count']: string } & { readonly actor: NamedView; readonly subject: NamedView }

export type AuditView = {
  readonly signedIn: SignedIn
  readonly lines: readonly AuditLine[]
  /** Where older entries are. */
  readonly older?: Href
}

/** `/audit`: who did what, newest first. */
export function AuditPage(props: { readonly view: AuditView }): string {
  const { signedIn, lines, older } = props.view
  const element = (
    <section class="card">
      <h2>Audit</h2>
      <p class="note muted">
        Who did what to access, settings and data. No entry holds an address. What comes by the thousand is summed by the hour.
      </p>
      <p>
        <Link href="/audit?format=csv" text="CSV" /> <Link href="/audit?format=jsonl" text="JSON lines" />
      </p>
      {lines.length === 0 ? <p class="muted">Nothing there.</p> : <Lines lines={lines} />}
      {older === undefined ? '' : <Link href={older} text="older entries" />}
    </section>
  )
  return AccessPage({ title: 'Audit', signedIn, children: [String(element)] })
}

function Lines(props: { readonly lines: readonly AuditLine[] }): string {
  const element = (
    <WideTable label="audit" class="stacked">
      <thead>
        <tr>
          <th scope="col">When (UTC)</th>
          <th scope="col">Who</th>
          <th scope="col">Did</th>
          <th scope="col">To</th>
          <th scope="col">Times</th>
        </tr>
      </thead>
      <tbody>
        {props.lines.map(({ at, actor, act, subject, count }) => (
          <tr>
            <th scope="row" safe>
              {at}
            </th>
            <td data-head="Who">
              <Named of={actor} />
            </td>
            <td data-head="Did" safe>
              {act}
            </td>
            <td data-head="To">
              <Named of={subject} />
            </td>
            <td data-head="Times" safe>
              {count}
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
  return String(element)
}

/** The name with the id beside it, or the id alone. */
function Named(props: { readonly of: NamedView }): string {
  const { id, name } = props.of
  if (name === undefined) return String(<Cut text={id} />)
  const element = (
    <span>
      <Cut text={name} />
      <span class="muted under" safe>
        {id}
      </span>
    </span>
  )
  return String(element)
}
