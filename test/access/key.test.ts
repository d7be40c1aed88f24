import type { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { statSync } from 'node:fs'
import { openAudit } from '../../src/access/audit.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import { type KeyRing, liveKeysMax, type MadeKey, type NewKey, openKeyRing } from '../../src/access/key.ts'
import { isScope, type Scope } from '../../src/access/key-text.ts'
import { type FakeClock, fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'
import { bytesIn, countedBytes } from './sample.ts'

const noon = Date.UTC(2026, 2, 1, 12)
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const everyScope: readonly Scope[] = ['read', 'ingest', 'admin', 'cloak']

type Place = {
  readonly ring: KeyRing
  readonly database: Database
  readonly clock: FakeClock
  readonly folder: string
  file: string
  [Symbol.dispose](): void
}

function place(): Place {
  const folder = temporaryFolder()
  const clock = fakeClock(noon)
  const file = folder.file('access.db')
  const database = openAccessDatabase(file)
  const end = () => {
    database.close()
    folder[Symbol.dispose]()
  }
  return {
    ring: openKeyRing(database, { clock, random: countedBytes() }),
    database,
    clock,
    folder: folder.path,
    file,
    [Symbol.dispose]: end,
  }
}

function make(ring: KeyRing, wanted: Partial<NewKey> = {}): MadeKey {
  const made = ring.createKey({ scope: 'read', tenant: 'default', ...wanted }, 'cli')
  if (!made.ok) throw new Error(made.fault)
  return made.value
}

const faultOf = (ring: KeyRing, key: string | null, scopes: readonly Scope[] = everyScope) => {
  const answer = ring.authenticate(key, scopes)
  return answer.ok ? 'granted' : answer.fault
}

describe('a key', () => {
  test('is made, shown once and accepted', () => {
    using here = place()
    const made = make(here.ring, { scope: 'ingest', tenant: 'team-2', label: 'CI', expiresAt: noon + hourMs })
    expect(made).toEqual({
      id: made.id,
      key: made.key,
      scope: 'ingest',
      tenant: 'team-2',
      label: 'CI',
      createdAt: noon,
      expiresAt: noon + hourMs,
    })
    expect(made.key).toMatch(/^ts_i_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}$/)
    expect(here.ring.authenticate(made.key, ['ingest'])).toEqual({
      ok: true,
      value: { keyId: made.id, scope: 'ingest', tenant: 'team-2', label: 'CI' },
    })
    const { key: _, ...facts } = made
    expect(here.ring.listKeys()).toEqual([facts])
  })

  test.each([
    ['read', ['read'], ['ingest', 'admin']],
    ['ingest', ['ingest'], ['read', 'admin']],
    ['admin', ['admin', 'read'], ['ingest']],
  ] as const)('P23 of scope %s grants %j and not %j', (scope, yes, no) => {
    using here = place()
    const { key } = make(here.ring, { scope })
    for (const wanted of yes) expect(faultOf(here.ring, key, [wanted])).toBe('granted')
    for (const wanted of no) expect(faultOf(here.ring, key, [wanted])).toBe('scope_missing')
    expect(faultOf(here.ring, key, everyScope)).toBe('granted')
    expect(faultOf(here.ring, key, [])).toBe('scope_missing')
  })

  test('P23 speaks for its own tenant and no other', () => {
    using here = place()
    const first = make(here.ring, { tenant: 'first' })
    const second = make(here.ring, { tenant: 'second' })
    for (const { key, tenant } of [first, second, first]) expect(here.ring.authenticate(key, ['read'])).toMatchObject({ value: { tenant } })
  })

  test('ends at its time, not before and not after', () => {
    using here = place()
    const { key } = make(here.ring, { expiresAt: noon + hourMs })
    here.clock.set(noon + hourMs - 1)
    expect(faultOf(here.ring, key)).toBe('granted')
    here.clock.set(noon + hourMs)
    expect(faultOf(here.ring, key)).toBe('key_expired')
  })

  test('is revoked at once, and another one goes on', () => {
    using here = place()
    const made = make(here.ring)
    const other = make(here.ring)
    expect(faultOf(here.ring, made.key)).toBe('granted')
    expect(here.ring.revokeKey(made.id, 'cli')).toMatchObject({ ok: true, value: { id: made.id, revokedAt: noon } })
    expect(faultOf(here.ring, made.key)).toBe('key_revoked')
    expect(faultOf(here.ring, other.key)).toBe('granted')
  })

  test('revoked a second time keeps its first moment', () => {
    using here = place()
    const made = make(here.ring)
    here.ring.revokeKey(made.id, 'cli')
    here.clock.pass(hourMs)
    expect(here.ring.revokeKey(made.id, 'cli')).toMatchObject({ ok: true, value: { revokedAt: noon } })
  })

  test('that is not there is not revoked', () => {
    using here = place()
    expect(here.ring.revokeKey('nobody', 'cli')).toEqual({ ok: false, fault: 'key_unknown' })
    expect(openAudit(here.database).list(10)).toEqual([])
  })

  test('revoked by another process ends within a second', () => {
    using here = place()
    const made = make(here.ring)
    expect(faultOf(here.ring, made.key)).toBe('granted')
    const other = openAccessDatabase(here.file)
    openKeyRing(other, { clock: here.clock, random: countedBytes(9_000) }).revokeKey(made.id, 'cli')
    other.close()
    here.clock.pass(1_000)
    expect(faultOf(here.ring, made.key)).toBe('key_revoked')
  })

  test('stays revoked over a restart', () => {
    using here = place()
    const made = make(here.ring)
    here.ring.revokeKey(made.id, 'cli')
    const again = openAccessDatabase(here.file)
    expect(faultOf(openKeyRing(again, { clock: here.clock, random: countedBytes() }), made.key)).toBe('key_revoked')
    again.close()
  })
})

test.each<[string, (made: MadeKey, other: MadeKey) => string | null, string]>([
  ['no key', () => null, 'key_missing'],
  ['an empty key', () => '', 'key_unknown'],
  ['a word', () => 'admin', 'key_unknown'],
  ['a key without its last letter', ({ key }) => key.slice(0, -1), 'key_unknown'],
  ['a key with a letter more', ({ key }) => `${key}0`, 'key_unknown'],
  ['a key with a line end', ({ key }) => `${key}\n`, 'key_unknown'],
  ['a key with one letter changed', ({ key }) => key.slice(0, -1) + (key.endsWith('0') ? '1' : '0'), 'key_unknown'],
  ['a key in small letters', ({ key }) => key.toLowerCase(), 'key_unknown'],
  ['a key with the letter of another scope', ({ key }) => key.replace('ts_r_', 'ts_a_'), 'key_unknown'],
  ['the id of a key with the secret of another', ({ id }, other) => other.key.replace(other.id, id), 'key_unknown'],
  ['an id alone', ({ id }) => id, 'key_unknown'],
  ['a very long text', ({ key }) => key.repeat(10_000), 'key_unknown'],
])('%s is refused', (_, spoil, fault) => {
  using here = place()
  const made = make(here.ring)
  const other = make(here.ring)
  expect(faultOf(here.ring, spoil(made, other))).toBe(fault as ReturnType<typeof faultOf>)
})

test('that a key is revoked or expired is told only to who holds all of it', () => {
  using here = place()
  const revoked = make(here.ring)
  const expired = make(here.ring, { expiresAt: noon + 1 })
  here.ring.revokeKey(revoked.id, 'cli')
  here.clock.pass(hourMs)
  for (const { key } of [revoked, expired]) {
    const guess = key.slice(0, -5) + (key.endsWith('00000') ? '11111' : '00000')
    expect(faultOf(here.ring, guess)).toBe('key_unknown')
  }
})

test.each<[string, Partial<NewKey>, string]>([
  ['a tenant in capitals', { tenant: 'Team' }, 'tenant_invalid'],
  ['no tenant', { tenant: '' }, 'tenant_invalid'],
  ['a long tenant', { tenant: 'a'.repeat(65) }, 'tenant_invalid'],
  ['a long label', { label: 'a'.repeat(65) }, 'label_invalid'],
  ['a label with a control character', { label: 'a\u001b[31m' }, 'label_invalid'],
  ['an end that is past', { expiresAt: noon }, 'expiry_past'],
  ['an end that is no number', { expiresAt: Number.NaN }, 'expiry_past'],
])('a key with %s is not made', (_, wanted, fault) => {
  using here = place()
  expect(here.ring.createKey({ scope: 'read', tenant: 'default', ...wanted }, 'cli')).toEqual({
    ok: false,
    fault: fault as 'tenant_invalid',
  })
  expect(here.ring.listKeys()).toEqual([])
})

test('the number of live keys has a bound, and a revoked key makes room', () => {
  using here = place()
  const made = make(here.ring)
  here.database.run(
    `INSERT INTO access_key (id, label, scope, tenant, hash, created_at)
     WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ${liveKeysMax - 1})
     SELECT 'filler ' || n, '', 'read', 'default', zeroblob(32), 0 FROM number`,
  )
  const wanted = { scope: 'read', tenant: 'default' } as const
  expect(here.ring.createKey(wanted, 'cli')).toEqual({ ok: false, fault: 'keys_exhausted' })
  here.ring.revokeKey(made.id, 'cli')
  expect(here.ring.createKey(wanted, 'cli').ok).toBe(true)
})

describe('what is kept', () => {
  test('P23 no file ever holds a key or its secret, nor does the list', () => {
    using here = place()
    const keys = everyScope.map((scope) => make(here.ring, { scope }))
    for (const { key } of keys) here.ring.authenticate(key, everyScope)
    here.ring.saveUse()
    const bytes = bytesIn(here.folder)
    expect(bytes.includes(keys[0]?.id ?? 'no id')).toBe(true) // The search does find what is there.
    for (const { key, id } of keys) {
      const secret = key.slice(key.indexOf(id) + id.length + 1)
      for (const form of [key, secret, secret.slice(0, 16), Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')])
        expect(bytes.includes(form)).toBe(false)
    }
    expect(JSON.stringify(here.ring.listKeys())).not.toMatch(/hash|ts_/)
  })

  test('only the owner may read access.db and its WAL', () => {
    using here = place()
    make(here.ring)
    for (const ending of ['', '-wal']) expect(statSync(here.file + ending).mode & 0o777).toBe(0o600)
  })

  test('the day of the last use, written when asked to and never turned back', () => {
    using here = place()
    const made = make(here.ring)
    const lastDay = () => here.ring.listKeys()[0]?.lastUsedDay
    here.ring.authenticate(made.key, ['read'])
    expect(lastDay()).toBeUndefined()
    here.ring.saveUse()
    expect(lastDay()).toBe(Math.floor(noon / dayMs))
    here.clock.pass(dayMs)
    here.ring.authenticate(made.key, ['read'])
    here.ring.saveUse()
    expect(lastDay()).toBe(Math.floor(noon / dayMs) + 1)
    here.clock.pass(-5 * dayMs)
    here.ring.authenticate(made.key, ['read'])
    here.ring.saveUse()
    expect(lastDay()).toBe(Math.floor(noon / dayMs) + 1)
  })

  test('a refused key counts as no use', () => {
    using here = place()
    const made = make(here.ring)
    here.ring.authenticate(made.key, ['ingest'])
    here.ring.saveUse()
    expect(here.ring.listKeys()[0]?.lastUsedDay).toBeUndefined()
  })

  test('each act with its actor, its time and the id of the key, newest first', () => {
    using here = place()
    const made = make(here.ring)
    here.clock.pass(hourMs)
    here.ring.revokeKey(made.id, 'key:boss')
    here.ring.revokeKey(made.id, 'key:boss') // Changes nothing, so it is no act.
    expect(openAudit(here.database).list(10)).toEqual([
      { id: 2, at: noon + hourMs, actor: 'key:boss', act: 'key_revoke', subject: made.id, tenant: 'default', count: 1 },
      { id: 1, at: noon, actor: 'cli', act: 'key_create', subject: made.id, tenant: 'default', count: 1 },
    ])
  })
})

test('the names of scopes are known, and no other', () => {
  expect(['read', 'ingest', 'admin', 'cloak', 'Read', '', 'constructor'].map(isScope)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})
