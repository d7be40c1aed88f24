import { describe, expect, test } from 'bun:test'
import { cloak } from '../../src/cloak/engine.ts'

const lines = (await Bun.file(new URL('../fixture/cloak/harmless.txt', import.meta.url)).text()).split('\n').filter((line) => line !== '')

describe('lines of installer logs without personal data stay as they are', () => {
  test('there are at least 120 of them', () => {
    expect(lines.length).toBeGreaterThanOrEqual(120)
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
