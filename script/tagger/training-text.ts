import type { LabelledText } from '../../test/cloak/labelled-set.ts'

/** A text to learn from; `weight` is how much each of its tokens counts. */
export type TrainingText = Pick<LabelledText, 'text' | 'spans'> & { readonly weight: number }
