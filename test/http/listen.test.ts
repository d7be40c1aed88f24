import { expect, test } from 'bun:test'
import { silentLog } from '../../src/base/log.ts'
import { assetRoutes, listen } from '../../src/http/server.ts'

test('an address that another service has is refused, so that two never share its clients', async () => {
  const options = { address: { host: '127.0.0.1', port: 0 }, routes: assetRoutes, log: silentLog, logsRequests: false }
  const first = listen(options)
  expect(() => listen({ ...options, address: { host: '127.0.0.1', port: first.port } })).toThrow('in use')
  await first.stop()
})
