import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { failureOf } from '../../src/event/failure.ts'
import { fingerprintOf, templateOf, titleOf } from '../../src/event/fingerprint.ts'
import { errorCharactersMax } from '../../src/event/install.ts'
import { findRootCause } from '../../src/event/root-cause.ts'
import { filled } from './fingerprint-variant.ts'
import { failures } from './root-cause-sample.ts'

const apt = 'exit_code=100 | APT: Package manager error (broken packages / dependency problems) | at line 42: apt-get install -y php'.slice(
  0,
  120,
)
const trap = 'exit_code=1 | Operation not permitted'

function groupOf(error: string, trace: string): string {
  return fingerprintOf(failureOf({ status: 'failed', error, trace, exitCode: 1, errorCategory: 'apt' }))
}

function nameOf(error: string, trace: string): string {
  return titleOf(failureOf({ status: 'failed', error, trace, exitCode: 1, errorCategory: 'apt' }))
}

describe('variants', () => {
  const samplesOf = (log: string) => fc.sample(filled(`{time} step {n} of {n}\n${log}\nsee {path}\n`), { numRuns: 1_000, seed: 1 })

  test.each(failures)('a thousand logs of `%s` are one group', (_, log) => {
    for (const error of [apt, trap]) expect(new Set(samplesOf(log).map((trace) => groupOf(error, trace))).size).toBe(1)
  })

  test('no two failures share a group, nor a name', () => {
    for (const error of [apt, trap]) {
      const traces = failures.map(([, log]) => samplesOf(log)[0] ?? '')
      expect(new Set(traces.map((trace) => groupOf(error, trace))).size).toBe(failures.length)
      expect(new Set(traces.map((trace) => nameOf(error, trace))).size).toBe(failures.length)
    }
  })
})

describe('the name of a group', () => {
  test.each(failures)('says the cause: %s', (cause, log) => {
    const [trace = ''] = fc.sample(filled(log), { numRuns: 1, seed: 2 })
    expect(nameOf(trap, trace)).toBe(cause)
    expect(nameOf(apt, trace)).toBe(`apt-get install: exit code 100, ${cause}`)
  })

  test.each([
    [
      'a script’s own words and the cause',
      'exit_code=1 | Setup of the database failed',
      'Exit code 1, Setup of the database failed, Out of memory',
    ],
    ['the cause alone behind the trap', 'exit_code=1 | General error / Operation not permitted', 'Out of memory'],
    ['the cause alone for a log that was sent without a headline', 'Reading package lists...', 'Out of memory'],
    ['the cause alone where no headline is', '', 'Out of memory'],
    ['the headline, where that is a cause', 'E: Unable to locate package x', 'E: Unable to locate package <pkg>'],
    ['what older clients say', '[ERROR] in line 3: exit code 100: while executing command npm ci', 'npm ci: exit code 100, Out of memory'],
  ])('is %s', (_, error, name) => {
    const title = nameOf(error, 'Reading package lists...\nfatal: not enough\nOut of memory\n')
    expect(title).toBe(name)
  })

  test('has room for the cause, however long the headline is', () => {
    const title = nameOf(`exit_code=1 | ${'Some words that say what was to be done '.repeat(5)}`, 'npm error code ERESOLVE')
    expect(title).toEndWith(', npm error code ERESOLVE')
    expect(title.length).toBeLessThanOrEqual(errorCharactersMax)
  })
})

describe('which line counts', () => {
  test.each([
    [
      'what the machine lacked, before what programs say',
      'tar: x: Cannot write: No space left on device\nE: Broken archive',
      'No space left on device',
    ],
    ['the last that a program says', 'curl: (28) Operation timed out\nretry\nfatal: no such branch', 'fatal: no such branch'],
    [
      'a summary only without another',
      'a.c:1:2: fatal error: x.h: No such file or directory\nmake: *** [all] Error 1',
      'a.c:1:2: fatal error: x.h: No such file or directory',
    ],
    ['of summaries the first', 'npm error Invalid tag\nnpm error A complete log of this run can be found in: /x', 'npm error Invalid tag'],
    ['a line behind time and level', '2026-08-04T12:00:05Z [ERROR] E: Broken', 'E: Broken'],
    ['a line of a builder', '#12 3.456 E: Broken', 'E: Broken'],
    ['a line of the shell without its place', '/opt/x.sh: line 12: FOO: unbound variable', 'FOO: unbound variable'],
    ['the program that is missing', '/bin/sh: 1: docker-compose: not found', 'docker-compose: command not found'],
  ])('%s', (_, log, cause) => {
    expect(findRootCause(log)).toBe(cause)
  })

  test.each([
    ['another word', 'The adapter failed over'],
    ['a warning', 'W: Some index files are old\nnpm warn deprecated x: No space left on device\nwarning: unused'],
    ['a wait', 'Waiting for cache lock: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 3 (apt)'],
    ['the words of the trap', 'exit_code=1 | General error / Operation not permitted\nin line 3: exit code 1: while executing command x'],
    ['progress', 'go: downloading github.com/a/b v1.2.3\nKilled old containers\nErrors: 0'],
    ['nothing', ''],
  ])('none in %s', (_, log) => {
    expect(findRootCause(log)).toBeUndefined()
  })

  test('of a run that its user broke off no cause is looked for', () => {
    expect(failureOf({ status: 'aborted', trace: 'Killed', exitCode: 130 })).toEqual({ exitCode: 130 })
  })
})

describe('any log at all', () => {
  test('has a cause of bounded length or none', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('E: ', '\n', ': ', ' line 3: ', 'npm error ', 'Error', '.', '::'))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(findRootCause(pieces.join(''))?.length ?? 0).toBeLessThanOrEqual(512)
        expect(nameOf(trap, pieces.join('')).length).toBeWithin(1, errorCharactersMax + 1)
      }),
      { numRuns: 1_000 },
    )
  })

  test.each([
    ' ',
    'a',
    'a: ',
    ': not found ',
    '\n',
    'E: x\n',
    'Error.',
    'a.b:',
    'x/y: z: ',
    '1:2:3 ',
    "command '",
    'line 1: 1 ',
    '✘',
    'make[1]: *** x\n',
  ])('a megabyte of %j costs no more than its end', (piece) => {
    const noise = piece.repeat(1_000_000 / piece.length)
    const took = Array.from({ length: 5 }, () => {
      const start = performance.now()
      findRootCause(`${noise}x`)
      return performance.now() - start
    })
    expect(Math.min(...took)).toBeLessThan(50)
  })
})

test('groups that only the kind of failure tells apart have names that say it', () => {
  const error = 'exit_code=1 | General error | at line 3: apt-get install -y x'
  const names = ['network', 'storage', 'unknown'].map((errorCategory) => titleOf({ error, errorCategory }))
  expect(names).toEqual([
    'apt-get install: exit code 1, General error (network)',
    'apt-get install: exit code 1, General error (storage)',
    'apt-get install: exit code 1, General error',
  ])
  expect(templateOf(error)).toBe(names[2] ?? '')
})
