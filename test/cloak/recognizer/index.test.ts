import { describe, expect, test } from 'bun:test'
import { cloak } from '../../../src/cloak/engine.ts'
import { allLabels, fieldRecognizers, fullRecognizers } from '../../../src/cloak/recognizer/index.ts'
import { literalsOf } from '../../../src/cloak/recognizer.ts'

describe.each(fullRecognizers.map((recognizer) => [recognizer.name, recognizer] as const))('%s', (name, recognizer) => {
  test.each(recognizer.examples.hidden)('hides %j', (text, cloaked) => {
    const result = cloak(text, 'full')
    expect(result.text).toBe(cloaked)
    expect(result.rules.length).toBeGreaterThan(0)
  })

  test.each(recognizer.examples.kept.map((text) => [text]))('does not fire on %j', (text) => {
    expect(cloak(text, 'full').rules).not.toContain(name)
  })

  test('is the one that fires on most of its examples', () => {
    const fired = recognizer.examples.hidden.filter(([text]) => cloak(text, 'full').rules.includes(name))
    expect(fired.length * 2).toBeGreaterThan(recognizer.examples.hidden.length)
  })

  test('has anchors in lower-case ASCII', () => {
    for (const anchor of literalsOf(recognizer)) expect(anchor).toMatch(/^[^\0A-Z\x7f-\uffff]+$/)
  })
})

test('names are unique and labels are short', () => {
  expect(new Set(fullRecognizers.map(({ name }) => name)).size).toBe(fullRecognizers.length)
  for (const label of allLabels) expect(label.length).toBeLessThanOrEqual(16)
})

test('the field profile is a part of the full one', () => {
  const names = fullRecognizers.map(({ name }) => name)
  for (const { name } of fieldRecognizers) expect(names).toContain(name)
})
