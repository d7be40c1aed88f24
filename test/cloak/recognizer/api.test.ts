import { describe, expect, test } from 'bun:test'
import { analyze } from '../../../src/cloak/analyze.ts'
import { operate } from '../../../src/cloak/operator.ts'
import { apiRecognizers } from '../../../src/cloak/recognizer/api.ts'
import { fullRecognizers } from '../../../src/cloak/recognizer/index.ts'
import { literalsOf } from '../../../src/cloak/recognizer.ts'
import { resolve } from '../../../src/cloak/resolve.ts'

const keys = { salt: () => new Uint8Array(), pseudonymKey: new Uint8Array(32) }
const threshold = 0.4
const only = apiRecognizers.filter((recognizer) => !fullRecognizers.includes(recognizer))

describe.each(only.map((recognizer) => [recognizer.name, recognizer] as const))('%s', (name, { type, examples, ...recognizer }) => {
  const types = new Set([type])

  test.each(examples.hidden)('hides %j, asked for its type alone', (text, hidden) => {
    const hits = analyze(text, { types, threshold })
    expect(operate(text, resolve(hits), 'replace', keys)).toBe(hidden)
    expect(hits.some(({ rule }) => rule === name)).toBeTrue()
  })

  test.each(examples.kept.map((text) => [text]))('does not fire on %j', (text) => {
    expect(analyze(text, { types, threshold }).filter(({ rule }) => rule === name)).toEqual([])
  })

  test('has anchors in lower-case ASCII', () => {
    for (const anchor of literalsOf({ ...recognizer, name, type, examples })) expect(anchor).toMatch(/^[^\0A-Z\x7f-\uffff]+$/)
  })
})

test('names are unique', () => {
  expect(new Set(apiRecognizers.map(({ name }) => name)).size).toBe(apiRecognizers.length)
})
