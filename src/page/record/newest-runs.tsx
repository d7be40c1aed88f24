import { Html } from '@elysiajs/html'
import type { Href } from '../address.ts'
import { Empty } from '../part/empty.tsx'
import { Link } from '../part/link.tsx'
import type { RunLineView } from './run-line-view.ts'
import { RunTable } from './run-table.tsx'

/** The newest runs of what a page is about, and the way to all of them. */
export function NewestRuns(props: { readonly runs: readonly RunLineView[]; readonly href: Href }): string {
  const { runs, href } = props
  const element = (
    <section class="card">
      <h2>Newest runs</h2>
      {runs.length === 0 ? (
        <Empty why="Their records have expired; the sums above are kept." />
      ) : (
        <RunTable runs={runs} label="newest runs" />
      )}
      <p>
        <Link href={href} text="All its records" />
      </p>
    </section>
  )
  return String(element)
}
