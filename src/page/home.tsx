import { Html } from '@elysiajs/html'
import { Layout, type LayoutProps } from './layout.tsx'
import { SendCard, type SendCardView } from './part/send-card.tsx'
import { State, type StateName } from './state.tsx'

/** One run in the list of the latest; every text is formatted. */
export type HomeRun = {
  readonly time: string
  readonly state: StateName
  readonly script: string
  readonly type: string
  readonly system: string
  readonly error: string
}

/** What anybody sees, and below it what only a read key shows. */
export type HomeView = SendCardView & {
  readonly madeAt: string
  /** Whether the page loads itself again every few seconds. */
  readonly isLive: boolean
  /** What the holder of a key has to know instead of figures. */
  readonly notice?: string
  /** Who signed in; without it the page offers to. */
  readonly signedIn?: string
  readonly known?: { readonly tiles: readonly { readonly name: string; readonly value: string }[]; readonly runs: readonly HomeRun[] }
}

const refreshSeconds = 5

/** `/`: how to send the first event, whether it came, and for the holder of a read key the totals and the latest runs. */
export function Home(props: { readonly view: HomeView }): string {
  const { view } = props
  return Layout({
    title: 'telemetry',
    footer: footerOf(view),
    ...(view.isLive && { refreshSeconds }),
    children: [
      view.notice === undefined ? '' : <Notice text={view.notice} />,
      <SendCard view={view} />,
      <SignInLine name={view.signedIn} />,
      view.known === undefined ? '' : <Known known={view.known} />,
    ],
  })
}

/** When the page was made, and the switch that stops it from loading itself again: not everybody reads in five seconds. */
function footerOf({ madeAt, isLive }: HomeView): NonNullable<LayoutProps['footer']> {
  return isLive
    ? { text: `${madeAt} UTC · loads again every ${refreshSeconds} seconds`, link: { href: '/?live=0', text: 'Pause' } }
    : { text: `${madeAt} UTC · paused`, link: { href: '/', text: 'Go on' } }
}

function Notice(props: { readonly text: string }): string {
  const element = (
    <p class="card notice" role="status" safe>
      {props.text}
    </p>
  )
  return String(element)
}

function SignInLine(props: { readonly name: string | undefined }): string {
  const element =
    props.name === undefined ? (
      <p>
        <a href="/sign-in">Sign in</a> to see what was counted.
      </p>
    ) : (
      <p>
        Signed in as <strong safe>{props.name}</strong>: <a href="/account">your account</a>.
      </p>
    )
  return String(element)
}

function Known(props: { readonly known: NonNullable<HomeView['known']> }): string {
  const { tiles, runs } = props.known
  const element = (
    <>
      <dl class="tiles">
        {tiles.map((tile) => (
          <div class="tile">
            <dt safe>{tile.name}</dt>
            <dd safe>{tile.value}</dd>
          </div>
        ))}
      </dl>
      <section class="card">
        <h2>Latest runs</h2>
        {runs.length === 0 ? <p class="muted">No run yet.</p> : <Runs runs={runs} />}
      </section>
    </>
  )
  return String(element)
}

function Runs(props: { readonly runs: readonly HomeRun[] }): string {
  const element = (
    <div class="wide" tabindex="0" role="region" aria-label="latest runs">
      <table>
        <thead>
          <tr>
            <th scope="col">Script</th>
            <th scope="col">State</th>
            <th scope="col">Type</th>
            <th scope="col">System</th>
            <th scope="col">Time (UTC)</th>
            <th scope="col">Error</th>
          </tr>
        </thead>
        <tbody>
          {props.runs.map((run) => (
            <tr>
              <th scope="row" safe>
                {run.script}
              </th>
              <td>
                <State name={run.state} />
              </td>
              <td safe>{run.type}</td>
              <td safe>{run.system}</td>
              <td safe>{run.time}</td>
              <td safe>{run.error}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
  return String(element)
}
