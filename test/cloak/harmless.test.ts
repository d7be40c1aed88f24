import { describe, expect, test } from 'bun:test'
import { cloak } from '../../src/cloak/engine.ts'

/** Lines as installers write them, and lines that look like what some rule hides. */
const files = ['harmless.txt', 'harmless-log.txt', 'look-alike.txt'].map((name) =>
  Bun.file(new URL(`../fixture/cloak/${name}`, import.meta.url)).text(),
)
const lines = (await Promise.all(files))
  .join('\n')
  .split('\n')
  .filter((line) => line !== '')

describe('lines of installer logs without personal data stay as they are', () => {
  test('there are at least 180 of them', () => {
    expect(lines.length).toBeGreaterThanOrEqual(180)
  })

  test.each(lines.map((line) => [line]))('%s', (line) => {
    expect(cloak(line, 'full')).toEqual({ text: line, rules: [] })
    expect(cloak(line, 'field')).toEqual({ text: line, rules: [] })
  })

  test('all lines together as one text', () => {
    const text = lines.join('\n')
    expect(cloak(text, 'full').text).toBe(text)
  })
})
