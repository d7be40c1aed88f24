import { type AnchorIndex, buildAnchorIndex } from './anchor-index.ts'
import { allLabels, fieldRecognizers, fullRecognizers } from './recognizer/index.ts'

/**
 * How strict a text is read: `full` for free text (errors, traces); `value` for versions, models and methods, where nothing stands beside a word that the tagger could go by;
 * `field` for names of scripts.
 */
export type Profile = 'full' | 'value' | 'field'

const untagged = fullRecognizers.filter(({ tags }) => tags === undefined)

/** The recognizers of each profile, ready to walk with. Built once when the program starts. */
export const profiles: Readonly<Record<Profile, AnchorIndex>> = {
  full: buildAnchorIndex(fullRecognizers, allLabels),
  value: buildAnchorIndex(untagged, allLabels),
  field: buildAnchorIndex(fieldRecognizers, allLabels),
}
