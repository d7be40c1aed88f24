import { expect, test } from 'bun:test'
import { type OutboundRequest, requestOutbound } from '../../src/access/outbound-request.ts'

const place = { allowsPrivate: true, lookup: async () => ['127.0.0.1'] }
const usual: OutboundRequest = { method: 'GET', headers: { 'x-own': 'a' }, timeoutMs: 5_000, bytesMax: 1_024 }

function answering(fetch: (request: Request) => Response | Promise<Response>) {
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch })
  return { url: new URL(`http://127.0.0.1:${server.port}/there`), [Symbol.asyncDispose]: () => server.stop(true) }
}

test('a request brings back status, headers and text', async () => {
  await using there = answering(
    async (request) =>
      new Response(`${request.method} ${new URL(request.url).pathname} ${request.headers.get('x-own')} ${await request.text()}`, {
        status: 422,
        headers: { 'Retry-After': '7' },
      }),
  )
  const answer = await requestOutbound(there.url, { ...usual, method: 'POST', body: 'zażółć' }, place)
  if (!answer.ok) throw new Error(answer.fault)
  const { status, header, text } = answer.value
  expect([status, header('retry-after'), header('x-none'), text]).toEqual([422, '7', undefined, 'POST /there a zażółć'])
})

test('an answer is read up to its bound, and one byte more is none', async () => {
  await using there = answering(() => new Response('x'.repeat(1_024)))
  expect(await requestOutbound(there.url, usual, place)).toMatchObject({ ok: true })
  expect(await requestOutbound(there.url, { ...usual, bytesMax: 1_023 }, place)).toEqual({ ok: false, fault: 'answer_too_large' })
  expect(await requestOutbound(there.url, { ...usual, bytesMax: 0 }, place)).toMatchObject({ ok: true, value: { status: 200, text: '' } })
})

test('a server that says nothing, or begins and does not end, is waited for no longer than asked', async () => {
  await using silent = answering(() => new Promise<Response>(() => undefined))
  await using endless = answering(() => new Response(new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(8)) })))
  for (const there of [silent, endless]) {
    expect(await requestOutbound(there.url, { ...usual, timeoutMs: 200 }, place)).toEqual({ ok: false, fault: 'timeout' })
  }
})

test('nothing is sent to a private address unless that is allowed, nor outside in the plain', async () => {
  await using there = answering(() => new Response('here'))
  expect(await requestOutbound(there.url, usual, { ...place, allowsPrivate: false })).toEqual({ ok: false, fault: 'address_private' })
  const outside = { ...place, lookup: async () => ['93.184.215.14'] }
  expect(await requestOutbound(new URL('http://out.test/'), usual, outside)).toEqual({ ok: false, fault: 'tls_required' })
})
