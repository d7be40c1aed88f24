import { expect, test } from 'bun:test'
import { readRepoSource, toWireNames } from '../../../migration/import/earlier-names.ts'
import { readSourceTime } from '../../../migration/import/source-time.ts'
import { prepareRun } from '../../../src/ingest/prepare-run.ts'

const now = Date.UTC(2026, 5, 1)
const lxc = { random_id: 'a', created_at: '2026-03-01T12:00:00Z' }

test.each([
  ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000Z'],
  ['2026-03-01 12:00:00.123Z', '2026-03-01T12:00:00.123Z'],
  ['2026-03-01T12:00:00.123456789+02:00', '2026-03-01T10:00:00.123Z'],
  ['2026-03-01 12:00:00.000 UTC', '2026-03-01T12:00:00.000Z'],
  ['2026-03-01T12:00:00', '2026-03-01T12:00:00.000Z'],
  ['2026-03-01T12:00:00-0530', '2026-03-01T17:30:00.000Z'],
  [1_772_366_400, '2026-03-01T12:00:00.000Z'],
  [1_772_366_400_000, '2026-03-01T12:00:00.000Z'],
])('the time %p is %s', (written, read) => {
  expect(new Date(readSourceTime(written) ?? 0).toISOString()).toBe(read)
})

test.each(['2026-03-01', '12:00', 'yesterday', '2026-13-01T12:00:00Z', '', null, -1, Number.NaN, 1e20, {}])('%p is no time', (written) => {
  expect(readSourceTime(written)).toBeUndefined()
})

test('what MongoDB wraps is taken out, old names are the wire’s, and times have one form', () => {
  const record = {
    _id: { $oid: '65f0a1b2c3d4e5f601234567' },
    random_id: 'a',
    pveVersion: '8.2.4',
    disk_size: { $numberLong: '4' },
    core_count: { $undefined: true },
    old_created: { $date: { $numberLong: '1772366400000' } },
    created: '2026-05-01 00:00:00.000Z',
    created_at: 'yesterday',
    updated: '2026-05-02 00:00:00.000Z',
    type: 'vm',
  }
  expect({ ...(toWireNames(record) as object) }).toEqual({
    id: '65f0a1b2c3d4e5f601234567',
    random_id: 'a',
    pve_version: '8.2.4',
    disk_size: 4,
    old_created: '2026-03-01T12:00:00.000Z',
    created: '2026-05-01T00:00:00.000Z',
    updated: '2026-05-02T00:00:00.000Z',
    type: 'vm',
  })
  expect(toWireNames('a text')).toBe('a text')
})

test('a time that cannot be is passed over while there is another one', () => {
  const record = { ...lxc, nsapp: 'x', status: 'done', received_at: '9999-12-31 00:00:00.000Z' }
  const prepared = prepareRun(toWireNames(record), { repoOwners: [], idSecret: new Uint8Array(32) }, { tenant: 'default', receivedAt: now })
  expect(prepared.ok && prepared.value.at).toBe(Date.UTC(2026, 2, 1, 12))
})

const named = (record: object, repoSource?: string) => toWireNames(record, repoSource) as Record<string, unknown>

test.each<[string, object, object]>([
  ['no type is a container', { ...lxc, nsapp: 'x' }, { type: 'lxc' }],
  [
    'an empty name or status is an unknown one',
    { ...lxc, type: '', nsapp: '', status: null },
    { type: 'lxc', nsapp: 'unknown', status: 'unknown' },
  ],
  ['keys in any case', { ...lxc, NSAPP: 'x', Status: 'done' }, { nsapp: 'x', status: 'done' }],
  ['an empty value hides none', { ...lxc, pve_version: '', pveversion: '8.2' }, { pve_version: '8.2' }],
  ['an empty value hides none, whichever comes first', { ...lxc, pveversion: '8.2', pve_version: '' }, { pve_version: '8.2' }],
  ['of two, the wire’s own name counts', { ...lxc, nsapp: 'own', app: 'old' }, { nsapp: 'own' }],
])('%s', (_, record, expected) => {
  expect(named(record)).toMatchObject(expected)
})

test('what has no name at all gets none, and a hostile key is a key', () => {
  for (const record of [lxc, JSON.parse('{"__proto__":{"nsapp":"evil","status":"done"},"random_id":"a"}')])
    expect([named(record)['nsapp'], named(record)['status']]).toEqual([undefined, undefined])
})

test('a source is given to records that name neither source nor repository', () => {
  expect(named(lxc, 'ProxmoxVE')['repo_source']).toBe('ProxmoxVE')
  expect(named({ ...lxc, repo_source: 'external' }, 'ProxmoxVE')['repo_source']).toBe('external')
  expect(named({ ...lxc, repo_slug: 'a/b' }, 'ProxmoxVE')['repo_source']).toBeUndefined()
  expect([readRepoSource('Proxmox VE'), readRepoSource('ProxmoxVED'), readRepoSource('elsewhere')]).toEqual([
    'ProxmoxVE',
    'ProxmoxVED',
    undefined,
  ])
})

test('a record that names no run gets an id of its own: the same wherever and however often it stands, another for another', () => {
  const one = { nsapp: 'x', status: 'done', created_at: '2026-03-01T12:00:00Z', disk_size: 4 }
  const idOf = (record: object) => named(record)['execution_id']
  const id = idOf(one)
  expect(id).toMatch(/^[0-9a-f]{64}$/)
  expect(
    idOf({ disk_size: { $numberLong: '4' }, status: 'done', NSAPP: 'x', created_at: { $date: '2026-03-01T13:00:00+01:00' }, foreign: 1 }),
  ).toBe(id)
  expect(named(one, 'ProxmoxVE')['execution_id']).toBe(id)
  for (const other of [{ nsapp: 'y' }, { created_at: '2026-03-01T12:00:01Z' }, { disk_size: 5 }, { id: 7 }])
    expect(idOf({ ...one, ...other })).not.toBe(id)
  const kept = { ...one, id: 'abc' }
  expect(idOf({ ...kept, status: 'failed' })).toBe(idOf(kept))
  expect(idOf({ ...one, _id: { $oid: 'abc' } })).toBe(idOf(kept))
  expect(idOf({ ...one, random_id: 'a' })).toBeUndefined()
})

test('a record of PocketBase is the run that the mirror makes of it', () => {
  const record = {
    id: 'a00000000000001',
    created: '2026-03-01 12:00:00.000Z',
    updated: '2026-03-01 12:05:00.000Z',
    random_id: '11111111-1111-4111-8111-111111111111',
    type: 'lxc',
    nsapp: 'immich',
    status: 'failed',
    ct_type: 1,
  }
  const policy = { repoOwners: [], idSecret: new Uint8Array(32) }
  for (const changes of [{}, { old_created: '2025-01-01 12:00:00.000Z' }, { old_created: '', received_at: '2025-02-01 12:00:00.000Z' }]) {
    const place = { tenant: 'default', receivedAt: now }
    const mirrored = prepareRun({ ...record, ...changes }, policy, place)
    expect(mirrored.ok).toBe(true)
    expect(prepareRun(toWireNames({ ...record, ...changes }), policy, place)).toEqual(mirrored)
  }
})
