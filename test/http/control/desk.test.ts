import { expect, test } from 'bun:test'
import { openAudit } from '../../../src/access/audit.ts'
import { openAccessDatabase } from '../../../src/access/database.ts'
import { openKeyRing } from '../../../src/access/key.ts'
import { createPasswordKeeper } from '../../../src/access/password.ts'
import { openSetup } from '../../../src/access/setup.ts'
import { openUsers } from '../../../src/access/user.ts'
import { Backups } from '../../../src/archive/backups.ts'
import { ok } from '../../../src/base/result.ts'
import { createDesk } from '../../../src/http/control/desk.ts'
import { sampleAlertDesk } from '../../alert/sample-desk.ts'
import { fakeClock } from '../../fake-clock.ts'
import { temporaryFolder } from '../../store/folder.ts'

test('the desk makes, lists and revokes keys, and tells and replays parked runs', async () => {
  using folder = temporaryFolder()
  using database = openAccessDatabase(folder.file('access.db'))
  const clock = fakeClock('2026-03-01T12:00:00Z')
  const keyRing = openKeyRing(database, { clock, random: (length) => crypto.getRandomValues(new Uint8Array(length)) })
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  const users = openUsers(database, { clock, random, passwords: createPasswordKeeper(), onAdmin: () => undefined })
  const setup = openSetup(database, { clock, random, users })
  const parked = [{ tenant: 'default', key: new Uint8Array([1, 171]), reason: 'nsapp: required', parkedAt: 5, revision: 3 }]
  const source = {
    parked: async (limit: number) => parked.slice(0, limit),
    parkedCount: async () => 7,
    replay: async () => 7,
  }
  const desk = createDesk({
    access: { keyRing, users, setup, audit: openAudit(database) },
    clock,
    alerts: sampleAlertDesk(database, clock),
    inspect: { readSettings: async () => ({}), examineOutside: async () => [] },
    imports: {
      readImportPolicy: () => Promise.reject(new Error('no import here')),
      importEntries: async () => ({ erased: 0 }),
      settleImport: () => Promise.resolve(),
    },
    source,
    backups: new Backups({ folder: folder.path, whileHeld: (work) => work() }),
    erasures: { request: async () => ok(undefined), run: async () => 0 },
    preview: async () => undefined,
    folder: folder.path,
    origin: 'http://localhost:8080',
  })

  const made = await desk.createKey({ scope: 'read', tenant: 'default' })
  if (!made.ok) throw new Error(made.fault)
  expect(await desk.createKey({ scope: 'read', tenant: 'Not A Tenant' })).toEqual({ ok: false, fault: 'tenant_invalid' })
  expect((await desk.listKeys()).map(({ id, scope, tenant }) => [id, scope, tenant])).toEqual([[made.value.id, 'read', 'default']])
  expect(keyRing.authenticate(made.value.key, ['read']).ok).toBe(true)
  expect([await desk.revokeKey(made.value.id), await desk.revokeKey('none')]).toEqual([true, false])
  expect(keyRing.authenticate(made.value.key, ['read'])).toEqual({ ok: false, fault: 'key_revoked' })

  expect(await desk.listParked()).toEqual({ count: 7, runs: [{ tenant: 'default', key: '01ab', reason: 'nsapp: required', parkedAt: 5 }] })
  expect(await desk.replayParked()).toBe(7)
})
