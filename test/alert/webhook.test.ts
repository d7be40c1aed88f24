import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { idWithin, type Sender } from '../../src/alert/installation.ts'
import { writeText } from '../../src/alert/mail-text.ts'
import type { AlertMessage } from '../../src/alert/message.ts'
import { createWebhook, signBody, type WebhookOptions } from '../../src/alert/webhook.ts'
import { fakeClock } from '../fake-clock.ts'

const noon = Date.UTC(2026, 2, 1, 12)
const message: AlertMessage = {
  ...{ id: 'id', tenant: 'default', rule: 'a', kind: 'disk_full', subject: 's', phase: 'firing', at: noon },
  title: 'Alert: the disk is nearly full, 5 % free',
  summary: '5 % of the disk is free.',
  facts: [{ name: 'Since', text: '2026-03-01 12:00 UTC' }],
  links: [{ text: 'System', path: '/system' }],
  advice: 'Make room.',
}

type Got = { readonly path: string; readonly search: string; readonly headers: Headers; readonly body: string }

/** A receiver that answers with a status. */
function receiver(status = 204, headers: Record<string, string> = {}) {
  const got: Got[] = []
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async (request) => {
      const { pathname: path, search } = new URL(request.url)
      got.push({ path, search, headers: request.headers, body: await request.text() })
      return new Response(null, { status, headers })
    },
  })
  return { got, url: `http://127.0.0.1:${server.port}/hook`, port: server.port, [Symbol.asyncDispose]: () => server.stop(true) }
}

function send(url: string, options: Partial<WebhookOptions & Sender> = {}) {
  const lookup = async () => ['127.0.0.1']
  const hook = createWebhook({
    url,
    secret: 'secret',
    installation: 'one',
    origin: () => 'https://t.test',
    allowsPrivate: true,
    lookup,
    clock: fakeClock(noon),
    ...options,
  })
  return hook.send({ ...message, id: 'abc' })
}

describe('a message to a webhook', () => {
  test('is JSON, signed so that the receiver can check who sent it and when', async () => {
    await using there = receiver()
    expect(await send(there.url)).toEqual({ ok: true, value: undefined })
    const [got] = there.got
    expect(got?.path).toBe('/hook')
    expect(JSON.parse(got?.body ?? '')).toEqual({
      ...message,
      id: idWithin('one', 'abc'),
      links: [{ text: 'System', url: 'https://t.test/system' }],
      text: writeText(message, 'https://t.test'),
    })
    const seconds = noon / 1_000
    expect(got?.headers.get('x-telemetry-signature')).toBe(`t=${seconds},v1=${signBody('secret', seconds, got?.body ?? '')}`)
    expect([got?.headers.get('content-type'), got?.headers.get('x-telemetry-id')]).toEqual(['application/json', idWithin('one', 'abc')])
    expect(signBody('other', seconds, got?.body ?? '')).not.toBe(signBody('secret', seconds, got?.body ?? ''))
  })

  test('has the same id whenever one installation sends it, and another from another one', async () => {
    await using there = receiver()
    for (const installation of ['one', 'one', 'other']) expect(await send(there.url, { installation })).toMatchObject({ ok: true })
    const [first, again, foreign] = there.got.map(({ headers, body }) => [headers.get('x-telemetry-id'), JSON.parse(body).id])
    expect(first?.[0]).toBe(first?.[1])
    expect(again).toEqual(first)
    expect(foreign?.[0]).not.toBe(first?.[0])
  })

  test('goes to its whole address, as it is written', async () => {
    await using there = receiver()
    expect(await send(`${there.url}/in/?to=ops&key=a%20b`)).toMatchObject({ ok: true })
    expect(there.got.map(({ path, search }) => path + search)).toEqual(['/hook/in/?to=ops&key=a%20b'])
  })

  test('goes to the address that was looked up, under the name of its host', async () => {
    await using there = receiver()
    expect(await send(`http://hook.test:${there.port}/hook`)).toMatchObject({ ok: true })
    expect(there.got[0]?.headers.get('host')).toBe(`hook.test:${there.port}`)
  })

  test.each([[302], [400], [500]])('that is answered with %i has failed, and no redirect is followed', async (status) => {
    await using other = receiver()
    await using there = receiver(status, { location: other.url })
    expect(await send(there.url)).toEqual({ ok: false, fault: `status_${status}` })
    expect(other.got).toEqual([])
  })

  test('never reaches a private address unless that is allowed', async () => {
    await using there = receiver()
    expect(await send(there.url, { allowsPrivate: false })).toEqual({ ok: false, fault: 'address_private' })
    expect(await send(`http://hook.test:${there.port}/hook`, { allowsPrivate: false })).toEqual({ ok: false, fault: 'address_private' })
    expect(there.got).toEqual([])
  })

  test('P19 leaves private networks only by TLS', async () => {
    expect(await send('http://hook.test/hook', { lookup: async () => ['93.184.215.14'] })).toEqual({ ok: false, fault: 'tls_required' })
  })

  test('is sent over TLS only to whom the certificate names', async () => {
    const ca = readFileSync('test/fixture/tls/localhost.crt', 'utf8')
    const tls = { key: readFileSync('test/fixture/tls/localhost.key', 'utf8'), cert: ca }
    const names: (string | null)[] = []
    const fetch = (request: Request) => {
      names.push(request.headers.get('host'))
      return new Response(null, { status: 204 })
    }
    const server = Bun.serve({ port: 0, hostname: '127.0.0.1', tls, fetch })
    const { port } = server
    expect(await send(`https://localhost:${port}/hook`, { ca })).toMatchObject({ ok: true })
    expect(await send(`https://hook.test:${port}/hook`, { ca })).toEqual({ ok: false, fault: 'tls_failed' })
    expect(await send(`https://localhost:${port}/hook`)).toEqual({ ok: false, fault: 'tls_failed' })
    expect(names).toEqual([`localhost:${port}`])
    await server.stop(true)
  })

  test('that nobody takes has failed', async () => {
    const there = receiver()
    await there[Symbol.asyncDispose]()
    expect(await send(there.url)).toEqual({ ok: false, fault: 'connection_refused' })
  })
})
