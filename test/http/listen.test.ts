import { expect, test } from 'bun:test'
import { silentLog } from '../../src/base/log.ts'
import { createGuards } from '../../src/http/guard/guard.ts'
import { permissions } from '../../src/http/guard/permission.ts'
import { assetRoutes, listen } from '../../src/http/server.ts'

const identify = () => ({ kind: 'nobody', reason: 'key_missing' }) as const
const guardOf = createGuards({ table: permissions, identity: { identify }, isPublic: false })

test('an address that another service has is refused, so that two never share its clients', async () => {
  const options = { address: { host: '127.0.0.1', port: 0 }, routes: assetRoutes, log: silentLog, guardOf, logsRequests: false }
  const first = listen(options)
  expect(() => listen({ ...options, address: { host: '127.0.0.1', port: first.port } })).toThrow('another program has it')
  await first.stop()
})

test('a route that is not in the table of permissions ends the start', () => {
  const route = { method: 'GET', path: '/forgotten', handle: () => new Response('open') } as const
  const options = { address: { host: '127.0.0.1', port: 0 }, routes: [...assetRoutes, route], log: silentLog, guardOf, logsRequests: false }
  expect(() => listen(options)).toThrow('GET /forgotten is not in the table of permissions')
})
