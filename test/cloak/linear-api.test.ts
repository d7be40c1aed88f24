import { describe, expect, test } from 'bun:test'
import { analyze } from '../../src/cloak/analyze.ts'
import { buildAnchorIndex } from '../../src/cloak/anchor-index.ts'
import { apiRecognizers } from '../../src/cloak/recognizer/api.ts'
import { fullRecognizers } from '../../src/cloak/recognizer/index.ts'
import { literalsOf, type Recognizer } from '../../src/cloak/recognizer.ts'
import { findMatches } from '../../src/cloak/walk.ts'

const size = 256 * 1024
/** Of processor time; a walk that is quadratic takes ten seconds and more. */
const millisecondsMax = 2_000
const only = apiRecognizers.filter((recognizer) => !fullRecognizers.includes(recognizer) && recognizer.tags === undefined)

function repeat(unit: string, length = size): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
}

/** Its anchors; a letter and a digit for those that are told by their classes alone. */
function beginningsOf(recognizer: Recognizer): readonly string[] {
  const isOfClass = (recognizer.signs ?? []).some(({ sign }) => sign === '')
  return [...literalsOf(recognizer), ...(isOfClass ? ['A', '1', 'a'] : [])]
}

function timeOf(work: () => unknown): number {
  const start = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1_000
}

describe('a quarter of a megabyte built against a recognizer takes linear time', () => {
  const units = only.flatMap((recognizer) => [
    [recognizer.name, 'its anchors', recognizer, beginningsOf(recognizer).join('')] as const,
    [recognizer.name, 'its anchors apart', recognizer, beginningsOf(recognizer).join(' ')] as const,
    [recognizer.name, 'its examples on one line', recognizer, recognizer.examples.hidden.map(([text]) => text).join(' ')] as const,
    [recognizer.name, 'what it keeps, without a break', recognizer, recognizer.examples.kept.join('')] as const,
  ])

  test.each(units)('%s: %s', (_, __, recognizer, unit) => {
    const text = repeat(unit)
    const index = buildAnchorIndex([recognizer], [])
    expect(timeOf(() => findMatches(text, index, [{ from: 0, to: text.length }]))).toBeLessThan(millisecondsMax)
  })

  test.each(only)('$name: four times as much of all that together', (recognizer) => {
    const beginnings = beginningsOf(recognizer)
    const { hidden, kept } = recognizer.examples
    const text = repeat([...beginnings, beginnings.join(' '), ...hidden.map(([shown]) => shown), ...kept].join(''), 4 * size)
    const index = buildAnchorIndex([recognizer], [])
    expect(timeOf(() => findMatches(text, index, [{ from: 0, to: text.length }]))).toBeLessThan(4 * millisecondsMax)
  })
})

test.each([
  ['digits', '1'],
  ['digits and blanks', '1 '],
  ['numbers of phones', '+49 30 901820 '],
  ['brackets', '(1'],
  ['words of streets', 'Main Street '],
  ['capitals', 'A'],
  ['words with a capital', 'Aaaa '],
  ['words of contexts', 'passport account '],
  ['addresses of the web', 'http://a.b/'],
  ['one address of the web', `http://${'a'.repeat(10_000)}`],
  ['mail in a row', 'a@b.com,'],
  ['terminal codes', '1.\x1b[1m'],
  ['titles', '\x1b]0;jo\x07'],
  ['signs of no width', '1\u200b.'],
])('a quarter of a megabyte of %s is analyzed in linear time', (_, unit) => {
  expect(timeOf(() => analyze(repeat(unit), { threshold: 0 }))).toBeLessThan(4 * millisecondsMax)
})
