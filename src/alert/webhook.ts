import { createHmac } from 'node:crypto'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { connect as connectPlain, isIP, isIPv6 } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type Lookup, resolveOutbound } from '../access/outbound.ts'
import type { Clock } from '../base/clock.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { AlertMessage } from './message.ts'
import type { Channel } from './outbox.ts'

export type WebhookOptions = {
  readonly url: string
  /** What each body is signed with, so that its receiver knows who sent it. */
  readonly secret: string
  readonly allowsPrivate: boolean
  readonly lookup: Lookup
  readonly clock: Clock
  /** Certificates to trust beside the system's. */
  readonly ca?: string
}

const timeoutMs = 10_000

/**
 * Sends messages as JSON to one address. `X-Telemetry-Signature` is `t=<seconds>,v1=<hex>`: HMAC-SHA256 over `<seconds>.<body>`. The same message has the same
 * `X-Telemetry-Id` whenever it is sent. Redirects are not followed, and nothing of the answer but its status is looked at.
 */
export function createWebhook(options: WebhookOptions): Channel {
  return { name: 'webhook', send: (message) => post(message, options) }
}

/** Looks the host up and connects, with TLS where the address asks for it, and sends nothing. */
export async function reachWebhook(options: WebhookOptions): Promise<Result<void, string>> {
  const url = new URL(options.url)
  const address = await findAddress(url, options)
  return address.ok ? connect(url, address.value, options.ca) : address
}

async function post(message: AlertMessage, options: WebhookOptions): Promise<Result<void, string>> {
  const url = new URL(options.url)
  const address = await findAddress(url, options)
  if (!address.ok) return address
  const body = JSON.stringify(message)
  const status = await ask(url, { address: address.value, body, headers: headersOf(message, body, options), ca: options.ca })
  if (!status.ok) return status
  return status.value >= 200 && status.value < 300 ? ok(undefined) : err(`status_${status.value}`)
}

/** The address that is connected to, once it was checked. */
async function findAddress(url: URL, options: WebhookOptions): Promise<Result<string, string>> {
  const target = await resolveOutbound(url.hostname, options)
  if (!target.ok) return target
  return url.protocol === 'https:' || target.value.isPrivate ? ok(target.value.address) : err('tls_required')
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
  socket.on('error', () => resolve(err('connection_failed')))
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

type Ask = { readonly address: string; readonly body: string; readonly headers: Record<string, string>; readonly ca: string | undefined }

/** One POST to the address that was checked, under the host's own name. Gives the status, or the code of what went wrong. */
function ask(url: URL, { address, body, headers, ca }: Ask): Promise<Result<number, string>> {
  const { promise, resolve } = Promise.withResolvers<Result<number, string>>()
  const isSecure = url.protocol === 'https:'
  const family = isIPv6(address) ? 6 : 4
  const lookup = (_host: string, options: { all?: boolean }, done: (...answer: readonly unknown[]) => void) =>
    options.all === true ? done(null, [{ address, family }]) : done(null, address, family)
  const options = { method: 'POST', headers, agent: false as const, lookup: lookup as never }
  const call = isSecure ? requestHttps(url, { ...options, ...(ca !== undefined && { ca }) }) : requestHttp(url, options)
  const bound = setTimeout(() => {
    resolve(err('timeout'))
    call.destroy()
  }, timeoutMs)
  call.on('response', (response) => {
    resolve(ok(response.statusCode ?? 0))
    response.destroy()
  })
  call.on('error', () => resolve(err('connection_failed')))
  call.end(body)
  return promise.finally(() => clearTimeout(bound))
}
