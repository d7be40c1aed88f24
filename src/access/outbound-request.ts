import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIPv6 } from 'node:net'
import { faultCode } from '../base/fault-code.ts'
import { err, ok, type Result } from '../base/result.ts'
import { type Lookup, type OutboundFault, resolveOutbound } from './outbound.ts'

/** To whom requests may go out, and whom to trust there. */
export type OutboundPlace = {
  readonly allowsPrivate: boolean
  readonly lookup: Lookup
  /** Certificates to trust beside the system's. */
  readonly ca?: string
}

export type OutboundRequest = {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
  /** Most bytes of the answer's body that are read; with 0 nothing but its status and headers is looked at. */
  readonly bytesMax: number
}

export type OutboundAnswer = {
  readonly status: number
  /** A header by its name in lower case, as far as it came once. */
  readonly header: (name: string) => string | undefined
  readonly text: string
}

/** `timeout`, `connection_failed`, `tls_failed` and `answer_too_large` leave open what the other side did with the request; with the others nothing was sent. */
export type OutboundRequestFault = OutboundFault | 'tls_required' | 'timeout' | ConnectionFault | 'answer_too_large'
/** `connection_refused`: nobody listens. `tls_failed`: a certificate that does not hold for the host, or no TLS at all. */
export type ConnectionFault = 'connection_failed' | 'connection_refused' | 'tls_failed'

/** How OpenSSL and the runtime name faults of a handshake. Matches `DEPTH_ZERO_SELF_SIGNED_CERT` and `ERR_TLS_CERT_ALTNAME_INVALID`; not `ECONNRESET`. */
const tlsCodes = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_)/

/** What kind of fault ended a connection. */
export function connectionFault(cause: Error): ConnectionFault {
  const code = faultCode(cause)
  if (code === 'ECONNREFUSED') return 'connection_refused'
  return tlsCodes.test(code) ? 'tls_failed' : 'connection_failed'
}

/**
 * One request to an address that an operator named: looked up once, checked and connected to under the host's own name, outside private networks only by TLS.
 * Redirects are not followed. Never throws.
 */
export async function requestOutbound(
  url: URL,
  request: OutboundRequest,
  place: OutboundPlace,
): Promise<Result<OutboundAnswer, OutboundRequestFault>> {
  const address = await findOutboundAddress(url, place)
  return address.ok ? ask(url, request, address.value, place.ca) : address
}

/** The address to connect to for a URL that an operator named, once it was checked. */
export async function findOutboundAddress(url: URL, place: OutboundPlace): Promise<Result<string, OutboundFault | 'tls_required'>> {
  const target = await resolveOutbound(url.hostname, place)
  if (!target.ok) return target
  return url.protocol === 'https:' || target.value.isPrivate ? ok(target.value.address) : err('tls_required')
}

type Answered = Result<OutboundAnswer, OutboundRequestFault>

function ask(url: URL, request: OutboundRequest, address: string, ca: string | undefined): Promise<Answered> {
  const { promise, resolve } = Promise.withResolvers<Answered>()
  const { method, headers, body, timeoutMs, bytesMax } = request
  const family = isIPv6(address) ? 6 : 4
  const lookup = (_host: string, options: { all?: boolean }, done: (...answer: readonly unknown[]) => void) =>
    options.all === true ? done(null, [{ address, family }]) : done(null, address, family)
  const options = { method, headers, agent: false as const, lookup: lookup as never }
  const call = url.protocol === 'https:' ? requestHttps(url, { ...options, ...(ca !== undefined && { ca }) }) : requestHttp(url, options)
  const end = (answered: Answered) => {
    resolve(answered)
    call.destroy()
  }
  const bound = setTimeout(() => end(err('timeout')), timeoutMs)
  call.on('response', (response) => {
    const header = (name: string) => {
      const value = response.headers[name]
      return typeof value === 'string' ? value : undefined
    }
    const answer = (text: string) => end(ok({ status: response.statusCode ?? 0, header, text }))
    if (bytesMax === 0) return answer('')
    const parts: Buffer[] = []
    let bytes = 0
    response.on('data', (part: Buffer) => {
      bytes += part.length
      if (bytes > bytesMax) end(err('answer_too_large'))
      else parts.push(part)
    })
    response.on('end', () => answer(Buffer.concat(parts).toString('utf8')))
    response.on('error', () => end(err('connection_failed')))
    response.on('aborted', () => end(err('connection_failed')))
  })
  call.on('error', (cause) => end(err(connectionFault(cause))))
  call.end(body)
  return promise.finally(() => clearTimeout(bound))
}
