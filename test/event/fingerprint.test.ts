import { describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { type Failure, fingerprintCharacters, fingerprintOf, fingerprintVersion, templateOf, titleOf } from '../../src/event/fingerprint.ts'
import { errorCharactersMax } from '../../src/event/install.ts'
import { expectGolden } from '../part/golden.ts'
import { variantOf } from './fingerprint-variant.ts'

const folder = join(import.meta.dir, '../fixture/fingerprint')
const groups = readdirSync(folder)
  .sort()
  .map((file) => ({ name: file.replace('.txt', ''), errors: readFileSync(join(folder, file), 'utf8').trimEnd().split('\n') }))

describe('the groups of real errors', () => {
  test.each(groups)('$name is one group', ({ errors }) => {
    const [first = ''] = errors
    const group = fingerprintOf({ error: first })
    expect(errors.map((error) => ({ error, group: fingerprintOf({ error }) }))).toEqual(errors.map((error) => ({ error, group })))
  })

  test('no two of them meet', () => {
    const names = new Map<string, Set<string>>()
    for (const { name, errors } of groups)
      for (const error of errors) {
        const group = fingerprintOf({ error })
        names.set(group, (names.get(group) ?? new Set()).add(name))
      }
    expect([...names.values()].filter((together) => together.size > 1)).toEqual([])
    expect(names.size).toBe(groups.length)
  })

  test('none is longer than what is stored', () => {
    for (const { errors } of groups) for (const error of errors) expect(error.length).toBeLessThanOrEqual(errorCharactersMax)
  })

  test('a fingerprint is the same for ever: what is grouped otherwise needs a new version', () => {
    const lines = groups.map(({ errors: [error = ''] }) => `${fingerprintOf({ error })} ${templateOf(error)}`)
    expectGolden(`event/fingerprint-${fingerprintVersion}.txt`, `${lines.join('\n')}\n`)
  })
})

const messages = [
  'E: Failed to fetch {url} {n} Not Found [IP: {address} {n}]',
  'Container {id} failed to start: exit status of {path} is missing',
  'Failed to extract {path}: unexpected end of archive',
  'Download of version {version} failed after {duration}',
  'Process {n} was killed, {size} were in use',
  'connect to {address} port {n} failed: Connection refused',
  'Checksum of {file} is {hash}, which is not what was expected',
  '[{time}] service {name} did not answer within {duration}',
  'bash: line {line}: {folder}: No such file or directory',
  'Job for {name} failed with result timeout',
  'image {hash} could not be pulled',
  'No module named {name}',
  'Not enough space on {name}: {size} free, {size} needed',
  'The configuration file {path} was changed at {time} by process {n} and cannot be read any more because of {path}',
  'exit_code=100 | General error | at line {line}: apt-get install -y {file}',
  'exit_code=1 | General error / Operation not permitted | at line {line}: curl -fsSL {url} -o {path}',
]

describe('variants', () => {
  test.each(messages)('a thousand variants of `%s` are one group, cut off or not', (message) => {
    for (const cutAt of [errorCharactersMax, Number.POSITIVE_INFINITY]) {
      const groupsMet = new Map<string, string>()
      const samples = fc.sample(variantOf(message, cutAt), { numRuns: 1_000, seed: 1 })
      for (const error of samples) groupsMet.set(fingerprintOf({ error }), error)
      expect([...groupsMet.values()]).toHaveLength(1)
    }
  })

  test('no two messages share a group', () => {
    const samples = messages.map((message) => fc.sample(variantOf(message), { numRuns: 1, seed: 1 })[0] ?? '')
    expect(new Set(samples.map((error) => fingerprintOf({ error }))).size).toBe(messages.length)
  })
})

describe('what decides beside the text', () => {
  const apart: readonly (readonly [name: string, one: Failure, other: Failure])[] = [
    ['the code, where there is no text', { exitCode: 28 }, { exitCode: 137 }],
    ['the category, where there is neither text nor code', { errorCategory: 'timeout' }, { errorCategory: 'network' }],
    [
      'the kind of failure that the log showed, for a code that can mean anything',
      { error: 'exit_code=1 | General error', errorCategory: 'network' },
      { error: 'exit_code=1 | General error', errorCategory: 'storage' },
    ],
    [
      'the same, where a path may have pushed the reason out of the text',
      { error: 'cannot write the file /a/b: No space left on device', errorCategory: 'storage' },
      { error: 'cannot write the file /a/b: Permission denied', errorCategory: 'permission' },
    ],
  ]
  test.each(apart)('%s', (_, one, other) => {
    expect(fingerprintOf(one)).not.toBe(fingerprintOf(other))
  })

  const together: readonly (readonly [name: string, one: Failure, other: Failure])[] = [
    ['a code in the text and beside it', { error: 'exit_code=28 | curl: Timeout' }, { exitCode: 28 }],
    ['an empty text and none', { error: '  ' }, {}],
    ['a category that is unknown and none', { errorCategory: 'unknown' }, { errorCategory: '' }],
    [
      'a code with a kind of its own, whatever the client took it for',
      { error: 'exit_code=100 | General error', errorCategory: 'apt' },
      { error: 'exit_code=100 | General error', errorCategory: 'unknown' },
    ],
    [
      'a text that says what failed, with any code',
      { error: 'Connection refused', exitCode: 1 },
      { error: 'Connection refused', exitCode: 7 },
    ],
  ]
  test.each(together)('%s are one group', (_, one, other) => {
    expect(fingerprintOf(one)).toBe(fingerprintOf(other))
  })
})

describe('titles', () => {
  test.each([
    ['E: Unable to locate package foo', 'E: Unable to locate package <pkg>'],
    [
      'exit_code=100 | General error | at line 64: apt-get install -y x',
      'apt-get install: exit code 100, APT failed: broken packages or dependencies',
    ],
    ['bash: line 12: /opt/run: No such file or directory', 'bash: line <n>: <path>: No such file or directory'],
    ['broken packages / dependency problems', 'broken packages / dependency problems'],
    ['mount: /: device is busy', 'mount: <path>: device is busy'],
    [
      'exit_code=100 | APT: Package manager error (broken packages / dependency problems) | at line 42: apt-get install -y php',
      'apt-get install: exit code 100, APT failed: broken packages or dependencies',
    ],
    ['Failed to download file https://<host>/a.zip: gone', 'Failed to download file <url>: …'],
    ['', 'No message (unknown)'],
  ])('of %p is %p', (error, title) => {
    expect(templateOf(error)).toBe(title)
  })

  test('names the code where there is no text', () => {
    expect(titleOf({ exitCode: 137, errorCategory: 'resource' })).toBe('Exit code 137, Killed by SIGKILL, probably out of memory')
  })
})

describe('any text at all', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'a1 /.\'"<>()[]=:|-@,%$~'), maxLength: 300 }),
  )

  test('has a fingerprint and a title', () => {
    fc.assert(
      fc.property(anyText, (error) => {
        expect(fingerprintOf({ error })).toMatch(/^[0-9a-f]{16}$/)
        expect(templateOf(error).length).toBeWithin(1, errorCharactersMax + 1)
      }),
      { numRuns: 2_000 },
    )
    expect(fingerprintCharacters).toBe(16)
  })

  test.each([
    ['blanks', ' '],
    ['one word', 'a'],
    ['signs', ',;'],
    ['words with numbers', 'a1 '],
    ['calls', 'a('],
    ['paths', '/a'],
    ['dates', 'mon jan 1 '],
    ['dots', 'a.'],
  ])('a megabyte of %s costs no more than a short text', (_, piece) => {
    const noise = piece.repeat(1_000_000 / piece.length)
    const start = performance.now()
    for (let round = 0; round < 20; round++) fingerprintOf({ error: `${noise}x` })
    expect((performance.now() - start) / 20).toBeLessThan(20)
  })
})
