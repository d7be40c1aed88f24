import { Html } from '@elysiajs/html'

/** How an event is sent to this service, and how many came. */
export type SendCardView = {
  /** Where clients reach the service, without a slash at its end. */
  readonly origin: string
  /** Whether events are taken only with an ingest key. */
  readonly needsKey: boolean
  readonly eventsSinceStart: string
  readonly startedAt: string
}

/** The line that sends a first event, and the count that follows by itself on a page that loads again. */
export function SendCard(props: { readonly view: SendCardView }): string {
  const { origin, needsKey, eventsSinceStart, startedAt } = props.view
  const element = (
    <section class="card">
      <h2>Send an event</h2>
      <p>Paste this into a shell. The count below follows by itself.</p>
      <pre tabindex="0" role="region" aria-label="curl command" safe>
        {curlLine(origin, needsKey)}
      </pre>
      {needsKey ? <KeyHint /> : ''}
      <p>
        <strong class="count" safe>
          {eventsSinceStart}
        </strong>{' '}
        {eventsSinceStart === '1' ? 'event' : 'events'} since the start <span class="muted" safe>{`(${startedAt} UTC)`}</span>
      </p>
      <p class="muted">
        Add <code>?dry_run=1</code> to the address to see what would be stored; then nothing is.
      </p>
    </section>
  )
  return String(element)
}

function KeyHint(): string {
  const element = (
    <p>
      Events are taken with a key only. On the server, <code>telemetry-service key create --scope ingest</code> makes one; put it in place
      of <code>YOUR_INGEST_KEY</code>.
    </p>
  )
  return String(element)
}

const keyHeader = "-H 'Authorization: Bearer YOUR_INGEST_KEY' "

/** A line that works as pasted, on Linux and macOS: a time limit, so that it never holds up a script, and a random id of its own. */
export function curlLine(origin: string, needsKey: boolean): string {
  const id = '$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen)'
  return [
    `curl -m 5 -sS ${origin}/telemetry ${needsKey ? keyHeader : ''}-d '{`,
    `  "random_id": "'"${id}"'",`,
    `  "type": "lxc", "nsapp": "hello", "status": "success"}'`,
  ].join('\n')
}
