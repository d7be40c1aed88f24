import { describe, expect, test } from 'bun:test'
import { cloak } from '../../src/cloak/engine.ts'
import { fullRecognizers } from '../../src/cloak/recognizer/index.ts'
import { literalsOf } from '../../src/cloak/recognizer.ts'

const size = 256 * 1024

/** Of processor time, so that what else runs on the machine does not count; generous all the same: a quadratic walk over so much takes ten seconds and more. */
const millisecondsMax = 4000

const withLiterals = fullRecognizers
  .filter(({ tags }) => tags === undefined)
  .map((recognizer) => ({ ...recognizer, anchors: literalsOf(recognizer) }))

function repeat(unit: string, length = size): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
}

function timeOf(text: string): number {
  const start = process.cpuUsage()
  cloak(text, 'full')
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

describe('a quarter of a megabyte built against a recognizer takes linear time', () => {
  const units = withLiterals.flatMap(({ name, anchors, examples }) => [
    [name, 'its anchors', anchors.join('')] as const,
    [name, 'each anchor after a blank', anchors.map((anchor) => ` ${anchor}`).join('')] as const,
    [name, 'its examples on one line', examples.hidden.map(([text]) => text.replaceAll('\n', ' ')).join(' ')] as const,
    [name, 'what it keeps, without a break', examples.kept.join('')] as const,
  ])

  test.each(units)('%s: %s', (_, __, unit) => {
    expect(timeOf(repeat(unit))).toBeLessThan(millisecondsMax)
  })

  test.each(withLiterals)('$name: four times as much of all that together', ({ anchors, examples }) => {
    const unit = [...anchors, ' ', anchors.join(' '), ...examples.hidden.map(([text]) => text), ...examples.kept].join('')
    expect(timeOf(repeat(unit, 4 * size))).toBeLessThan(4 * millisecondsMax)
  })

  test.each(withLiterals.map(({ name, anchors }) => [name, anchors] as const))('%s: each anchor alone, again and again', (_, anchors) => {
    for (const anchor of anchors.slice(0, 12)) expect(timeOf(repeat(anchor))).toBeLessThan(millisecondsMax)
  })
})

test.each([
  ['dots between letters', 'a.'],
  ['endings of names', '.com'],
  ['names of one part behind the other', 'nas.local.'],
  ['digits and dots', '1.1.1.1.'],
  ['an endless number', '1'],
  ['signs of mail', 'a@'],
  ['long names before signs of mail', `${'a'.repeat(63)}@`],
  ['colons', ':'],
  ['hexadecimal groups', 'fe80:'],
  ['double colons', '::'],
  ['schemes', 'a://'],
  ['users of URLs', 'http://a:b'],
  ['open quotes', 'password="'],
  ['open quotes on lines', 'password="\n'],
  ['escaped quotes', 'password=\\"\\\\'],
  ['openings of labels', '<host'],
  ['tags like labels', '<token>a'],
  ['labels', '<host>'],
  ['armours that never close', '-----BEGIN PRIVATE KEY-----\n'],
  ['armours that never open', `${'A'.repeat(64)}\n-----END PRIVATE KEY-----\n`],
  ['blanks', ' '],
  ['long blanks before a value', `host${' '.repeat(60)}`],
  ['commands without a secret', 'mysql -h x -u y '],
  ['user words', ' for user '],
  ['terminal codes', '\x1b[31m'],
  ['terminal codes in words', 'a\x1b[31m'],
  ['codes without their escape character', 'a[31m[K'],
  ['codes that may be text', '[K'],
  ['beginnings of codes', '[3'],
  ['beginnings of codes, and a code', '[3[31m'],
  ['numbers of a code', '1;'],
  ['titles without an end', '\x1b]0;a'],
  ['one title of many letters', '\x1b]aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ['spelled escapes', '\\u001b'],
  ['spelled codes', 'a\\033[1m'],
  ['backslashes', '\\'],
  ['spelled line breaks', 'a\\n'],
  ['spelled line breaks before addresses', '\\n10.0.0.5'],
  ['signs of no width', 'a\u200b'],
  ['signs of no width side by side', '\u200b'],
  ['full-width signs', '\uff11'],
  ['lists of files', '-rw-r--r-- 1 max max '],
  ['mounts', 'mount '],
  ['mounts of hosts', 'nfs a1:/x '],
])('a quarter of a megabyte of %s takes linear time', (_, unit) => {
  expect(timeOf(repeat(unit))).toBeLessThan(millisecondsMax)
})

test('twice the text takes about twice the time', () => {
  const text = repeat('Nov 22 11:40:42 pve1 app[1]: user jo@nas from 10.0.0.5:22 via http://a:b@c.lan/?token=x failed\n')
  timeOf(text.slice(0, size / 2))
  const half = Math.min(...[1, 2, 3].map(() => timeOf(text.slice(0, size / 2))))
  const whole = Math.min(...[1, 2, 3].map(() => timeOf(text)))
  expect(whole).toBeLessThan(4 * half + 50)
})
