import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { testChannels } from '../../src/alert/alerts.ts'
import { createWebhook, reachWebhook, type WebhookOptions } from '../../src/alert/webhook.ts'
import { webhookRemedy } from '../../src/alert/webhook-remedy.ts'
import { fakeClock } from '../fake-clock.ts'

const clock = fakeClock('2026-03-01T12:00:00Z')

function optionsFor(url: string, more: Partial<WebhookOptions> = {}): WebhookOptions {
  return { url, secret: 'secret', origin: () => 'https://t.test', allowsPrivate: true, lookup: async () => ['127.0.0.1'], clock, ...more }
}

/** What the test message of an operator says of a webhook. */
async function tested(options: WebhookOptions): Promise<string | undefined> {
  return (await testChannels([createWebhook({ ...options, installation: 'one' })], clock))['webhook']
}

/** A port of this machine at which nobody listens. */
async function closedPort(): Promise<number> {
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response(null) })
  const { port = 0 } = server
  await server.stop(true)
  return port
}

describe('a webhook that fails', () => {
  test.each<[status: number, words: string]>([
    [302, 'Redirects are not followed: set ALERT_WEBHOOK_URL'],
    [400, 'must take JSON by POST'],
    [401, 'ALERT_WEBHOOK_SECRET'],
    [403, 'ALERT_WEBHOOK_SECRET'],
    [404, 'check the path in ALERT_WEBHOOK_URL'],
    [410, 'make the webhook anew'],
    [429, 'wants fewer messages'],
    [500, 'look into its log'],
    [503, 'look into its log'],
  ])('with the status %i is told with what to do', async (status, words) => {
    const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response(null, { status, headers: { location: '/' } }) })
    const said = await tested(optionsFor(`http://127.0.0.1:${server.port}/secret-part`))
    await server.stop(true)
    expect(said).toStartWith(`status_${status}. `)
    expect(said).toContain(words)
    expect(said).not.toContain('secret-part')
  })

  const ca = readFileSync('test/fixture/tls/localhost.crt', 'utf8')
  const tls = { key: readFileSync('test/fixture/tls/localhost.key', 'utf8'), cert: ca }

  test.each<[how: string, fault: string, words: string, options: (ports: Ports) => WebhookOptions]>([
    ['has no address', 'host_unknown', 'DNS', () => optionsFor('https://hook.test/', { lookup: async () => [] })],
    ['is private', 'address_private', 'ALERT_WEBHOOK_PRIVATE=true', () => optionsFor('https://hook.test/', { allowsPrivate: false })],
    ['is plain outside', 'tls_required', 'https://', () => optionsFor('http://hook.test/', { lookup: async () => ['93.184.215.14'] })],
    ['is not listened to', 'connection_refused', 'check the port', ({ closed }) => optionsFor(`http://127.0.0.1:${closed}/`)],
    ['has a certificate of its own', 'tls_failed', 'certificate', ({ secure }) => optionsFor(`https://localhost:${secure}/`)],
    ['has one of another name', 'tls_failed', 'certificate', ({ secure }) => optionsFor(`https://hook.test:${secure}/`, { ca })],
    ['speaks no TLS', 'tls_failed', 'speaks TLS', ({ plain }) => optionsFor(`https://localhost:${plain}/`)],
  ])('since it %s is told with what to do, by a test message and by doctor', async (_, fault, words, options) => {
    await using ports = await openPorts(tls)
    const said = await tested(options(ports))
    expect(said).toStartWith(`${fault}. `)
    expect(said).toContain(words)
    expect(await reachWebhook(options(ports))).toEqual({ ok: false, fault })
  })

  test('by a code that nothing is known of is told as one whose connection broke off', () => {
    expect(webhookRemedy('timeout')).toContain('10 seconds')
    expect(webhookRemedy('something')).toBe(webhookRemedy('connection_failed'))
  })
})

type Ports = Readonly<Record<'secure' | 'plain' | 'closed', number>>

async function openPorts(tls: { readonly key: string; readonly cert: string }): Promise<Ports & AsyncDisposable> {
  const fetch = () => new Response(null, { status: 204 })
  const [secure, plain] = [Bun.serve({ port: 0, hostname: '127.0.0.1', tls, fetch }), Bun.serve({ port: 0, hostname: '127.0.0.1', fetch })]
  return {
    ...{ secure: secure.port ?? 0, plain: plain.port ?? 0, closed: await closedPort() },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([secure.stop(true), plain.stop(true)])
    },
  }
}
