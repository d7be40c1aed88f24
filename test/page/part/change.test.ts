import { describe, expect, test } from 'bun:test'
import { CountChange, RateChange } from '../../../src/page/part/change.tsx'
import { Rate } from '../../../src/page/part/rate.tsx'
import { noRuns } from '../sample-analysis.ts'

const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
const ended = (success: number, failed: number) => ({ ...noRuns, success, failed })

describe('a count against the period before', () => {
  test.each<[now: number, before: number, text: string, meaning: string]>([
    [114, 100, '▲ 14 % more', 'bad'],
    [86, 100, '▼ 14 % fewer', 'good'],
    [1_001, 1_000, 'as before', 'muted'],
    [5, 0, 'none before', 'muted'],
    [0, 0, 'none before either', 'muted'],
    [0, 5, '▼ 100 % fewer', 'good'],
  ])('%d after %d', (now, before, text, meaning) => {
    const change = CountChange({ now, before, more: 'bad' })
    expect([textOf(change), change.includes(`class="${meaning}"`)]).toEqual([text, true])
  })
})

describe('the success rate against the period before', () => {
  test.each([
    ['better', ended(950, 50), ended(900, 100), '▲ 5.0 points better', 'good'],
    ['worse', ended(900, 100), ended(950, 50), '▼ 5.0 points worse', 'bad'],
    ['worse, as chance would have it', ended(45, 5), ended(46, 4), '▼ 2.0 points worse', 'neutral'],
    ['the same', ended(90, 10), ended(900, 100), 'as before', 'muted'],
    ['of too few runs', ended(10, 9), ended(900, 100), 'too few to compare', 'muted'],
    ['against too few runs', ended(900, 100), ended(19, 0), 'too few to compare', 'muted'],
  ])('%s', (_, now, before, text, meaning) => {
    const change = RateChange({ now, before })
    expect([textOf(change), change.includes(`class="${meaning}"`)]).toEqual([text, true])
  })
})

describe('a rate', () => {
  test.each([
    ['of twenty runs is shown with their number', ended(15, 5), '75.0 % n 20'],
    ['of fewer is not', ended(15, 4), 'too few n 19'],
    ['of none is not', noRuns, 'too few n 0'],
  ])('%s', (_, counts, text) => {
    expect(textOf(Rate({ counts }))).toBe(text)
  })
})
