import { Html } from '@elysiajs/html'
import { errorPath } from '../address.ts'
import { sparkline } from '../chart/sparkline.ts'
import { formatMany } from '../format.ts'
import { CountChange } from '../part/change.tsx'
import { Link } from '../part/link.tsx'
import type { ErrorLineView } from './error-line-view.ts'

/** A short list of error groups: their text, whether they are new or grow, and how often they came. */
export function ErrorList(props: { readonly errors: readonly ErrorLineView[] }): string {
  const element = (
    <ul class="errors">
      {props.errors.map((error) => (
        <li>
          <Link href={errorPath(error.fingerprint)} text={error.text} class="text" />
          <span class="facts">
            <Mark error={error} /> <span safe>{factsOf(error)}</span>
          </span>
          <Trend days={error.trend} />
        </li>
      ))}
    </ul>
  )
  return String(element)
}

function Mark(props: { readonly error: ErrorLineView }): string {
  const { error } = props
  if (error.isNew) return '<b class="tag">new</b>'
  return error.previousRuns === undefined ? '' : `${Growth({ error })} ·`
}

/** The line of a trend; nothing where it is not known. */
export function Trend(props: { readonly days: readonly number[] | undefined }): string {
  return props.days === undefined || props.days.length === 0 ? '' : sparkline(props.days)
}

/** How a group grew against the period before. */
export function Growth(props: { readonly error: ErrorLineView }): string {
  const { runs, previousRuns } = props.error
  return previousRuns === undefined ? '' : CountChange({ now: runs, before: previousRuns, more: 'bad' })
}

function factsOf({ category, runs, scripts = [] }: ErrorLineView): string {
  const [script] = scripts
  return [formatMany(runs, 'run'), category, ...(script === undefined ? [] : [`newest in ${script}`])].join(' · ')
}
