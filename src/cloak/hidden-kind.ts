import { labelMeanings } from './label-meaning.ts'
import { fullRecognizers } from './recognizer/index.ts'

/** What a label in a cloaked text stands for, and the rules that write it. */
export type HiddenKind = { readonly what: string; readonly rules: readonly string[] }

/** Every label that may stand in a stored text, without its brackets. */
export const hiddenKinds: Readonly<Record<string, HiddenKind>> = Object.fromEntries(
  Object.entries(labelMeanings).map(([name, what]) => [
    name,
    { what, rules: name === 'hidden' ? ['unsettled'] : rulesThatWrite(`<${name}>`) },
  ]),
)

function rulesThatWrite(written: string): readonly string[] {
  return fullRecognizers
    .filter(({ label, otherLabels = [] }) => [label, ...otherLabels].some((one) => one === written))
    .map(({ name }) => name)
    .sort()
}
