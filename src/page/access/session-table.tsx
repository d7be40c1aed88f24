import { Html } from '@elysiajs/html'
import { Cut } from '../part/cut.tsx'
import { WideTable } from '../part/wide-table.tsx'
import { PostForm } from './access-part.tsx'

/** One session in a list; times are formatted, UTC. */
export type SessionLine = {
  readonly id: string
  readonly owner: string
  readonly way: string
  readonly begun: string
  readonly seen: string
  readonly ends: string
  readonly isThisOne: boolean
}

/** Sessions with a button each that ends it. `from` is the page that the button leads back to. */
export function SessionTable(props: {
  readonly lines: readonly SessionLine[]
  readonly token: string
  readonly from: 'account' | 'users'
}): string {
  const element = (
    <WideTable label="sessions" class="stacked">
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">Signed in by</th>
          <th scope="col">Since (UTC)</th>
          <th scope="col">Last used (UTC)</th>
          <th scope="col">Ends at the latest (UTC)</th>
          <th scope="col">End it</th>
        </tr>
      </thead>
      <tbody>
        {props.lines.map((line) => (
          <tr>
            <th scope="row">
              <Cut text={line.owner} />
            </th>
            <td data-head="Signed in by" safe>
              {line.way}
            </td>
            <td data-head="Since (UTC)" safe>
              {line.begun}
            </td>
            <td data-head="Last used (UTC)" safe>
              {line.seen}
            </td>
            <td data-head="Ends at the latest (UTC)" safe>
              {line.ends}
            </td>
            <td>
              <PostForm action={`/sessions/${line.id}`} token={props.token}>
                <input type="hidden" name="from" value={props.from} />
                <button type="submit">{line.isThisOne ? 'End this session' : 'End'}</button>
              </PostForm>
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
  return String(element)
}
