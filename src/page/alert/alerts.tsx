import { Html } from '@elysiajs/html'
import { Layout } from '../frame/layout.tsx'
import { Empty } from '../part/empty.tsx'
import { WideTable } from '../part/wide-table.tsx'
import type { AlertsView, RuleView, ToldView } from './alerts-view.ts'

/** `/alerts`: what is watched and how it stands, firing rules first, and what was told. */
export function Alerts(props: { readonly view: AlertsView }): string {
  const { view } = props
  return Layout({
    title: 'Alerts',
    frame: view.frame,
    lead: leadOf(view),
    children: [<Rules rules={view.rules} />, <Told told={view.told} />],
  })
}

function leadOf({ isEnabled, channels }: AlertsView): string {
  if (!isEnabled) return 'off: set ALERT_ENABLED=true'
  return channels.length === 0 ? 'no channel: set SMTP_HOST or ALERT_WEBHOOK_URL' : `told by ${channels.join(' and ')}`
}

const signs = { ok: '✓', pending: '…', firing: '✕', no_data: '?', muted: '–' } as const

function Rules(props: { readonly rules: readonly RuleView[] }): string {
  const element = (
    <section class="card">
      <h2>Rules</h2>
      {props.rules.length === 0 ? (
        <Empty why="There is no rule. The first start with ALERT_ENABLED=true makes some; telemetry-service alert add makes others." />
      ) : (
        <WideTable label="rules">
          <thead>
            <tr>
              <th scope="col">rule</th>
              <th scope="col">state</th>
              <th scope="col">now</th>
              <th scope="col">limit</th>
              <th scope="col">since (UTC)</th>
            </tr>
          </thead>
          <tbody>
            {props.rules.map(({ id, title, state, now, limit, since, subjects }) => (
              <tr>
                <th scope="row">
                  <code safe>{id}</code>{' '}
                  <span class="muted" safe>
                    {[title, ...subjects].join(', ')}
                  </span>
                </th>
                <td>
                  <span aria-hidden="true">{signs[state]}</span> <span safe>{state.replace('_', ' ')}</span>
                </td>
                <td safe>{now}</td>
                <td safe>{limit}</td>
                <td safe>{since}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </section>
  )
  return String(element)
}

function Told(props: { readonly told: readonly ToldView[] }): string {
  const element = (
    <section class="card">
      <h2>What was told</h2>
      {props.told.length === 0 ? (
        <Empty why="Nothing was told yet." />
      ) : (
        <WideTable label="what was told">
          <thead>
            <tr>
              <th scope="col">time (UTC)</th>
              <th scope="col">message</th>
              <th scope="col">sent</th>
            </tr>
          </thead>
          <tbody>
            {props.told.map(({ at, title, sent }) => (
              <tr>
                <td safe>{at}</td>
                <th scope="row" safe>
                  {title}
                </th>
                <td safe>{sent}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </section>
  )
  return String(element)
}
