import { Html } from '@elysiajs/html'
import type { Href } from '../address.ts'
import { formatMany } from '../format.ts'
import { Layout } from '../frame/layout.tsx'
import { Empty } from '../part/empty.tsx'
import { FilterForm } from '../part/filter-form.tsx'
import { Link } from '../part/link.tsx'
import { NothingFound } from '../part/nothing-found.tsx'
import { Pager } from '../part/pager.tsx'
import type { RecordsView } from './records-view.ts'
import { RunTable } from './run-table.tsx'

const path: Href = '/records'

/** `/records`: the runs of a selection one by one, newest first, and as files. */
export function Records(props: { readonly view: RecordsView }): string {
  const { view } = props
  return Layout({
    title: 'Records',
    current: 'records',
    frame: view.frame,
    ...(view.lead !== undefined && { lead: view.lead }),
    children: [
      <FilterForm view={view.filter} />,
      <Expired day={view.expiredUntil} />,
      view.count === undefined ? '' : <Found view={view} count={view.count} />,
    ],
  })
}

function Expired(props: { readonly day: string | undefined }): string {
  if (props.day === undefined) return ''
  const element = (
    <p class="muted" safe>
      {`Records up to ${props.day} have expired and are not listed; their sums stay on the other pages.`}
    </p>
  )
  return String(element)
}

function Found(props: { readonly view: RecordsView; readonly count: number }): string {
  const { view, count } = props
  if (count === 0) return NothingFound({ path, selection: view.filter.selection })
  const ways = { ...(view.newer && { newer: view.newer }), ...(view.older && { older: view.older }) }
  const element = (
    <section class="card">
      <div class="title">
        <h2 safe>{formatMany(count, 'run')}</h2>
        <Exports view={view} />
      </div>
      {view.newest === undefined ? (
        <RunTable runs={view.runs} label="runs" />
      ) : (
        <Empty why="No run is left behind this place of the list." todo={{ href: view.newest, text: 'Begin with the newest' }} />
      )}
      <Pager label="pages of runs" {...ways} />
    </section>
  )
  return String(element)
}

function Exports(props: { readonly view: RecordsView }): string {
  const element = (
    <span>
      Export all of them:{' '}
      {props.view.exports.map(({ text, href }) => (
        <>
          <Link href={href} text={text} />{' '}
        </>
      ))}
    </span>
  )
  return String(element)
}
