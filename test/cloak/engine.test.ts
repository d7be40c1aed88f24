import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { cloak } from '../../src/cloak/engine.ts'
import type { Profile } from '../../src/cloak/profile.ts'
import { fullRecognizers } from '../../src/cloak/recognizer/index.ts'
import { literalsOf } from '../../src/cloak/recognizer.ts'
import { readCorpus } from './corpus.ts'

const profiles: readonly Profile[] = ['full', 'field']
const corpus = await readCorpus()

/** Pieces that meet in ways no example has: halves of secrets, signs that recognizers look at, labels of an earlier pass. */
const pieces = [
  ...fullRecognizers.flatMap((recognizer) => [
    ...recognizer.examples.hidden.map(([text]) => text),
    ...recognizer.examples.kept,
    ...literalsOf(recognizer),
    recognizer.label,
  ]),
  ...[
    '\n',
    ' ',
    '"',
    "'",
    '\\',
    '\\n',
    '<',
    '>',
    '=',
    ':',
    '@',
    '/',
    '.',
    '-',
    '1',
    'a',
    'é',
    '😀',
    '\ud800',
    '\0',
    '1.2.3.4',
    'version ',
    '://',
    'x',
  ],
  ...['\x1b', '\x1b[', '\x1b[31m', '\x1b]0;', '\x07', '\x9b', '[', '[31m', '[0;1m', '[3', '1m', 'm', 'K', '[K', '[m[K', '[2K', '[1A', ';'],
  ...[
    '\\x1b',
    '\\033',
    '\\e[1m',
    '\\u001',
    'b',
    '^[',
    '^',
    '#033',
    '␛',
    '\\t',
    '\\r',
    '\\u000a',
    '%20',
    '%',
    '\u200b',
    '\u2060',
    '\u00ad',
    '＠',
    '１',
  ],
]
const mixedText = fc
  .array(
    fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) }),
    {
      maxLength: 14,
    },
  )
  .map((parts) => parts.join(''))

describe.each(profiles)('profile %s', (profile) => {
  test('cloaking a cloaked text changes nothing and names no rule', () => {
    fc.assert(
      fc.property(mixedText, (text) => {
        const once = cloak(text, profile)
        expect(cloak(once.text, profile)).toEqual({ text: once.text, rules: [] })
      }),
      { numRuns: 4000, seed: 7 },
    )
  })

  test('any text of any characters is answered, at most six times as long', () => {
    fc.assert(
      fc.property(fc.oneof(mixedText, fc.string({ unit: 'binary', maxLength: 400 })), (text) => {
        expect(cloak(text, profile).text.length).toBeLessThanOrEqual(6 * text.length + 16)
      }),
      { numRuns: 4000, seed: 7 },
    )
  })

  test('a text without findings comes back without rules, as it was', () => {
    const text = 'exit_code=1 | General error | at line 12: make'
    expect(cloak(text, profile)).toEqual({ text, rules: [] })
    expect(cloak('', profile)).toEqual({ text: '', rules: [] })
  })
})

test('rules are sorted and named once', () => {
  const { rules } = cloak('10.0.0.5 jo@example.com 10.0.0.6 password=a bc:24:11:5a:00:1f', 'full')
  expect(rules).toEqual(['email', 'ipv4', 'mac', 'secret'])
})

test('overlapping findings are hidden as a whole under the first of the list', () => {
  expect(cloak('password=ghp_0123456789abcdefABCDEF,jo@example.com', 'full')).toEqual({ text: 'password=<token>', rules: ['github-token'] })
})

test('rules name exactly the recognizers whose label was written', () => {
  for (const { text } of corpus) {
    const { text: cloaked, rules } = cloak(text, 'full')
    for (const rule of rules) {
      const label = fullRecognizers.find(({ name }) => name === rule)?.label ?? ''
      expect(rule === 'user-at-host' ? /<(?:user|host)>/.test(cloaked) : cloaked.includes(label)).toBe(true)
    }
  }
})

test('a chain of contexts that dissolve one another ends in a settled text', () => {
  const chain = `${'password="version" 1.2.3.4 "user" '.repeat(50)}`
  const { text } = cloak(chain, 'full')
  expect(cloak(text, 'full').rules).toEqual([])
})
