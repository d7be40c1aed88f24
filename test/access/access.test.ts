import { expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { openAccess } from '../../src/access/access.ts'
import { findUnlistedProxy } from '../../src/access/standing.ts'
import { fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'
import { countedBytes, listeningLog } from './sample.ts'

function openIn(folder: string, start = 1) {
  const clock = fakeClock('2026-03-01T12:00:00Z')
  const log = listeningLog()
  const random = countedBytes(start)
  return { log, clock, ...openAccess({ folder, rpm: 60, burst: 20, keyRpm: 600, trustedProxies: ['10.1.0.0/16'], clock, random, log }) }
}

test('keys, limits and the secret for ids go on after a restart', () => {
  using folder = temporaryFolder()
  const before = openIn(folder.path)
  const made = before.keyRing.createKey({ scope: 'ingest', tenant: 'default' }, 'cli')
  if (!made.ok) throw new Error(made.fault)
  before.keyRing.authenticate(made.value.key, ['ingest'])
  before.addressLimit.take('busy', 20, before.clock.now())
  before.keyLimit.take(made.value.id, 600, before.clock.now())
  before.close()

  const after = openIn(folder.path, 500)
  expect(after.idSecret).toEqual(before.idSecret)
  expect(after.keyRing.authenticate(made.value.key, ['ingest']).ok).toBe(true)
  expect(after.keyRing.listKeys()[0]?.lastUsedDay).toBeGreaterThan(20_000)
  expect(after.addressLimit.take('busy', 1, after.clock.now()).allowed).toBe(false)
  expect(after.keyLimit.take(made.value.id, 1, after.clock.now()).allowed).toBe(false)
  expect(existsSync(folder.file('rate.db-wal'))).toBe(true)
  after.close()
  expect(existsSync(folder.file('rate.db-wal'))).toBe(false)
})

test('P2 the warning about an unlisted proxy names its network and the setting, once, and no address', () => {
  using folder = temporaryFolder()
  const access = openIn(folder.path)
  const headers = new Headers({ 'X-Forwarded-For': '203.0.113.9' })
  for (const peer of ['10.1.2.3', '10.2.3.4', '192.168.3.4', '203.0.113.9']) access.clientAddress.keyOf(peer, headers)
  access.close()
  expect(access.log.lines.map(({ level, facts }) => ({ level, facts }))).toEqual([
    { level: 'warn', facts: { network: '10.0.0.0/8', setting: 'TRUSTED_PROXIES_CIDR' } },
  ])
  expect(JSON.stringify(access.log.lines)).not.toMatch(/203\.0\.113|10\.2\.3|192\.168/)
  expect([access.clientAddress.unlistedProxy(), findUnlistedProxy(folder.file('access.db'))]).toEqual(['10.0.0.0/8', '10.0.0.0/8'])
})
