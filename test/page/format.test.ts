import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import {
  compactCount,
  formatAgo,
  formatBytes,
  formatCount,
  formatDay,
  formatMany,
  formatMinute,
  formatMoment,
  formatPeriod,
  formatSeconds,
  formatShare,
  formatTook,
} from '../../src/page/format.ts'

const minute = 60_000
const day = 24 * 60 * minute

describe('formats', () => {
  test.each<[name: string, text: string, expected: string]>([
    ['a small count', formatCount(7), '7'],
    ['a count of thousands', formatCount(1_234_567), '1,234,567'],
    ['a negative count', formatCount(-1_234), '-1,234'],
    ['a compact count below thousand', compactCount(999), '999'],
    ['a compact count of thousands', compactCount(1_200), '1.2k'],
    ['a compact count of millions', compactCount(34_000_000), '34M'],
    ['a share', formatShare(0.9166), '91.7 %'],
    ['all', formatShare(1), '100.0 %'],
    ['nothing', formatShare(0), '0.0 %'],
    ['nearly all', formatShare(0.99999), '99.9 %'],
    ['nearly nothing', formatShare(0.00001), '0.1 %'],
    ['less than ten seconds', formatSeconds(4.25), '4.3 s'],
    ['seconds', formatSeconds(45), '45 s'],
    ['minutes', formatSeconds(125), '2 min 5 s'],
    ['whole minutes', formatSeconds(120), '2 min'],
    ['hours', formatSeconds(4_320), '1 h 12 min'],
    ['a period of days', formatPeriod(7 * day), '7 days'],
    ['a period of one hour', formatPeriod(60 * minute), '1 hour'],
    ['a period of minutes', formatPeriod(90 * minute), '90 minutes'],
    ['a period of seconds', formatPeriod(10_000), '10 seconds'],
    ['a short period', formatPeriod(250), '250 ms'],
    ['what took a moment', formatTook(12.4), '12 ms'],
    ['what took long', formatTook(125_000), '2 min 5 s'],
    ['bytes', formatBytes(512), '512 B'],
    ['no bytes', formatBytes(0), '0 B'],
    ['gigabytes', formatBytes(3.4 * 1_024 ** 3), '3.4 GB'],
    ['hundreds of megabytes', formatBytes(345.6 * 1_024 ** 2), '346 MB'],
    ['a day', formatDay(20_514), '2026-03-02'],
    ['a minute', formatMinute(20_514 * day + 754 * minute), '2026-03-02 12:34'],
    ['a moment', formatMoment(20_514 * day + 754 * minute + 56_000), '2026-03-02 12:34:56'],
    ['now', formatAgo(0, 59_000), 'just now'],
    ['a clock that ran ahead', formatAgo(5_000, 0), 'just now'],
    ['minutes ago', formatAgo(0, 5 * minute), '5 min ago'],
    ['hours ago', formatAgo(0, 47 * 60 * minute), '47 h ago'],
    ['days ago', formatAgo(0, 12 * day), '12 days ago'],
    ['one', formatMany(1, 'run'), '1 run'],
    ['many', formatMany(1_000, 'run'), '1,000 runs'],
    ['an odd plural', formatMany(2, 'entry', 'entries'), '2 entries'],
  ])('%s', (_, text, expected) => {
    expect(text).toBe(expected)
  })

  test('only all reads as 100.0 % and only nothing as 0.0 %', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.nat(), (all, some) => {
        const part = some % (all + 1)
        expect(formatShare(part / all) === '100.0 %').toBe(part === all)
        expect(formatShare(part / all) === '0.0 %').toBe(part === 0)
      }),
    )
  })
})
