import { Html } from '@elysiajs/html'
import type { DayRange } from '../../store/analysis-port.ts'
import { addressOf, type Href } from '../address.ts'
import type { Counting } from '../counting.ts'
import { formatCount, formatMany } from '../format.ts'
import type { FrameView } from '../frame/frame-view.ts'
import { Layout } from '../frame/layout.tsx'
import { sumOf } from '../outcome.ts'
import { Empty } from '../part/empty.tsx'
import { FilterForm } from '../part/filter-form.tsx'
import { NothingFound } from '../part/nothing-found.tsx'
import { Pages } from '../part/pages.tsx'
import { SealedHint } from '../part/sealed-hint.tsx'
import { leadOf } from '../period.ts'
import { ScriptTable } from './script-table.tsx'
import type { ScriptPage, ScriptsView } from './scripts-view.ts'

const path: Href = '/script-analysis'

/** `/script-analysis`: every script of the selection, in the order asked for, page by page. */
export function Scripts(props: { readonly view: ScriptsView }): string {
  const { view } = props
  const { scripts, range, filter } = view
  return Layout({
    title: 'Scripts',
    current: 'scripts',
    frame: view.frame,
    ...(range && { lead: leadOf(filter.selection, range) }),
    children: [<FilterForm view={filter} />, scripts === undefined ? '' : <Found view={view} scripts={scripts} range={range} />],
  })
}

function Found(props: { readonly view: ScriptsView; readonly scripts: ScriptPage; readonly range: DayRange | undefined }): string {
  const { view, scripts, range } = props
  const { selection, kept } = view.filter
  if (range === undefined || scripts.listed === 0) return NothingFound({ path, selection })
  const isWhole = scripts.found === scripts.listed
  const counting: Counting = { ...view.reach, selection, range }
  const element = (
    <>
      <SealedHint counting={counting} />
      <section class="card">
        <h2 safe>{`${isWhole ? '' : `${formatCount(scripts.found)} of `}${formatMany(scripts.distinct, 'script')}`}</h2>
        {scripts.shown.length === 0 ? (
          <Empty
            why={scripts.found === 0 ? 'No script has such a name.' : 'There is no such page.'}
            todo={{ href: addressOf(path, selection), text: 'All scripts' }}
          />
        ) : (
          <ScriptTable groups={scripts.shown} counting={counting} order={{ by: view.order, path, kept }} />
        )}
        <Pages label="pages of scripts" pages={scripts.pages} of={view.filter} />
        {isWhole ? <Others scripts={scripts} view={view} /> : ''}
      </section>
      <p class="muted">
        Grey rows have fewer than 20 runs that succeeded or failed: too few for a rate. Success = success / (success + failed).
      </p>
    </>
  )
  return String(element)
}

/** What the table leaves out, so that its sum is the whole. */
function Others(props: { readonly scripts: ScriptPage; readonly view: ScriptsView }): string {
  const { rest, folded, distinct, listed } = props.scripts
  const { filter, frame } = props.view
  const unnamed = sumOf(folded)
  const parts = [
    ...(sumOf(rest) > 0 ? [`${formatMany(distinct - listed, 'script')} more with ${formatMany(sumOf(rest), 'run')}`] : []),
    ...(unnamed > 0 ? [filter.selection.isSingle ? fewText(unnamed, frame) : foldedText(unnamed)] : []),
  ]
  const element = (
    <p class="muted" safe>
      {`Not in the table: ${parts.join('; ')}.`}
    </p>
  )
  return parts.length === 0 ? '' : String(element)
}

function foldedText(runs: number): string {
  return `${formatCount(runs)} folded, of scripts that came after the first ones of their day or month`
}

/** Without a sign-in no script with few runs has a name; where nobody can sign in, that is not said. */
function fewText(runs: number, { isPublished }: FrameView): string {
  return `${formatMany(runs, 'run')} of other scripts, each with too few to be named${isPublished ? '' : ' without a sign-in'}`
}
