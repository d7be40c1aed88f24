import { expect, test } from 'bun:test'
import { cloak } from '../../src/cloak/engine.ts'
import { hiddenKinds } from '../../src/cloak/hidden-kind.ts'
import { profiles } from '../../src/cloak/profile.ts'
import { allLabels, fullRecognizers } from '../../src/cloak/recognizer/index.ts'
import { findInText, type RankedMatch } from '../../src/cloak/walk.ts'

/** What each rule puts in the place of something in its own examples and in those of all others, as `rule <label>`. */
const written = new Set<string>()
for (const { examples } of fullRecognizers) {
  for (const text of [...examples.hidden.map(([shown]) => shown), ...examples.kept]) {
    note(findInText(text, profiles.full)?.matches ?? [])
    cloak(text, 'full', note)
  }
}

function note(matches: readonly RankedMatch[]): void {
  for (const { rank, label } of matches) written.add(`${profiles.full.names[rank]} ${label}`)
}

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
