import { Html } from '@elysiajs/html'
import { errorPath } from '../address.ts'
import { sparkline } from '../chart/sparkline.ts'
import { formatMany } from '../format.ts'
import type { Whole } from '../outcome.ts'
import { CountChange } from '../part/change.tsx'
import { Link } from '../part/link.tsx'
import type { ErrorLineView } from './error-line-view.ts'

export type ErrorListProps = {
  readonly errors: readonly ErrorLineView[]
  /** All runs of the selection, against which a group grows. */
  readonly whole: Whole | undefined
}

/** A short list of error groups: their text, whether they are new or grow, and how often they came. */
export function ErrorList(props: ErrorListProps): string {
  const element = (
    <ul class="errors">
      {props.errors.map((error) => (
        <li>
          <Link href={errorPath(error.fingerprint)} text={error.text} class="text" />
          <span class="facts">
            <Mark error={error} whole={props.whole} /> <span safe>{factsOf(error)}</span>
          </span>
          <Trend days={error.trend} />
        </li>
      ))}
    </ul>
  )
  return String(element)
}

/** About how many lines of text such a list is high, with the way to all of them below it. */
export function linesOfList(errors: readonly ErrorLineView[]): number {
  const lines = errors.map(({ text, scripts }) => Math.ceil(text.length / lineCharacters) + (scripts === undefined ? 1 : 2) + edgeLines)
  return lines.reduce((sum, count) => sum + count, 0)
}

const lineCharacters = 55
const edgeLines = 0.7

type GrowthProps = { readonly error: ErrorLineView; readonly whole: Whole | undefined }

function Mark(props: GrowthProps): string {
  if (props.error.isNew) return '<b class="tag">new</b>'
  return props.error.previousRuns === undefined ? '' : `${Growth(props)} ·`
}

/** The line of a trend; nothing where it is not known. */
export function Trend(props: { readonly days: readonly number[] | undefined }): string {
  return props.days === undefined || props.days.length === 0 ? '' : sparkline(props.days)
}

/** How a group grew against the period before. */
export function Growth(props: GrowthProps): string {
  const { error, whole } = props
  const { runs, previousRuns, isAborted } = error
  return previousRuns === undefined ? '' : CountChange({ now: runs, before: previousRuns, badOf: isAborted ? undefined : whole })
}

/** Each fact stays on one line, where it has room. */
function factsOf({ category, runs, scripts = [] }: ErrorLineView): string {
  const [script] = scripts
  const facts = [formatMany(runs, 'run'), category, ...(script === undefined ? [] : [`newest in ${script}`])]
  return facts.map((fact) => fact.replaceAll(' ', '\u00a0')).join(' · ')
}
