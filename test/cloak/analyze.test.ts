import { describe, expect, test } from 'bun:test'
import { analyze } from '../../src/cloak/analyze.ts'
import { bareText } from '../../src/cloak/bare-text.ts'
import { codePointsAt, countCodePoints } from '../../src/cloak/code-point.ts'
import { contextBefore } from '../../src/cloak/context.ts'
import { type EntityType, entityNames, isEntityType, usualTypes } from '../../src/cloak/entity-type.ts'
import { compareHits, type Hit } from '../../src/cloak/hit.ts'
import { operate } from '../../src/cloak/operator.ts'
import { resolve } from '../../src/cloak/resolve.ts'
import { canaries, findCanaries, veils } from '../privacy/canary.ts'

const keys = { salt: () => new Uint8Array(1), pseudonymKey: new Uint8Array(32) }

function hitAt(start: number, end: number, more: Partial<Hit> = {}): Hit {
  return { type: 'URL', start, end, score: 0.5, rule: 'test', why: { base: 0.5, isProven: false }, ...more }
}

describe('analyze', () => {
  const found = (text: string, threshold = 0.4, names: readonly Hit[] = []) =>
    analyze(text, { threshold }, () => names).map(({ type, start, end }) => [type, text.slice(start, end)])

  test('finds each value once, where it stands', () => {
    expect(found('jo@example.com at 10.0.0.5')).toEqual(
      expect.arrayContaining([
        ['EMAIL_ADDRESS', 'jo@example.com'],
        ['IP_ADDRESS', '10.0.0.5'],
      ]),
    )
  })

  test('says two types of one rule apart', () => {
    expect(found('ssh max@nas7 uptime')).toEqual(
      expect.arrayContaining([
        ['USERNAME', 'max'],
        ['HOSTNAME', 'nas7'],
      ]),
    )
    expect(found('docker login -u max -p geheim')).toEqual(
      expect.arrayContaining([
        ['USERNAME', 'max'],
        ['PASSWORD', 'geheim'],
      ]),
    )
    expect(found('api_key=k1abc').map(([type]) => type)).toEqual(['API_KEY'])
  })

  test('finds nothing of other types, and nothing that is not sure enough', () => {
    const types: ReadonlySet<EntityType> = new Set(['IP_ADDRESS'])
    expect(analyze('password=hunter2 10.0.0.5', { types, threshold: 0 }).map(({ type }) => type)).toEqual(['IP_ADDRESS'])
    expect(analyze('10.0.0.5', { types, threshold: 1.1 })).toEqual([])
  })

  test('adds names that somebody else found, and drops one within another of its type', () => {
    const names = [
      hitAt(0, 8, { type: 'PERSON', score: 0.9 }),
      hitAt(4, 8, { type: 'PERSON', score: 0.8 }),
      hitAt(5, 8, { type: 'LOCATION' }),
    ]
    expect(found('Jane Doe', 0.4, names)).toEqual([
      ['PERSON', 'Jane Doe'],
      ['LOCATION', 'Doe'],
    ])
  })

  test('lets a name begin and end where something with a form does not reach', () => {
    const text = 'BIC: GENODEF1S10, Volksbank Mitte eG'
    const name = hitAt(13, text.length, { type: 'ORGANIZATION', score: 0.9 })
    expect(found(text, 0.4, [name])).toEqual([
      ['ORGANIZATION', 'Volksbank Mitte eG'],
      ['BANK_ACCOUNT', 'GENODEF1S10'],
    ])
    const before = hitAt(0, 7, { type: 'PERSON', score: 0.9 })
    expect(found('Jo, 10.0.0.5', 0.4, [before])).toEqual([
      ['PERSON', 'Jo'],
      ['IP_ADDRESS', '10.0.0.5'],
    ])
  })

  test('also finds what hangs on to a line break that is only spelled', () => {
    expect(found('failed\\n10.0.0.5')).toEqual([['IP_ADDRESS', '10.0.0.5']])
  })
})

describe('behind terminal codes and signs of no width', () => {
  const read = (text: string) => analyze(text, { threshold: 0.4 }).map(({ type, start, end }) => [type, text.slice(start, end)])

  test.each([
    ['a code inside', 'at 10.0.\x1b[1m0.5 now', 'IP_ADDRESS', '10.0.\x1b[1m0.5'],
    ['codes around', 'at \x1b[36m10.0.0.5\x1b[0m now', 'IP_ADDRESS', '10.0.0.5'],
    ['codes that touch their neighbours', 'peer\x1b[36m10.0.0.5\x1b[0mup', 'IP_ADDRESS', '10.0.0.5'],
    ['spelled codes', 'at \\e[1m10.0.\\e[0m0.5', 'IP_ADDRESS', '10.0.\\e[0m0.5'],
    ['a sign of no width', 'mail jo@exam\u200bple.com', 'EMAIL_ADDRESS', 'jo@exam\u200bple.com'],
    ['a sign of no width and a code', '\u200b😀 jo@exam\u200bple\x1b[0m.com\u200b', 'EMAIL_ADDRESS', 'jo@exam\u200bple\x1b[0m.com'],
    ['full-width signs', 'mail jo＠example.com', 'EMAIL_ADDRESS', 'jo＠example.com'],
    ['a title', '\x1b]0;mail jo@example.com\x07ok', 'EMAIL_ADDRESS', 'jo@example.com'],
    ['a link', '\x1b]8;;https://max:geheim@db.example.com/\x1b\\\\here', 'URL_CREDENTIALS', 'max:geheim'],
  ])('%s', (_, text, type, value) => {
    expect(read(text)).toContainEqual([type, value])
  })

  test('names are found where they stand', () => {
    const text = 'by \x1b[1mJa\x1b[0mna'
    const names = (bare: string) => [hitAt(bare.indexOf('Jana'), bare.indexOf('Jana') + 4, { type: 'PERSON', score: 0.9 })]
    expect(analyze(text, { threshold: 0.4 }, names).map(({ start, end }) => text.slice(start, end))).toEqual(['Ja\x1b[0mna'])
  })

  test.each(veils)('nothing of a value stays readable: %s', (_, wrap) => {
    for (const { text } of canaries) {
      const wrapped = wrap(text)
      const hidden = operate(wrapped, resolve(analyze(wrapped, { threshold: 0.4 })), 'replace', keys)
      expect(findCanaries(bareText(hidden).text)).toEqual([])
    }
  })

  test('a value has one pseudonym, with codes in it or without', () => {
    const text = '10.0.0.5 10.0.\x1b[1m0.5'
    const [one, other] = operate(text, resolve(analyze(text, { threshold: 0.4 })), 'pseudonym', keys).split(' ')
    expect(one).toStartWith('<IP_ADDRESS_')
    expect(other).toBe(one)
  })
})

test('UUID is found only where it is asked for', () => {
  expect(usualTypes).not.toContain('UUID')
  expect(entityNames).toContain('UUID')
  expect([isEntityType('PERSON'), isEntityType('person'), isEntityType('constructor')]).toEqual([true, false, false])
})

test('proved hits count more than sure ones, those more than long ones', () => {
  const proven = hitAt(0, 2, { score: 0.4, why: { base: 0.4, isProven: true } })
  const sure = hitAt(0, 3, { score: 0.9 })
  const long = hitAt(0, 9)
  expect([long, sure, proven, hitAt(0, 4)].toSorted(compareHits)).toEqual([proven, sure, long, hitAt(0, 4)])
})

describe('places in code points', () => {
  test.each([
    ['letters', 'abc', 2, 2],
    ['an emoji before', '😀bc', 2, 1],
    ['half of an emoji', '\ud83dbc', 1, 1],
    ['letters of two units', '𝒥𝓸', 4, 2],
  ])('%s', (_, text, place, points) => {
    expect(codePointsAt(text, [place])(place)).toBe(points)
  })

  test('a whole text', () => {
    expect([countCodePoints(''), countCodePoints('a😀b')]).toEqual([0, 3])
  })
})

describe('a word before a place', () => {
  const words = ['passport', 'driver license', 'us']
  test.each([
    ['right before it', 'passport ', 'passport'],
    ['some words before it', 'Passport no. is now ', 'passport'],
    ['more words before it than count', 'passport one two three four five ', undefined],
    ['two words', 'his driver license: ', 'driver license'],
    ['a part of another word', 'status ', undefined],
    ['joined to another by a hyphen', 'us-passport ', 'passport'],
  ])('%s', (_, before, word) => {
    expect(contextBefore(`${before}X`, before.length, words)).toBe(word)
  })
})
