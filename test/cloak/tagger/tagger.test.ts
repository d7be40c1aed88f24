import { describe, expect, test } from 'bun:test'
import { profiles } from '../../../src/cloak/profile.ts'
import { findWhole } from '../../../src/cloak/reading.ts'
import { tagMatches } from '../../../src/cloak/tagger/tagger.ts'
import { withoutUnlikely } from '../../../src/cloak/tagger/weigh.ts'
import { readLabelledSet } from '../labelled-set.ts'

const index = profiles.full
const lines = (await readLabelledSet('train')).flatMap(({ text }) => text.split(/[\n\r]+/)).filter((line) => /[\p{L}\p{N}]/u.test(line))

/** What is tagged of a text, with the places counted from `from`. */
function taggedFrom(text: string, from: number): readonly string[] {
  return tagMatches(text, index, true).flatMap(({ start, end, label }) => (start < from ? [] : [`${start - from} ${end - from} ${label}`]))
}

/** The same lines in each run, far apart in the files. */
const some = Array.from({ length: 600 }, (_, number) => lines[(number * 7_919) % lines.length] ?? '')

describe('what is said of a line', () => {
  test('depends on it and the line before it alone', () => {
    for (const [number, line] of some.entries()) {
      const before = some[(number * 31) % some.length] ?? ''
      const pair = `${before}\n${line}`
      const longer = `${some[(number * 17) % some.length]}\n\n${pair}\n${some[(number * 13) % some.length]}`
      const from = longer.indexOf(pair) + before.length + 1
      const to = line.length
      const within = (tagged: readonly string[]): readonly string[] => tagged.filter((one) => Number(one.split(' ')[0]) < to)
      expect(within(taggedFrom(longer, from))).toEqual(within(taggedFrom(pair, before.length + 1)))
    }
  })

  test('is the same when it is asked again, and when its digits are others', () => {
    for (const line of some) {
      const first = taggedFrom(line, 0)
      expect(taggedFrom(line, 0)).toEqual(first)
      expect(taggedFrom(line.replace(/\d/g, '7'), 0)).toEqual(taggedFrom(line.replace(/\d/g, '3'), 0))
    }
  })

  test('is nothing where there is nothing but signs', () => {
    for (const text of ['', ' ', '\n\n', '=== --- ///', '😀 → ✓', '<user> <host>', '"", \'\''])
      expect(tagMatches(text, index, true)).toEqual([])
  })
})

test('a match of a weighed rule is kept however often it is asked for', () => {
  for (const text of some) {
    const matches = findWhole(text, index)?.matches ?? []
    const kept = withoutUnlikely(text, matches, index)
    expect(withoutUnlikely(text, matches, index)).toEqual(kept)
    for (const match of matches) if (index.isWeighed[match.rank] !== true) expect(kept).toContain(match)
  }
})

test('rules that the tagger does not weigh need no tagger', () => {
  const matches = findWhole('password=geheim for user otto', profiles.value)?.matches ?? []
  expect(matches.length).toBeGreaterThan(0)
  expect(withoutUnlikely('password=geheim for user otto', matches, profiles.value)).toBe(matches)
})

describe('a megabyte takes linear time', () => {
  const size = 1024 * 1024
  /** Of processor time; a quadratic walk takes minutes. */
  const millisecondsMax = 8_000

  test.each([
    ['words', 'lorem ipsum dolor sit amet '],
    ['secrets on one line', 'x8Kd!pQ2 pw W9rk-4TT '],
    ['secrets on lines', 'pw: x8Kd!pQ2w\n'],
    ['names of users', 'user jdoe42 '],
    ['keys', 'password=user=host='],
    ['base64 with slashes', 'aB3/'],
    ['quotes', '"aB3'],
    ['one token', 'aB3'],
    ['words in a token', 'fooBar'],
    ['capitals', 'AbC'],
    ['letters beyond ASCII', 'ñandú'],
    ['empty lines', '\n'],
    ['signs', '/'],
    ['labels', '<user> '],
  ])('%s', (_, unit) => {
    const text = unit.repeat(Math.ceil(size / unit.length))
    const start = process.cpuUsage()
    tagMatches(text, index, true)
    const { user, system } = process.cpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(millisecondsMax)
  })
})
