import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { endingBits } from '../../src/cloak/domain-ending.ts'
import { endingsBehind, readDottedName } from '../../src/cloak/host-name.ts'

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

test('the look at the ending alone lets every name pass that the closer look finds', () => {
  let names = 0
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('')
      for (const { index } of text.matchAll(/\.(?=[^\s.:@])/g)) {
        for (const kind of kinds) {
          if (readDottedName(text, index, kind) === undefined) continue
          names += 1
          expect(endingsBehind(text, index) & endingBits[kind]).not.toBe(0)
        }
      }
    }),
    { numRuns: 20_000, seed: 11 },
  )
  expect(names).toBeGreaterThan(1000)
})

test.each([
  ['a module', 'main.py', 0],
  ['a unit', 'immich.service', 0],
  ['a version', '3.0.15-1', 0],
  ['a package', 'curl_8.5-2.x86_64.rpm', 0],
  ['a public name', 'cloud.kowalski.de', endingBits.public],
  ['a name of two parts below an ending of files', 'kowalski.pl', 0],
  ['a name of three parts below an ending of files', 'www.kowalski.pl', endingBits.public],
  ['an internal name', 'NAS.LOCAL', endingBits.internal],
])('behind the first dot of %s (%s) stand the endings %i', (_, text, endings) => {
  expect(endingsBehind(text, text.indexOf('.'))).toBe(endings)
})
