import { constants } from 'node:crypto'
import type { Elysia } from 'elysia'
import { faultCode } from '../base/fault-code.ts'
import type { TlsPair } from './tls/pair.ts'

/** What is under way on one socket. `retiring`: each answer is the last of its connection. `stopping`: nothing more is taken. */
export type Traffic = { inFlight: number; state: 'serving' | 'retiring' | 'stopping' }

/** One listening socket with its connections. */
export type Socket = {
  readonly port: number
  /** Goes on for so long with each answer the last of its connection, then listens no more. Resolves when the last connection is gone. */
  retire(forMs: number): Promise<void>
  /** Takes no connection any more, refuses what still comes over open ones, waits for what is in flight, then closes. */
  drain(): Promise<void>
}

export type Place = {
  readonly address: { readonly host: string | undefined; readonly port: number }
  /** The setting that the address comes from, for the message when it cannot be had. */
  readonly setting: 'LISTEN_ADDR' | 'METRICS_ADDR'
  readonly tls?: TlsPair
  /** The address is already ours, by a socket that this one takes over from. */
  readonly isShared: boolean
}

/**
 * No limit of the server's own: it would answer 413 without our headers, where clients know 400 `invalid body`.
 * Each route that reads a body does so under a cap of its own; elsewhere nothing of it is kept.
 */
const requestBytesMax = Number.MAX_SAFE_INTEGER
/** Seconds after which a connection is closed that is silent between two requests or within a body. For headers Bun has a limit of its own. */
const idleSeconds = 30
/** After this long no connection is left that was there before and never asked anything more. */
export const idleMs = (idleSeconds + 1) * 1_000

/** How long requests in flight may take once the server stops, in milliseconds. */
const drainMs = 5_000
const drainPollMs = 5

/** TLS 1.3 and nothing older: BoringSSL has no switch for versions of its own, so each older one is forbidden. */
const olderVersions =
  constants.SSL_OP_NO_SSLv2 |
  constants.SSL_OP_NO_SSLv3 |
  constants.SSL_OP_NO_TLSv1 |
  constants.SSL_OP_NO_TLSv1_1 |
  constants.SSL_OP_NO_TLSv1_2

/** Listens. Throws with a message for the operator when the address cannot be had. */
export function listenOn(app: Elysia, place: Place, traffic: Traffic): Socket {
  try {
    const port = place.tls === undefined || place.isShared ? place.address.port : claimPort(place)
    app.listen({
      port,
      ...(place.address.host !== undefined && { hostname: place.address.host }),
      // Elysia's default would let a second service take half of the clients unseen. Under TLS a socket must be able to take over from another.
      reusePort: place.tls !== undefined,
      development: false, // Faults are answered in our words, whatever NODE_ENV says.
      idleTimeout: idleSeconds,
      maxRequestBodySize: requestBytesMax,
      ...(place.tls && { tls: { cert: place.tls.cert, key: place.tls.key, secureOptions: olderVersions } }),
    })
  } catch (fault) {
    throw explainListening(place, fault)
  }
  const { server } = app
  if (!server) throw new Error('the server did not start')
  return socketOf(server, server.port ?? place.address.port, traffic)
}

/** The port, once it is sure that nobody has it: two sockets that may share an address would do so unseen. Of port 0 a free one. */
function claimPort({ address: { host = '0.0.0.0', port } }: Place): number {
  const claim = Bun.serve({ hostname: host, port, reusePort: false, fetch: () => new Response() })
  const taken = claim.port ?? port
  claim.stop(true)
  return taken
}

type Server = { stop(force?: boolean): Promise<void> }

function socketOf(server: Server, port: number, traffic: Traffic): Socket {
  const drained = new AbortController()

  async function retire(forMs: number): Promise<void> {
    traffic.state = 'retiring'
    await pauseFor(forMs, drained.signal)
    if (!drained.signal.aborted) await server.stop(false)
  }

  async function drain(): Promise<void> {
    traffic.state = 'stopping'
    drained.abort()
    server.stop(false)
    const deadline = performance.now() + drainMs
    while (traffic.inFlight > 0 && performance.now() < deadline) await Bun.sleep(drainPollMs)
    await server.stop(true)
  }

  return { port, retire, drain }
}

function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    resolve()
  })
  return promise
}

const remedies: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program has it, stop that one or set another',
  ENOENT: 'no address is known for that name, set another',
  EADDRNOTAVAIL: 'this machine does not have that address, set another',
  EACCES: 'this user may not listen there, set a port above 1023 in',
}

/** Says which address cannot be had, why, and which setting names another. */
function explainListening({ address: { host, port }, setting }: Place, fault: unknown): unknown {
  const code = faultCode(fault)
  const remedy = remedies[code]
  if (remedy === undefined) return fault
  const shown = `${host === undefined ? '' : host.includes(':') ? `[${host}]` : host}:${port}`
  return new Error(`cannot listen on ${shown} (${code}): ${remedy} ${setting}`)
}
