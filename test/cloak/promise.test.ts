import { describe, expect, test } from 'bun:test'
import { cloak } from '../../src/cloak/engine.ts'
import type { Profile } from '../../src/cloak/profile.ts'

const profiles: readonly Profile[] = ['full', 'field']

describe.each(profiles)('profile %s', (profile) => {
  test.each(['10.0.0.5', '192.168.1.77', '100.64.3.2', '8.8.8.8', '2001:db8::42', 'fe80::1', '::ffff:10.9.8.7', '127.0.0.1'])(
    'P2 leaves nothing of the address %s',
    (address) => {
      for (const text of [
        address,
        `at ${address}`,
        `(${address})`,
        `[${address}]:80`,
        `${address}/24`,
        `x=${address},`,
        `"${address}"`,
        `${address}.`,
      ]) {
        expect(cloak(text, profile).text).not.toContain(address)
      }
    },
  )

  test('P3 the same value always becomes the same label, so nothing can be turned back', () => {
    expect(cloak('10.0.0.5', profile).text).toBe(cloak('10.9.8.7', profile).text)
    expect(cloak('jo@example.com', profile).text).toBe(cloak('mia@example.org', profile).text)
  })
})

test('P1 credentials of every listed kind are hidden whole', () => {
  const secret = 'aB3-_x9KqLmNoPqRsTuVwXyZ012345'
  const texts = [
    ...[
      'password=',
      'passwd: ',
      'token=',
      'secret=',
      'api_key=',
      'DB_PASSWORD="',
      'Authorization: Bearer ',
      'Authorization: Basic ',
      'https://u:',
    ],
    ...['ghp_', 'gho_', 'ghs_', 'ghu_', 'ghr_', 'github_pat_', 'glpat-', 'sk-', 'sk-proj-', 'sk-ant-', 'xoxb-1', 'eyJ', '--password '],
  ]
  for (const before of texts) {
    const value = before.startsWith('gh') || before.startsWith('github') ? secret.replaceAll('-', 'd') : secret
    expect(cloak(`run ${before}${value}${before.startsWith('https') ? '@github.com' : ''} now`, 'full').text).not.toContain(value)
  }
})
