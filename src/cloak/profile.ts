import { type AnchorIndex, buildAnchorIndex } from './anchor-index.ts'
import { allLabels, fieldRecognizers, fullRecognizers } from './recognizer/index.ts'

/** How strict a text is read: `full` for free text (errors, traces), `field` for short ones (names, versions, models). */
export type Profile = 'full' | 'field'

/** The recognizers of each profile, ready to walk with. Built once when the program starts. */
export const profiles: Readonly<Record<Profile, AnchorIndex>> = {
  full: buildAnchorIndex(fullRecognizers, allLabels),
  field: buildAnchorIndex(fieldRecognizers, allLabels),
}
