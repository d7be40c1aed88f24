import { Html } from '@elysiajs/html'
import type { Href } from '../address.ts'
import { Cut } from '../part/cut.tsx'
import { Link } from '../part/link.tsx'
import { WideTable } from '../part/wide-table.tsx'
import { AccessPage, type SignedIn } from './access-page.tsx'

/** One entry; times are formatted, UTC. */
export type AuditLine = { readonly [Name in 'at' | 'actor' | 'act' | 'subject' | 'count']: string }

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
              <Cut text={actor} />
            </td>
            <td data-head="Did" safe>
              {act}
            </td>
            <td data-head="To">
              <Cut text={subject} />
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
