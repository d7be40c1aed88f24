import { createHmac } from 'node:crypto'
import { connect as connectPlain, isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { connectionFault, findOutboundAddress, type OutboundPlace, requestOutbound } from '../access/outbound-request.ts'
import type { Clock } from '../base/clock.ts'
import { err, ok, type Result } from '../base/result.ts'
import { visibleText } from '../base/visible-text.ts'
import { idWithin, type Sender } from './installation.ts'
import { writeText } from './mail-text.ts'
import { type AlertMessage, headlineOf } from './message.ts'
import type { Channel } from './outbox.ts'
import { webhookRemedy } from './webhook-remedy.ts'

export type WebhookOptions = OutboundPlace & {
  readonly url: string
  /** What each body is signed with, so that its receiver knows who sent it. */
  readonly secret: string
  /** Where the pages are that a message links to. */
  readonly origin: () => string
  readonly clock: Clock
}

const timeoutMs = 10_000

/**
 * Sends messages as JSON to one address. `X-Telemetry-Signature` is `t=<seconds>,v1=<hex>`: HMAC-SHA256 over `<seconds>.<body>`. The same message has the same
 * `X-Telemetry-Id` whenever it is sent. Redirects are not followed, and nothing of the answer but its status is looked at.
 */
export function createWebhook(options: WebhookOptions & Sender): Channel {
  return { name: 'webhook', send: (message) => post(message, options), remedyFor: webhookRemedy }
}

/** Looks the host up and connects, with TLS where the address asks for it, and sends nothing. */
export async function reachWebhook(options: WebhookOptions): Promise<Result<void, string>> {
  const url = new URL(options.url)
  const address = await findOutboundAddress(url, options)
  return address.ok ? connect(url, address.value, options.ca) : address
}

async function post(told: AlertMessage, options: WebhookOptions & Sender): Promise<Result<void, string>> {
  const message = { ...told, id: idWithin(options.installation, told.id) }
  const body = webhookBody(message, options.origin())
  const request = { method: 'POST', headers: headersOf(message, body, options), body, timeoutMs, bytesMax: 0 } as const
  const answer = await requestOutbound(new URL(options.url), request, options)
  if (!answer.ok) return answer
  const { status } = answer.value
  return status >= 200 && status < 300 ? ok(undefined) : err(`status_${status}`)
}

/** A message as JSON: its links are whole addresses, and `text` is all of it as a mail would say it. */
export function webhookBody(message: AlertMessage, origin: string): string {
  const links = message.links.map(({ text, path }) => ({ text, url: `${origin}${path}` }))
  return JSON.stringify({ ...message, title: visibleText(headlineOf(message)), links, text: writeText(message, origin) })
}

function connect(url: URL, address: string, ca: string | undefined): Promise<Result<void, string>> {
  const { promise, resolve } = Promise.withResolvers<Result<void, string>>()
  const isSecure = url.protocol === 'https:'
  const port = Number(url.port) || (isSecure ? 443 : 80)
  const named = isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0 ? { servername: url.hostname } : {}
  const socket = isSecure
    ? connectTls({ host: address, port, ...named, ...(ca !== undefined && { ca }) }, () => resolve(ok(undefined)))
    : connectPlain({ host: address, port }, () => resolve(ok(undefined)))
  const bound = setTimeout(() => resolve(err('timeout')), timeoutMs)
  socket.on('error', (cause) => resolve(err(connectionFault(cause))))
  return promise.finally(() => {
    clearTimeout(bound)
    socket.destroy()
  })
}

function headersOf(message: AlertMessage, body: string, { secret, clock }: WebhookOptions): Record<string, string> {
  const seconds = Math.floor(clock.now() / 1_000)
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'telemetry-service',
    'x-telemetry-id': message.id,
    'x-telemetry-signature': `t=${seconds},v1=${signBody(secret, seconds, body)}`,
  }
}

/** The signature that a receiver computes again and compares. */
export function signBody(secret: string, seconds: number, body: string): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
}
