import { Html } from '@elysiajs/html'
import { Layout } from '../frame/layout.tsx'
import { Empty } from '../part/empty.tsx'
import { Link } from '../part/link.tsx'
import { WideTable } from '../part/wide-table.tsx'
import type { AlertsView, RuleView } from './alerts-view.ts'
import { ActForm, NewRuleForm } from './rule-form.tsx'
import { signs } from './rule-state.ts'
import { Subjects } from './subjects.tsx'
import { Told } from './told.tsx'

/** `/alerts`: what is watched and how it stands, firing rules first, what was told, and for who may change it the forms that do. */
export function Alerts(props: { readonly view: AlertsView }): string {
  const { view } = props
  return Layout({
    title: 'Alerts',
    current: 'alerts',
    frame: view.frame,
    lead: leadOf(view),
    children: [
      <Rules rules={view.rules} token={view.change?.token} />,
      view.change === undefined ? '' : <Change change={view.change} />,
      <Told title="What was told" told={view.told} back="/alerts" token={view.change?.token} />,
    ],
  })
}

function leadOf({ isEnabled, channels }: AlertsView): string {
  if (!isEnabled) return 'off: set ALERT_ENABLED=true'
  return channels.length === 0 ? 'no channel: set SMTP_HOST or ALERT_WEBHOOK_URL' : `told by ${channels.join(' and ')}`
}

function Change(props: { readonly change: NonNullable<AlertsView['change']> }): string {
  const { token, kinds, mayTest, chosen, fields } = props.change
  const element = (
    <>
      <NewRuleForm target={{ action: '/alerts', token }} kinds={kinds} chosen={chosen} fields={fields} />
      {mayTest ? <ActForm action="/alerts" token={token} text="Send a test message" fields={{ act: 'test' }} /> : ''}
    </>
  )
  return String(element)
}

function Rules(props: { readonly rules: readonly RuleView[]; readonly token: string | undefined }): string {
  const { token } = props
  const element = (
    <section class="card">
      <h2>Rules</h2>
      {props.rules.length === 0 ? (
        <Empty why="There is no rule. The first start with ALERT_ENABLED=true makes some." />
      ) : (
        <WideTable label="rules" class="stacked">
          <thead>
            <tr>
              <th scope="col">rule</th>
              <th scope="col">state</th>
              <th scope="col">now, limit</th>
              <th scope="col">since (UTC)</th>
              <th scope="col">last sent (UTC)</th>
              <th scope="col">next check (UTC)</th>
              <th scope="col">mute, quiet hours (UTC)</th>
            </tr>
          </thead>
          <tbody>
            {props.rules.map(({ id, href, title, state, now, limit, silences, since, lastSent, nextLook, subjects, moreSubjects }) => (
              <tr>
                <th scope="row">
                  <code>
                    <Link href={href} text={id} />
                  </code>
                  <span class="muted under" safe>
                    {title}
                  </span>
                  <Subjects subjects={subjects} more={moreSubjects} />
                </th>
                <td data-head="state">
                  <span aria-hidden="true">{signs[state]}</span> <span safe>{state.replace('_', ' ')}</span>
                </td>
                <td data-head="now, limit">
                  <Lines first={now} under={`limit ${limit}`} />
                </td>
                <td data-head="since (UTC)" safe>
                  {since}
                </td>
                <td data-head="last sent (UTC)">
                  {lastSent === undefined ? <span class="muted">never</span> : <Lines first={lastSent.at} under={lastSent.sent} />}
                </td>
                <td data-head="next check (UTC)" safe>
                  {nextLook}
                </td>
                <td class="line" data-head="mute, quiet hours (UTC)">
                  <span>
                    {silences.map((text) => (
                      <span class="under" safe>
                        {text}
                      </span>
                    ))}
                    {token === undefined ? '' : <Mute id={id} href={href} isMuted={state === 'muted'} token={token} />}
                    {token === undefined && silences.length === 0 ? '–' : ''}
                  </span>
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

/** Two lines of one cell, which stay together beside the name of their column. */
function Lines(props: { readonly first: string; readonly under: string }): string {
  const element = (
    <span>
      <span safe>{props.first}</span>
      <span class="muted under" safe>
        {props.under}
      </span>
    </span>
  )
  return String(element)
}

function Mute(props: Pick<RuleView, 'id' | 'href'> & { readonly isMuted: boolean; readonly token: string }): string {
  const { id, href, isMuted, token } = props
  const [text, fields] = isMuted ? (['Unmute', { act: 'unmute' }] as const) : (['Mute 1 h', { act: 'mute', hours: '1' }] as const)
  return String(<ActForm action={href} token={token} text={text} label={`${text}: ${id}`} fields={{ ...fields, back: '/alerts' }} />)
}
