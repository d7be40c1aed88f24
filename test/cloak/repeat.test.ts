import { describe, expect, test } from 'bun:test'
import { analyze } from '../../src/cloak/analyze.ts'
import { cloak } from '../../src/cloak/engine.ts'

describe('what is given away once is hidden wherever it stands', () => {
  test.each([
    ['a host, before and behind', 'ok on nas-og\nhostname: nas-og\nnas-og is up', 'ok on <host>\nhostname: <host>\n<host> is up'],
    ['a user', 'user=jo.doe\nquota of jo.doe: 3 GB', 'user=<user>\nquota of <user>: 3 GB'],
    ['a password', 'password=hunter2-x\ntried hunter2-x twice', 'password=<secret>\ntried <secret> twice'],
    ['a token, and what is behind its prefix', 'glpat-qvmH7S6zjTFqOekre4cp, then qvmH7S6zjTFqOekre4cp', '<token>, then <token>'],
    ['the same again, hidden already', 'hostname: nas-og and <host>', 'hostname: <host> and <host>'],
  ])('%s', (_, text, cloaked) => {
    expect(cloak(text, 'full').text).toBe(cloaked)
    expect(cloak(cloaked, 'full').text).toBe(cloaked)
  })

  test('the API tells each place', () => {
    const text = 'hostname: nas-og\nnas-og is up'
    const hits = analyze(text, { types: new Set(['HOSTNAME']), threshold: 0.4 })
    expect(hits.map(({ start, end, rule }) => [text.slice(start, end), rule])).toEqual([
      ['nas-og', 'host-label'],
      ['nas-og', 'host-label'],
    ])
  })
})

describe('what may be another thing elsewhere stays there', () => {
  test.each([
    ['a plain word, which may be a program', 'DB_USER=paperless\npaperless started', 'DB_USER=<user>\npaperless started'],
    ['a short password', 'password=abc12\nabc12 is there', 'password=<secret>\nabc12 is there'],
    ['part of a longer name', 'hostname: nas-og\nmy-nas-og2 and nas-og-x', 'hostname: <host>\nmy-nas-og2 and nas-og-x'],
  ])('%s', (_, text, cloaked) => {
    expect(cloak(text, 'value').text).toBe(cloaked)
  })
})

test('many values in a large text take linear time', () => {
  const text = Array.from({ length: 30_000 }, (_, number) => `hostname: nas-${number} and nas-${number % 64}\n`).join('')
  const start = process.cpuUsage()
  expect(cloak(text, 'full').text).not.toContain('hostname: nas')
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1000).toBeLessThan(8000)
})
