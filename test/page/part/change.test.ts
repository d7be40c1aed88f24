import { describe, expect, test } from 'bun:test'
import type { Whole } from '../../../src/page/outcome.ts'
import { CountChange, RateChange, TimeChange } from '../../../src/page/part/change.tsx'
import { Rate } from '../../../src/page/part/rate.tsx'
import { noRuns } from '../sample-analysis.ts'

const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
const classOf = (html: string) => /^<span class="(\w+)"/.exec(html)?.[1] ?? 'none'
const ended = (success: number, failed: number) => ({ ...noRuns, success, failed })

describe('a count of something bad against the period before', () => {
  test.each<[name: string, now: number, before: number, whole: Whole | undefined, text: string, meaning: string]>([
    ['grew while all runs did not', 140, 100, { now: 1_000, before: 1_000 }, '▲ 40 % more', 'bad'],
    ['fell while all runs did not', 60, 100, { now: 1_000, before: 1_000 }, '▼ 40 % fewer', 'good'],
    ['grew as all runs did', 117, 100, { now: 1_170, before: 1_000 }, '▲ 17 % more', 'none'],
    ['grew, but less than all runs', 120, 100, { now: 9_000, before: 1_000 }, '▲ 20 % more', 'none'],
    ['grew as chance would have it', 11, 10, { now: 1_000, before: 1_000 }, '▲ 10 % more', 'none'],
    ['fell, but less than all runs', 80, 100, { now: 100, before: 1_000 }, '▼ 20 % fewer', 'none'],
    ['and all of it is bad', 140, 100, { now: 140, before: 100 }, '▲ 40 % more', 'none'],
    ['that is not bad', 140, 100, undefined, '▲ 40 % more', 'none'],
    ['stayed', 1_001, 1_000, { now: 2_000, before: 9_000 }, 'as before', 'muted'],
    ['came', 5, 0, { now: 1_000, before: 1_000 }, 'none before', 'muted'],
    ['never was', 0, 0, { now: 1_000, before: 1_000 }, 'none before either', 'muted'],
    ['went', 0, 50, { now: 1_000, before: 1_000 }, '▼ 100 % fewer', 'good'],
  ])('%s', (_, now, before, whole, text, meaning) => {
    const change = CountChange({ now, before, badOf: whole })
    expect([textOf(change), classOf(change)]).toEqual([text, meaning])
  })
})

describe('the success rate against the period before', () => {
  test.each([
    ['better', ended(950, 50), ended(900, 100), '▲ 5.0 points better', 'good'],
    ['worse', ended(900, 100), ended(950, 50), '▼ 5.0 points worse', 'bad'],
    ['worse, as chance would have it', ended(45, 5), ended(46, 4), '▼ 2.0 points worse', 'none'],
    ['the same', ended(90, 10), ended(900, 100), 'as before', 'muted'],
    ['of too few runs', ended(10, 9), ended(900, 100), 'too few to compare', 'muted'],
    ['against too few runs', ended(900, 100), ended(19, 0), 'too few to compare', 'muted'],
  ])('%s', (_, now, before, text, meaning) => {
    const change = RateChange({ now, before })
    expect([textOf(change), classOf(change)]).toEqual([text, meaning])
  })
})

describe('a time against the period before', () => {
  test.each([
    ['longer', 90, 60, '▲ 50 % longer', 'none'],
    ['shorter', 45, 60, '▼ 25 % shorter', 'none'],
    ['the same', 60, 60, 'as before', 'muted'],
    ['against none', 60, 0, 'as before', 'muted'],
  ])('%s', (_, now, before, text, meaning) => {
    const change = TimeChange({ now, before })
    expect([textOf(change), classOf(change)]).toEqual([text, meaning])
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
