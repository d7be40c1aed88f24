import { bareText, placeInText } from './bare-text.ts'
import { cloak } from './engine.ts'
import type { Profile } from './profile.ts'
import type { RankedMatch } from './walk.ts'

/** A stretch of a text in whose place a label stands once it is cloaked, `end` exclusive. */
export type Stretch = { readonly start: number; readonly end: number; readonly label: string }

/** What `cloak` hides of a text, where it stands in the text itself; ascending, without overlaps. */
export function hiddenStretches(text: string, profile: Profile): readonly Stretch[] {
  const bare = bareText(text)
  let stretches: readonly Stretch[] = []
  cloak(bare.text, profile, (replaced) => {
    stretches = addReplaced(stretches, replaced)
  })
  return stretches.map((stretch) => ({ ...stretch, ...placeInText(bare, stretch) }))
}

/** Adds what was replaced in a text in which the labels of the stretches stand already; what covers such a label takes in its stretch. */
function addReplaced(stretches: readonly Stretch[], replaced: readonly RankedMatch[]): readonly Stretch[] {
  const added: Stretch[] = []
  let next = 0
  let shift = 0 // From a place in the text with labels to the place in the text itself, behind all labels so far.
  for (const { start, end, label } of replaced) {
    let stretch = stretches[next]
    while (stretch !== undefined && stretch.start - shift + stretch.label.length <= start) {
      added.push(stretch)
      shift += lengthened(stretch)
      next += 1
      stretch = stretches[next]
    }
    const first = stretch === undefined ? start + shift : Math.min(start + shift, stretch.start)
    let last = end + shift
    while (stretch !== undefined && stretch.start - shift < end) {
      shift += lengthened(stretch)
      last = Math.max(stretch.end, end + shift)
      next += 1
      stretch = stretches[next]
    }
    added.push({ start: first, end: last, label })
  }
  return [...added, ...stretches.slice(next)]
}

/** How much longer the text was before the label took the place of the stretch. */
function lengthened({ start, end, label }: Stretch): number {
  return end - start - label.length
}
