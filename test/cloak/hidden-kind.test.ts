import { expect, test } from 'bun:test'
import { hiddenKinds } from '../../src/cloak/hidden-kind.ts'
import { profiles } from '../../src/cloak/profile.ts'
import { allLabels, fullRecognizers } from '../../src/cloak/recognizer/index.ts'
import { findInText } from '../../src/cloak/walk.ts'

/** What each rule puts in the place of something in its own examples and in those of all others, as `rule <label>`. */
const written = new Set(
  fullRecognizers.flatMap(({ examples }) =>
    [...examples.hidden.map(([text]) => text), ...examples.kept].flatMap((text) =>
      (findInText(text, profiles.full)?.matches ?? []).map(({ rank, label }) => `${profiles.full.names[rank]} ${label}`),
    ),
  ),
)

const told = Object.entries(hiddenKinds).flatMap(([name, { rules }]) => rules.map((rule) => `${rule} <${name}>`))

test('every label of the cloak is told', () => {
  expect(Object.keys(hiddenKinds).map((name) => `<${name}>`)).toEqual(allLabels.filter((label) => label.startsWith('<')).sort())
})

test('no rule writes a label that it is not told to write', () => {
  expect([...written].filter((pair) => !told.includes(pair) && !pair.endsWith(' x'))).toEqual([])
})

test('every rule writes each label that it is told to write', () => {
  expect(told.filter((pair) => !written.has(pair))).toEqual(['unsettled <hidden>'])
})
