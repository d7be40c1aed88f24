import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { auditTasks } from '../../src/app/audit.ts'
import { openAccessOf } from '../../src/app/folder.ts'
import { systemClock } from '../../src/base/clock.ts'
import { silentLog } from '../../src/base/log.ts'
import { readSettings } from '../../src/config.ts'
import { createPocketBaseClient } from '../../src/consumer/pocketbase/client.ts'
import type { MirrorStatus, SignInCounts } from '../../src/consumer/pocketbase/status.ts'
import { account, hasPocketBase, type PocketBasePart, startPocketBase } from '../part/pocketbase.ts'
import { temporaryFolder } from '../store/folder.ts'

const quiet: Omit<MirrorStatus, 'signIns'> = {
  ...{ state: 'ok', isConnected: true, cursor: 0, lag: 0, pushed: 0, deleted: 0, pulled: 0, unreadable: 0 },
}

/** The audit of a folder, and the timer that carries sign-ins into it. `signIns` is what the mirror counts now. */
function stage(path: string) {
  const settings = readSettings({ DATA_DIR: path })
  if (!settings.ok) throw new Error('settings')
  const access = openAccessOf(settings.value.settings, silentLog)
  let signIns: SignInCounts | undefined
  const tasks = auditTasks({ access, back: { mirror: () => signIns && { ...quiet, signIns } } })
  const carry = async (now: SignInCounts | undefined) => {
    signIns = now
    await tasks.find(({ name }) => name === 'pocketbase-sign-ins')?.run(new AbortController().signal)
  }
  const entries = () => access.audit.list(100).map(({ actor, act, subject, count }) => [actor, act, subject, count])
  return { access, carry, entries, [Symbol.dispose]: () => access.close() }
}

describe('sign-ins to PocketBase', () => {
  test('are one entry at once, what follows within the hour one sum, and nothing is counted twice', async () => {
    using folder = temporaryFolder()
    using here = stage(folder.path)
    await here.carry(undefined) // PocketBase is off, or its thread is only starting.
    await here.carry({ accepted: 1, refused: 0, failed: 0 })
    await here.carry({ accepted: 1, refused: 0, failed: 0 })
    await here.carry({ accepted: 3, refused: 2, failed: 0 })
    here.access.auditSums.flush()
    expect(here.entries().toReversed()).toEqual([
      ['service', 'pocketbase_sign_in', 'accepted', 1],
      ['service', 'pocketbase_sign_in', 'refused', 2],
      ['service', 'pocketbase_sign_in', 'accepted', 2],
    ])
  })

  test('of a thread that began anew are counted from nothing', async () => {
    using folder = temporaryFolder()
    using here = stage(folder.path)
    await here.carry({ accepted: 5, refused: 0, failed: 0 })
    await here.carry({ accepted: 2, refused: 0, failed: 0 })
    here.access.auditSums.flush()
    expect(here.entries().map(([, , , count]) => count)).toEqual([2, 5])
  })
})

describe.if(hasPocketBase('sign-ins in the audit'))('with a real PocketBase', () => {
  let pocketbase: PocketBasePart
  beforeAll(async () => {
    pocketbase = await startPocketBase()
    await pocketbase.ask('POST', '/api/collections', { name: 'service', type: 'auth' })
    const password = { password: account.password, passwordConfirm: account.password }
    await pocketbase.ask('POST', '/api/collections/service/records', { email: account.identity, ...password, verified: true })
  })
  afterAll(() => pocketbase[Symbol.asyncDispose]())

  test('P11 sign-ins to PocketBase stand in the audit as sums, good and bad, without a name or an address', async () => {
    using folder = temporaryFolder()
    using here = stage(folder.path)
    const access = {
      url: pocketbase.url,
      authCollection: 'service',
      identity: account.identity,
      password: account.password,
      timeoutMs: 10_000,
    }
    for (const own of [access, { ...access, password: 'a wrong one' }, { ...access, url: 'http://127.0.0.1:9' }]) {
      const client = createPocketBaseClient(own, systemClock, silentLog)
      await client.verify()
      await here.carry(client.signIns())
    }
    expect(here.entries().toReversed()).toEqual([
      ['service', 'pocketbase_sign_in', 'accepted', 1],
      ['service', 'pocketbase_sign_in', 'refused', 1],
      ['service', 'pocketbase_sign_in', 'failed', 1],
    ])
    const written = JSON.stringify(here.access.audit.list(100))
    for (const secret of [account.identity, account.password, '127.0.0.1']) expect(written).not.toContain(secret)
  })
})
