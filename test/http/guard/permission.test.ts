import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Scope } from '../../../src/access/key-text.ts'
import { type Role, roles } from '../../../src/access/principal.ts'
import { createGuards } from '../../../src/http/guard/guard.ts'
import { createIdentity } from '../../../src/http/guard/identity.ts'
import { type Permission, permissions } from '../../../src/http/guard/permission.ts'
import { openPlace, type Place } from '../../access/place.ts'
import { type Running, startRunning } from '../../part/running.ts'

const table = Object.entries(permissions) as readonly (readonly [route: string, permission: Permission])[]
/** Spelled out a second time, so that opening a route to everybody takes two thoughts. */
const publicRoutes = [
  'GET /',
  'GET /api',
  'GET /api/exit-codes',
  'GET /api/openapi.json',
  'GET /entities',
  'GET /health',
  'GET /healthz',
  'GET /setup/:token',
  'GET /sign-in',
  'GET /style.css',
  'POST /api/cleanup/run',
  'POST /api/github/create-issue',
  'POST /setup/:token',
  'POST /sign-in',
  'POST /theme',
]
const ingestRoutes = ['POST /telemetry', 'POST /telemetry/batch']
const cloakRoutes = ['POST /analyze', 'POST /anonymize', 'POST /anonymize/batch', 'POST /anonymize/docx']
const adminRoutes = [
  ...['GET /audit', 'GET /keys', 'GET /users', 'POST /keys', 'POST /keys/:id', 'POST /users', 'POST /users/:name'],
  'POST /api/v1/erasures',
]
/** What reaches beyond one tenant. */
const serviceRoutes = ['GET /metrics', 'POST /api/alerts/test']
const sessionRoutes = ['GET /account', 'POST /account/password', 'POST /sessions/:id', 'POST /sign-out']

describe('P18 the table of permissions', () => {
  test.each([
    ['public', publicRoutes],
    ['ingest', ingestRoutes],
    ['cloak', cloakRoutes],
    ['admin', adminRoutes],
    ['session', sessionRoutes],
  ])('opens by %s what is meant to be, and nothing else', (need, routes) => {
    const open = table.filter(([, permission]) => permission.need === need).map(([route]) => route)
    expect(open.filter((route) => !routes.includes(route))).toEqual([])
    expect(routes.filter((route) => !open.includes(route))).toEqual([])
  })

  test('keeps what reaches beyond one tenant for who runs the service', () => {
    expect(table.filter(([, { ofService }]) => ofService === true).map(([route]) => route)).toEqual(serviceRoutes)
  })

  test('takes anonymous writes for events alone; what else is sent before a sign-in needs a secret, or sets a cookie of its sender', () => {
    const writes = table.filter(([route, { need }]) => route.startsWith('POST') && (need === 'public' || need === 'ingest'))
    expect(writes.map(([route]) => route).sort()).toEqual(
      [
        ...ingestRoutes,
        'POST /api/cleanup/run',
        'POST /api/github/create-issue',
        'POST /setup/:token',
        'POST /sign-in',
        'POST /theme',
      ].sort(),
    )
  })

  test('opens as aggregates only what is read', () => {
    for (const [route, { opens, need }] of table)
      if (opens === true) expect([route, need]).toEqual([route, need === 'public' ? 'public' : 'read'])
    for (const [route, { opens }] of table) if (opens === true) expect(route).toMatch(/^GET /)
    for (const route of ['GET /api/records', 'GET /api/records/:id', 'GET /metrics'])
      expect(table.find(([name]) => name === route)?.[1].opens).toBeUndefined()
  })
})

/** Who may come: what goes into the request, and which needs it must meet. */
type Caller = {
  readonly name: string /** Of another tenant than the one that runs the service. */
  readonly isOther?: true
  readonly headers: Readonly<Record<string, string>>
  readonly may: readonly Permission['need'][]
}

const everybodyMay = ['public', 'ingest', 'cloak'] as const // At the routes for events and texts a gate of their own decides.
const rights: Readonly<Record<Role | Scope, readonly Permission['need'][]>> = {
  viewer: ['read'],
  maintainer: ['read', 'maintain'],
  admin: ['read', 'maintain', 'admin'],
  read: ['read'],
  ingest: [],
  cloak: [],
}

async function callersOf(here: Place): Promise<readonly Caller[]> {
  const bearer = (key: string) => ({ Authorization: `Bearer ${key}` })
  const cookie = (token: string) => ({ Cookie: `telemetry_session=${token}` })
  const sessionOf = (owner: { userId: string } | { keyId: string }) => cookie(here.sessions.start(owner, 'password').token)
  const users = await Promise.all(roles.map((role) => here.makeUser({ name: role, role })))
  const disabled = await here.makeUser({ name: 'disabled', role: 'admin' })
  const keys = {
    read: here.makeKey('read'),
    ingest: here.makeKey('ingest'),
    admin: here.makeKey('admin'),
    cloak: here.makeKey('cloak'),
  }
  const other = here.makeKey('admin', { tenant: 'other' })
  const revoked = here.makeKey('admin')
  const expired = here.makeKey('admin', { expiresAt: here.clock.now() + 1 })
  const lost = {
    'a session whose key was revoked': sessionOf({ keyId: revoked.id }),
    'a session whose key expired': sessionOf({ keyId: expired.id }),
    'a session of a disabled user': sessionOf({ userId: disabled.id }),
    'a session that was ended': sessionOf({ userId: users[2]?.id ?? '' }),
    'a session of an ingest key': sessionOf({ keyId: keys.ingest.id }),
  }
  here.keyRing.revokeKey(revoked.id, 'cli')
  here.users.changeUser('disabled', { isDisabled: true }, { actor: 'cli' })
  for (const { id } of here.sessions.list({ userId: users[2]?.id ?? '' })) here.sessions.end(id, 'cli')
  const callers: readonly Caller[] = [
    ...users.map(({ id, role }) => ({ name: `a ${role}`, headers: sessionOf({ userId: id }), may: [...rights[role], 'session' as const] })),
    ...(['read', 'ingest', 'admin', 'cloak'] as const).map((scope) => ({
      name: `a key of scope ${scope}`,
      headers: bearer(keys[scope].key),
      may: rights[scope],
    })),
    ...(['read', 'admin'] as const).map((scope) => ({
      name: `a session of a key of scope ${scope}`,
      headers: sessionOf({ keyId: keys[scope].id }),
      may: [...rights[scope], 'session' as const],
    })),
    { name: 'an admin key of another tenant', headers: bearer(other.key), may: rights.admin, isOther: true },
    ...[
      { name: 'nobody', headers: {} },
      { name: 'a revoked key', headers: bearer(revoked.key) },
      { name: 'an expired key', headers: bearer(expired.key) },
      { name: 'an invented key', headers: bearer(`ts_a_${'A'.repeat(12)}_${'A'.repeat(43)}`) },
      { name: 'an invented session', headers: cookie('A'.repeat(43)) },
      { name: 'a key in the cookie', headers: cookie(keys.admin.key) },
      { name: 'a name and a password for Basic', headers: { Authorization: 'Basic YWRhOmNvcnJlY3Q=' } },
      ...Object.entries(lost).map(([name, headers]) => ({ name, headers })),
    ].map((caller) => ({ ...caller, may: [] })),
  ]
  here.clock.pass(1)
  return callers
}

test.each([
  ['closed', false],
  ['open as aggregates', true],
] as const)('P23 every route × everybody who may come, with the dashboard %s', async (_, isPublic) => {
  using here = openPlace()
  const callers = await callersOf(here)
  const identity = createIdentity({ ...here, clientAddress: { isTrustedProxy: () => false }, publicUrl: undefined, hasTls: false })
  const guardOf = createGuards({ table: permissions, identity, isPublic })
  const wrong: string[] = []
  for (const [route, { need, face, opens, ofService }] of table) {
    const [method, path] = route.split(' ') as ['GET' | 'POST', string]
    const guard = guardOf({ method, path })
    for (const { name, headers, may, isOther } of callers) {
      const admitted = guard(new Request(`http://localhost${path}`, { method, headers }), '203.0.113.9')
      const isKnown = may.length > 0 || /^a key of scope (?:ingest|cloak)$/.test(name)
      const isBeyond = ofService === true && isOther === true
      const expected =
        everybodyMay.some((one) => one === need) || (may.includes(need) && !isBeyond) || (isPublic && opens === true && !isKnown)
      if (admitted.ok !== expected) wrong.push(`${name} ${admitted.ok ? 'came in' : 'was refused'}: ${route}`)
      if (!admitted.ok) expect([name, route, admitted.fault.status]).toEqual([name, route, statusOf(face, isKnown, name)])
      if (admitted.ok && isPublic && opens === true && !isKnown) expect(admitted.value).toEqual({ kind: 'public', tenant: 'default' })
    }
  }
  expect(wrong).toEqual([])
  expect(callers.length * table.length).toBeGreaterThan(500)
})

/** Who is not known goes to the sign-in from a page, and gets 401 from an API and with a key; who is known and may not, gets 403. */
function statusOf(face: Permission['face'], isKnown: boolean, name: string): number {
  if (isKnown) return 403
  return face === 'page' && !/(?:revoked|expired|invented) key$/.test(name) ? 303 : 401
}

test('this machine itself may scrape, and reads nothing else', () => {
  using here = openPlace()
  const identity = createIdentity({ ...here, clientAddress: { isTrustedProxy: () => false }, publicUrl: undefined, hasTls: false })
  const guardOf = createGuards({ table: permissions, identity, isPublic: false })
  const open = table.filter(([route, { need }]) => {
    const [method, path] = route.split(' ') as ['GET' | 'POST', string]
    return (
      need === 'read' &&
      guardOf({ method, path })(new Request(`http://localhost${path}`, { headers: { Host: 'localhost' } }), '127.0.0.1').ok
    )
  })
  expect(open.map(([route]) => route)).toEqual(['GET /metrics'])
})

describe('the running service', () => {
  let service: Running
  beforeAll(async () => {
    service = await startRunning({ PIICLOAK_API_KEY: 'a key that nobody sends' })
  })
  afterAll(() => service[Symbol.asyncDispose]())

  test('serves every route of the table, and refuses who is not known, before anything else and with the headers of every answer', async () => {
    for (const [route, { need, face }] of table) {
      const [method = '', pattern = ''] = route.split(' ')
      const path = pattern.replace(/:\w+/, 'x')
      const served = await service.ask(path, { method: 'DELETE' })
      expect([route, served.status]).toEqual([route, 405])
      expect(served.headers.get('allow')?.split(', ')).toContain(method)
      if (need === 'public' || need === 'ingest' || path === '/metrics') continue
      const refused = await service.ask(path, { method, headers: { 'X-Forwarded-For': '203.0.113.9' } })
      expect([route, refused.status]).toEqual([route, face === 'page' ? 303 : 401])
      for (const [name, value] of Object.entries({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      }))
        expect(refused.headers.get(name)).toBe(value)
    }
  })
})
