import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { readDottedName } from '../../src/cloak/host-name.ts'

const kinds = ['public', 'internal'] as const

/** Parts that names are made of and that end them, with what may stand between and behind. */
const pieces = fc.constantFrom(
  ...[
    '.',
    '.',
    '.',
    '-',
    '_',
    ' ',
    '..',
    '.-',
    '-.',
    'a',
    'nas',
    'x1',
    'müller',
    '1',
    'COM',
    'com',
    'de',
    'py',
    'co.uk',
    'com.br',
    'pl',
    'io',
  ],
  ...['local', 'fritz.box', 'home.arpa', 'technology', 'gmbh', 'js', 'service', 'a'.repeat(62), 'b'.repeat(64), '-'.repeat(70), '@', ':'],
)

test('a name is read at its last dot alone, whole, wherever that stands in a text', () => {
  let names = 0
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('')
      for (const kind of kinds) {
        let end = 0
        for (const { index } of text.matchAll(/\./g)) {
          const name = readDottedName(text, index, kind)
          if (name === undefined) continue
          names += 1
          expect(text.slice(index + 1, name.end)).toMatch(/^[a-z][a-z-]*$/i)
          expect(name.start).toBeLessThan(index)
          expect(name.start).toBeGreaterThanOrEqual(end)
          end = name.end
        }
      }
    }),
    { numRuns: 20_000, seed: 11 },
  )
  expect(names).toBeGreaterThan(1000)
})

test.each([
  ['a module', 'main.py', 'public', undefined],
  ['a unit', 'immich.service', 'public', undefined],
  ['a version', '3.0.15-1', 'public', undefined],
  ['a package', 'curl_8.5-2.x86_64.rpm', 'public', undefined],
  ['a public name', 'to cloud.kowalski.de:80', 'public', 'cloud.kowalski.de'],
  ['a name that ends a sentence', 'at cloud.kowalski.de. Then', 'public', 'cloud.kowalski.de'],
  ['a name with hyphens behind it', 'cloud.kowalski.de-.-', 'public', 'cloud.kowalski.de'],
  ['a name behind dots', '..kowalski.de', 'public', 'kowalski.de'],
  ['a name of two parts below an ending of files', 'kowalski.pl', 'public', undefined],
  ['a name of three parts below an ending of files', 'www.kowalski.pl', 'public', 'www.kowalski.pl'],
  ['an internal name', 'NAS.LOCAL', 'internal', 'NAS.LOCAL'],
  ['a public name read as an internal one', 'kowalski.de', 'internal', undefined],
] as const)('%s (%s) holds as %s name %s', (_, text, kind, expected) => {
  const found = [...text.matchAll(/\./g)].flatMap(({ index }) => readDottedName(text, index, kind) ?? [])
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(expected === undefined ? [] : [expected])
})
