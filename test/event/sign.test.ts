import { describe, expect, test } from 'bun:test'
import { categoryOfFailure } from '../../src/event/category.ts'
import { phraseReader } from '../../src/event/phrase.ts'
import { findCause, showsAbort } from '../../src/event/sign.ts'

describe('the output of a script shows its cause', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [
      'abort',
      [
        'SIGINT',
        'got SIGHUP.',
        'Ctrl+C',
        'ctrl-c pressed',
        'Aborted by user',
        'user abort',
        'User aborted',
        'Cancelled by user',
        'canceled by user',
        'No changes have been made.',
      ],
    ],
    [
      'resource',
      ['Out of memory: Killed', 'oom-kill:constraint', 'fork: Cannot allocate memory', 'Killed process 81', 'virtual memory exhausted'],
    ],
    ['storage', ['No space left on device', 'disk full', 'Disk quota exceeded', 'tar: write error']],
    [
      'network',
      [
        'Could not resolve host',
        'Connection refused',
        'connection timed out',
        'Network is unreachable',
        'Temporary failure in name resolution',
        'Failed to connect to x',
        'TLS handshake',
        'SSL certificate problem',
        'curl: (6)',
        'wget: unable',
      ],
    ],
    ['permission', ['Permission denied', 'Operation not permitted', 'Error: EACCES', 'must be run as root']],
    [
      'apt',
      [
        'E: Unable to locate package x',
        'broken packages',
        'unmet dependencies',
        'dpkg was interrupted',
        'held broken packages',
        'E: Package x',
        'apt-get update',
        'dpkg: error',
      ],
    ],
    [
      'command_not_found',
      [
        'x: command not found',
        'curl: command not found',
        'wget: command not found',
        'apt-get: command not found',
        'dpkg: command not found',
      ],
    ],
    ['timeout', ['operation timed out', 'Timeout was reached', 'i/o timeout']],
    ['database', ['Prisma schema', 'at migration.sql', 'datasource db', 'SQLite database is locked', 'Could not find the migration']],
  ]
  test.each(rows)('%s', (sign, texts) => {
    for (const text of texts) {
      for (const log of [text, text.toUpperCase(), `before\n${text}\nafter`]) {
        expect([log, showsAbort(log), findCause(log)]).toEqual([log, sign === 'abort', sign === 'abort' ? undefined : (sign as never)])
      }
    }
  })

  test.each([
    'adapter',
    'adapt-get',
    'apt-getter',
    'xcurl:',
    'curl',
    'libcurl:',
    'timeouts',
    '--connect-timeout 5',
    'datasources',
    'prismatic',
    'migrationXsql',
    'superuser aborting',
    'resigint',
    'write errors',
    'eaccess',
    'permission deniedX',
    'knockout of memory',
    'the: packages',
  ])('%s shows nothing', (text) => {
    expect([showsAbort(text), findCause(text)]).toEqual([false, undefined])
  })

  test('the most telling cause counts', () => {
    expect(categoryOfFailure(1, 'curl: timed out\nkilled process\napt-get', undefined)).toBe('resource')
    expect(categoryOfFailure(1, 'timeout in datasource', 'shell')).toBe('timeout')
  })
})

test('of phrases that begin alike the longest counts', () => {
  const read = phraseReader({ short: ['no'], long: ['no way'] })
  expect([...read('no way')]).toEqual(['long'])
  expect([...read('no, no way')]).toEqual(['short', 'long'])
  expect([...read('know')]).toEqual([])
})
