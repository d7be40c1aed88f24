import { Html } from '@elysiajs/html'
import { errorPath, scriptPath } from '../address.ts'
import { formatMoment } from '../format.ts'
import { Layout } from '../frame/layout.tsx'
import { Link } from '../part/link.tsx'
import { State } from '../part/state.tsx'
import { endingOf, factsOf, type RecordFact } from './record-fact.ts'
import type { MirrorView, RecordView } from './record-view.ts'
import { RunTable } from './run-table.tsx'
import { Timeline } from './timeline.tsx'
import { Trace } from './trace.tsx'
import { Treatment } from './treatment.tsx'

/** `/records/{id}`: one run in full, from its first report to its copy in PocketBase. */
export function RecordPage(props: { readonly view: RecordView }): string {
  const { view } = props
  const { reading } = view
  return Layout({
    title: `Run of ${reading.nsapp}`,
    current: 'records',
    frame: view.frame,
    lead: `${formatMoment(reading.firstAt)} (UTC)`,
    children: [
      <div class="beside">
        <Ending view={view} />
        <Timeline reading={reading} />
      </div>,
      <Log view={view} />,
      <Facts facts={factsOf(reading)} />,
      <div class="halves">
        <Treatment repairs={reading.repairs} rules={reading.rules} />
        <Mirror mirror={view.mirror} />
      </div>,
      view.others.length === 0 ? '' : <Others view={view} />,
    ],
  })
}

function Ending(props: { readonly view: RecordView }): string {
  const { reading, fingerprint } = props.view
  const element = (
    <section class="card">
      <h2>How it ended</h2>
      <p>
        <State name={reading.status} /> <Link href={scriptPath(reading.nsapp)} text={reading.nsapp} />
      </p>
      {endingOf(reading).map((line) => (
        <p safe>{line}</p>
      ))}
      {reading.error === undefined ? (
        ''
      ) : (
        <p class="quote" safe>
          {reading.error}
        </p>
      )}
      {fingerprint === undefined ? (
        ''
      ) : (
        <p>
          <Link href={errorPath(fingerprint)} text="All runs that ended like this" />
        </p>
      )}
    </section>
  )
  return String(element)
}

function Log(props: { readonly view: RecordView }): string {
  const { trace, rules } = props.view.reading
  if (trace === undefined) return ''
  const element = (
    <section class="card">
      <h2>What it printed</h2>
      <Trace text={trace} rules={rules} />
    </section>
  )
  return String(element)
}

function Facts(props: { readonly facts: readonly RecordFact[] }): string {
  const element = (
    <section class="card">
      <h2>Fields</h2>
      <dl class="facts-list columns">
        {props.facts.map(({ title, purpose, text, hint, isLong }) => (
          <div class={isLong ? 'whole' : undefined}>
            <dt title={Html.escapeHtml(purpose)} safe>
              {title}
            </dt>
            {text === undefined ? <dd class="muted">–</dd> : <dd safe>{hint === undefined ? text : `${text} (${hint})`}</dd>}
          </div>
        ))}
      </dl>
    </section>
  )
  return String(element)
}

const mirrorTexts = {
  off: 'No PocketBase is attached.',
  waiting: 'Its newest change has not been sent yet; it follows by itself.',
  sent: 'PocketBase has its newest change.',
  parked: 'PocketBase refused it, so it is parked. After the cause is gone, telemetry-service parked replay sends it again.',
} as const satisfies Readonly<Record<MirrorView['state'], string>>

function Mirror(props: { readonly mirror: MirrorView }): string {
  const { mirror } = props
  const element = (
    <section class="card">
      <h2>PocketBase</h2>
      <p>{mirrorTexts[mirror.state]}</p>
      {mirror.state === 'parked' ? <p class="quote" safe>{`${mirror.reason} (since ${mirror.since} UTC)`}</p> : ''}
    </section>
  )
  return String(element)
}

function Others(props: { readonly view: RecordView }): string {
  const element = (
    <section class="card">
      <h2>Other runs of the same session</h2>
      <RunTable runs={props.view.others} label="other runs of the same session" />
    </section>
  )
  return String(element)
}
