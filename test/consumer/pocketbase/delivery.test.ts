import { expect, test } from 'bun:test'
import { silentLog } from '../../../src/base/log.ts'
import { createPocketBaseClient } from '../../../src/consumer/pocketbase/client.ts'
import { Delivery } from '../../../src/consumer/pocketbase/delivery.ts'
import { Pace } from '../../../src/consumer/pocketbase/pace.ts'
import { Target } from '../../../src/consumer/pocketbase/target.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { fakeClock } from '../../fake-clock.ts'
import { temporaryFolder } from '../../store/folder.ts'
import { put, stateOf } from '../../store/run-fixture.ts'

test('a sign-in that is refused with 403 is no sign that batches are off', async () => {
  using folder = temporaryFolder()
  const store = openStoreWriter(folder.file('store.db'))
  put(store, 1, stateOf({}))
  const clock = fakeClock('2026-11-22T12:00:00Z')
  const asked: string[] = []
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ url }) => {
      asked.push(new URL(url).pathname)
      return Response.json({ status: 403, data: {} }, { status: 403 })
    },
  })
  const access = { url: `http://127.0.0.1:${server.port}`, authCollection: 'auth', identity: 'me', password: 'secret', timeoutMs: 5_000 }
  const target = new Target(createPocketBaseClient(access, clock, silentLog), 'runs', new AbortController().signal)
  const delivery = new Delivery({ target, store, instance: 'one', pace: new Pace(), clock, onDone: () => undefined })
  expect(await delivery.deliver(store.changes(0, 10))).toMatchObject({ ok: false, fault: { code: 'sign_in_refused', status: 403 } })
  expect(asked).toEqual(['/api/collections/auth/auth-with-password'])
  store.close()
  await server.stop(true)
})
