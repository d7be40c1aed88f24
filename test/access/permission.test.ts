import { expect, test } from 'bun:test'
import { type Need, permits } from '../../src/access/permission.ts'
import { actorOf, isRole, type Principal, tenantOf } from '../../src/access/principal.ts'

const user = { kind: 'user', userId: 'u1', name: 'ada', tenant: 'default', sessionId: 's1' } as const
const key = { kind: 'key', keyId: 'k1', name: 'grafana', tenant: 'team-2' } as const
const needs: readonly Need[] = ['public', 'read', 'maintain', 'admin', 'session']

test.each<[name: string, principal: Principal, granted: readonly Need[]]>([
  ['nobody', { kind: 'nobody', reason: 'key_missing' }, ['public']],
  ['whose session is over', { kind: 'nobody', reason: 'session_ended' }, ['public']],
  ['anybody at an open page', { kind: 'public', tenant: 'default' }, ['public']],
  ['a viewer', { ...user, role: 'viewer' }, ['public', 'read', 'session']],
  ['a maintainer', { ...user, role: 'maintainer' }, ['public', 'read', 'maintain', 'session']],
  ['an admin', { ...user, role: 'admin' }, needs],
  ['a read key', { ...key, scope: 'read' }, ['public', 'read']],
  ['an ingest key', { ...key, scope: 'ingest' }, ['public']],
  ['an admin key', { ...key, scope: 'admin' }, ['public', 'read', 'maintain', 'admin']],
  ['a read key that signed in', { ...key, scope: 'read', sessionId: 's2' }, ['public', 'read', 'session']],
  ['an admin key that signed in', { ...key, scope: 'admin', sessionId: 's2' }, needs],
])('P23 %s may do what it is for, and nothing else', (_, principal, granted) => {
  expect(needs.filter((need) => permits(principal, need))).toEqual([...granted])
})

test('the audit names a principal by its id', () => {
  expect(actorOf({ ...user, role: 'viewer' })).toBe('user:u1')
  expect(actorOf({ ...key, scope: 'read' })).toBe('key:k1')
  expect(actorOf({ kind: 'nobody', reason: 'key_missing' })).toBe('nobody')
})

test('the tenant is the one of who asks, and nobody has none', () => {
  expect(tenantOf({ ...key, scope: 'read' })).toBe('team-2')
  expect(() => tenantOf({ kind: 'nobody', reason: 'key_missing' })).toThrow('whoever reads is known')
})

test('the names of roles are known, and no other', () => {
  expect(['viewer', 'maintainer', 'admin', 'Admin', '', 'constructor'].map(isRole)).toEqual([true, true, true, false, false, false])
})
