import { expect, test } from 'bun:test'
import { connectOutbound } from '../../src/access/outbound-socket.ts'

function listening() {
  const server = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data: () => undefined } })
  return { port: server.port, [Symbol.dispose]: () => server.stop(true) }
}

const place = (port: number, answers: readonly string[]) => ({
  host: 'mail.example',
  port,
  allowsPrivate: true,
  lookup: async () => answers,
})

test('a name is connected to at the first of its addresses that answers, which tells where it lies', async () => {
  using there = listening()
  const connected = await connectOutbound(place(there.port, ['127.0.0.2', '127.0.0.1']), 5_000)
  if (!connected.ok) throw new Error(connected.fault)
  expect([connected.value.socket.remoteAddress, connected.value.isPrivate]).toEqual(['127.0.0.1', true])
  connected.value.socket.destroy()
})

test('no more than four addresses are tried, and none where one is not allowed', async () => {
  using there = listening()
  const closed = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5']
  expect(await connectOutbound(place(there.port, [...closed, '127.0.0.1']), 5_000)).toEqual({ ok: false, fault: 'connection_failed' })
  expect(await connectOutbound(place(there.port, ['127.0.0.1', '0.0.0.0']), 5_000)).toEqual({ ok: false, fault: 'address_private' })
  expect(await connectOutbound(place(there.port, []), 5_000)).toEqual({ ok: false, fault: 'host_unknown' })
})
