import { Html } from '@elysiajs/html'
import { recordPath } from '../address.ts'
import { Empty } from '../part/empty.tsx'
import { Link } from '../part/link.tsx'
import { Trace } from '../record/trace.tsx'
import type { SampleView } from './error-view.ts'

/** What runs printed before they failed: the newest log open, others closed below it. */
export function Samples(props: { readonly samples: readonly SampleView[] }): string {
  const { samples } = props
  const element = (
    <section class="card">
      <h2>What runs printed</h2>
      {samples.length === 0 ? (
        <Empty why="No log of these runs is stored: none was sent, or they have expired." />
      ) : (
        samples.map((sample, index) => <Sample sample={sample} isOpen={index === 0} />)
      )}
    </section>
  )
  return String(element)
}

function Sample(props: { readonly sample: SampleView; readonly isOpen: boolean }): string {
  const { runId, time, script, trace, rules } = props.sample
  const element = (
    <details open={props.isOpen}>
      <summary safe>{`${time} (UTC), ${script}`}</summary>
      <p>
        <Link href={recordPath(runId)} text="The whole record" />
      </p>
      <Trace text={trace} rules={rules} />
    </details>
  )
  return String(element)
}
