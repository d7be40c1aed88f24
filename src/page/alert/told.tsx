import { Html } from '@elysiajs/html'
import type { Href } from '../address.ts'
import { Empty } from '../part/empty.tsx'
import { Link } from '../part/link.tsx'
import { WideTable } from '../part/wide-table.tsx'
import type { ToldView } from './alerts-view.ts'
import { ActForm } from './rule-form.tsx'

type ToldProps = {
  readonly title: string
  readonly told: readonly ToldView[]
  /** The page to come back to, and the token of who may let a message be sent again. */
  readonly back: Href
  readonly token: string | undefined
}

/** What was told, newest first, and what became of it. */
export function Told(props: ToldProps): string {
  const { title, told } = props
  const element = (
    <section class="card">
      <h2 safe>{title}</h2>
      {told.length === 0 ? (
        <Empty why="Nothing was told yet." />
      ) : (
        <WideTable label={title} class="stacked">
          <thead>
            <tr>
              <th scope="col">message</th>
              <th scope="col">time (UTC)</th>
              <th scope="col">sent</th>
            </tr>
          </thead>
          <tbody>
            {told.map((one, index) => (
              <Row {...props} one={one} place={told.slice(0, index + 1).filter((other) => isAlike(one, other)).length} />
            ))}
          </tbody>
        </WideTable>
      )}
    </section>
  )
  return String(element)
}

function isAlike(one: ToldView, other: ToldView): boolean {
  return one.title === other.title && one.at === other.at
}

/** `place` tells messages apart that are alike to a reader: no two buttons have one name. */
function Row(props: ToldProps & { readonly one: ToldView; readonly place: number }): string {
  const { one, place, back, token } = props
  const { at, title, summary, href, sent, again } = one
  const element = (
    <tr>
      <th scope="row">
        {href === undefined ? <span safe>{title}</span> : <Link href={href} text={title} />}
        <span class="muted under" safe>
          {summary}
        </span>
      </th>
      <td data-head="time (UTC)" safe>
        {at}
      </td>
      <td class="line" data-head="sent">
        <span>
          <span safe>{sent}</span>
          {again === undefined || token === undefined
            ? ''
            : again.channels.map((channel) => (
                <ActForm
                  action="/alerts"
                  token={token}
                  text={`Resend by ${channel}`}
                  label={`Resend by ${channel}: ${title}, ${at}${place > 1 ? `, message ${place}` : ''}`}
                  fields={{ act: 'again', message: again.message, channel, back }}
                />
              ))}
        </span>
      </td>
    </tr>
  )
  return String(element)
}
