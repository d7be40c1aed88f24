import { Html } from '@elysiajs/html'
import { Empty } from '../part/empty.tsx'
import { Link } from '../part/link.tsx'
import { WideTable } from '../part/wide-table.tsx'
import type { ToldView } from './alerts-view.ts'

/** What was told, newest first, and what became of it. */
export function Told(props: { readonly told: readonly ToldView[] }): string {
  const element = (
    <section class="card">
      <h2>What was told</h2>
      {props.told.length === 0 ? (
        <Empty why="Nothing was told yet." />
      ) : (
        <WideTable label="what was told" class="stacked">
          <thead>
            <tr>
              <th scope="col">message</th>
              <th scope="col">time (UTC)</th>
              <th scope="col">sent</th>
            </tr>
          </thead>
          <tbody>
            {props.told.map(({ at, title, summary, href, sent }) => (
              <tr>
                <th scope="row">
                  <Link href={href} text={title} />
                  <span class="muted under" safe>
                    {summary}
                  </span>
                </th>
                <td data-head="time (UTC)" safe>
                  {at}
                </td>
                <td class="line" data-head="sent" safe>
                  {sent}
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </section>
  )
  return String(element)
}
