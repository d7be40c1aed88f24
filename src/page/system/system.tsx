import { Html } from '@elysiajs/html'
import { recordPath } from '../address.ts'
import { bar } from '../chart/bar.ts'
import { formatCount, formatMany } from '../format.ts'
import { Layout } from '../frame/layout.tsx'
import { Empty } from '../part/empty.tsx'
import { FactsList } from '../part/facts-list.tsx'
import { Link } from '../part/link.tsx'
import { WideTable } from '../part/wide-table.tsx'
import type { CodeCountView, FactView, PartView, SystemView, TimerView } from './system-view.ts'

/** `/system`: how each part of the service is, what it stores, and the quality of what comes in. */
export function System(props: { readonly view: SystemView }): string {
  const { view } = props
  return Layout({
    title: 'System',
    current: 'system',
    frame: view.frame,
    lead: `running since ${view.startedAt} (UTC)`,
    children: [
      <Parts parts={view.parts} label="how the parts are" />,
      view.checks === undefined ? '' : <Checks checks={view.checks} />,
      <div class="charts">
        <Facts title="Storage" facts={view.storage} />
        <Facts title="Events since the start" facts={view.events} />
        <Facts title="Versions" facts={view.versions} />
      </div>,
      <div class="halves">
        <Codes id="refused" title="Refused since the start, by reason" head="events" codes={view.refused} none="Nothing was refused." />
        <Codes
          id="repaired"
          title="Repaired since the start, by rule"
          head="repairs"
          codes={view.repaired}
          none="Nothing had to be repaired."
        />
      </div>,
      <Timers timers={view.timers} />,
      <Facts title="Retention removes next" facts={view.retention} />,
      <Parked view={view} />,
      <Access isAdmin={view.isAdmin} />,
    ],
  })
}

const signs = { good: '✓', odd: '!', bad: '✕', off: '–' } as const

/** What takes the network or whole files, as it was found by the clock: this page waits for neither. */
function Checks(props: { readonly checks: NonNullable<SystemView['checks']> }): string {
  const { lookedAt, parts } = props.checks
  const element = (
    <>
      <h2>What doctor found</h2>
      <p class="muted" safe>
        {lookedAt}
      </p>
      <Parts parts={parts} label="what doctor found" />
    </>
  )
  return String(element)
}

function Parts(props: { readonly parts: readonly PartView[]; readonly label: string }): string {
  const isBad = props.parts.some(({ state }) => state === 'bad')
  const element = (
    <section class={`card looks ${isBad ? 'bad' : 'good'}`} aria-label={props.label}>
      <ul>
        {props.parts.map(({ name, state, text, todo, href }) => (
          <li class={state}>
            <span aria-hidden="true">{signs[state]}</span> <strong safe>{name}</strong>{' '}
            {href === undefined ? <span safe>{text}</span> : <Link href={href} text={text} />}{' '}
            {todo === undefined ? (
              ''
            ) : (
              <span class="muted" safe>
                {todo}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
  return String(element)
}

function Facts(props: { readonly title: string; readonly facts: readonly FactView[] }): string {
  const element = (
    <section class="card">
      <h2 safe>{props.title}</h2>
      <FactsList facts={props.facts} />
    </section>
  )
  return String(element)
}

function Codes(props: {
  readonly id: string
  readonly title: string
  readonly head: string
  readonly codes: readonly CodeCountView[]
  readonly none: string
}): string {
  const { id, title, head, codes, none } = props
  const max = Math.max(...codes.map(({ count }) => count))
  const element = (
    <section class="card by" id={id}>
      <h2 safe>{title}</h2>
      {codes.length === 0 ? (
        <Empty why={none} />
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">code</th>
              <th scope="col" safe>
                {head}
              </th>
            </tr>
          </thead>
          <tbody>
            {codes.map(({ code, count, meaning }) => {
              const safeBar = bar([{ tone: 'main', value: count }], max)
              return (
                <tr>
                  <th scope="row">
                    <code safe>{code}</code>{' '}
                    <span class="muted" safe>
                      {meaning}
                    </span>
                    {safeBar}
                  </th>
                  <td safe>{formatCount(count)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </section>
  )
  return String(element)
}

function Timers(props: { readonly timers: readonly TimerView[] }): string {
  if (props.timers.length === 0) return ''
  const element = (
    <section class="card">
      <h2>Timers</h2>
      <WideTable label="timers" class="stacked">
        <thead>
          <tr>
            <th scope="col">timer</th>
            <th scope="col">every</th>
            <th scope="col">last run (UTC)</th>
            <th scope="col">next run (UTC)</th>
          </tr>
        </thead>
        <tbody>
          {props.timers.map(({ name, purpose, every, state, last, next }) => (
            <tr>
              <th scope="row">
                <span safe>{name}</span>{' '}
                <span class="muted under" safe>
                  {purpose}
                </span>
              </th>
              <td data-head="every" safe>
                {every}
              </td>
              <td data-head="last run (UTC)">
                <span aria-hidden="true">{signs[state]}</span> <span safe>{last}</span>
              </td>
              <td data-head="next run (UTC)" safe>
                {next}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  )
  return String(element)
}

function Parked(props: { readonly view: SystemView }): string {
  const { count, runs } = props.view.parked
  if (count === 0) return ''
  const element = (
    <section class="card" id="parked">
      <h2 safe>{`${formatMany(count, 'run')} parked: PocketBase refused ${count === 1 ? 'it' : 'them'}`}</h2>
      <p>
        Once the cause is gone, <code>telemetry-service parked replay</code> on the server sends them again.
      </p>
      <WideTable label="parked runs" class="stacked">
        <thead>
          <tr>
            <th scope="col">run</th>
            <th scope="col">since (UTC)</th>
            <th scope="col">reason</th>
          </tr>
        </thead>
        <tbody>
          {runs.map(({ id, reason, since }) => (
            <tr>
              <th scope="row">
                <Link href={recordPath(id)} text={id} />
              </th>
              <td data-head="since (UTC)" safe>
                {since}
              </td>
              <td data-head="reason" safe>
                {reason}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  )
  return String(element)
}

function Access(props: { readonly isAdmin: boolean }): string {
  const links = [
    { href: '/account', text: 'Your account and sessions' },
    ...(props.isAdmin
      ? [
          { href: '/users', text: 'Users' },
          { href: '/keys', text: 'Keys' },
          { href: '/audit', text: 'Audit' },
        ]
      : []),
  ]
  const element = (
    <section class="card">
      <h2>Access</h2>
      <ul class="ways">
        {links.map(({ href, text }) => (
          <li>
            <Link href={href} text={text} />
          </li>
        ))}
      </ul>
    </section>
  )
  return String(element)
}
