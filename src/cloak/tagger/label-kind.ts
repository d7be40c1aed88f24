import { allLabels } from '../recognizer/index.ts'
import { makeWordSet, type WordSet } from '../word-set.ts'

/** What a label says to its neighbours: one number for all labels of a kind. */
export type LabelKinds = { readonly labels: WordSet; readonly kinds: ReadonlyMap<string, number> }

export const secretKind = 0x11111111
export const userKind = 0x22222222
export const hostKind = 0x33333333
export const addressKind = 0x44444444

const kindOf: Readonly<Record<string, number>> = {
  ...{ '<user>': userKind, '<host>': hostKind, '<share>': hostKind },
  ...{ '<email>': addressKind, '<ipv4>': addressKind, '<ipv6>': addressKind, '<mac>': addressKind, '<serial>': addressKind },
}

/** The labels of ingest; each that is of no other kind stands for a secret. */
export const labelKinds: LabelKinds = {
  labels: makeWordSet(allLabels),
  kinds: new Map(allLabels.map((label) => [label, kindOf[label] ?? secretKind])),
}
