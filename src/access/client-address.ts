import { type Address, addressKey, findNetwork, type Network, readAddress, readNetwork } from './address.ts'
import { createRecent } from './recent.ts'

export type ClientAddressOptions = {
  /** Proxies whose X-Forwarded-For is believed, besides loopback. */
  readonly trusted: readonly Network[]
  /**
   * The header that names a client when clients are told apart by a header (RATE_KEY_MODE=header). Only for services behind a gateway that sets it:
   * anyone else can send any value. A request without it counts by its address, so that such requests do not share one bucket.
   */
  readonly keyHeader?: string
  /** Called once, with the private network a proxy seems to stand in, when X-Forwarded-For comes from there and is not believed. */
  readonly reportUnlistedProxy: (network: string) => void
}

/** The part of a request's headers that is read here; `Headers` fits. */
export type HeaderReader = { get(name: string): string | null }

export type ClientAddress = {
  /**
   * A short name of the client for the rate limiter, from the peer's address and the headers. It can be turned back into the address:
   * it stays in memory and is never logged, stored or used as a metric label.
   */
  keyOf(peer: string | undefined, headers: HeaderReader): string
  /** Whether the other end of the connection is a proxy whose X-Forwarded headers are believed. */
  isTrustedProxy(peer: string | undefined): boolean
  /** The private network of the first proxy that was not believed; undefined while none was seen. */
  unlistedProxy(): string | undefined
}

type KnownAddress = { readonly key: string; readonly isTrusted: boolean }

/** What the loopback interface holds: a proxy on the same machine. */
const loopback = networks('127.0.0.0/8', '::1')
/** Where a proxy that was forgotten in the settings usually stands. */
const privateNetworks = networks(
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
)

const forwardedCharactersMax = 2_048
const forwardedHopsMax = 32
const entryCharactersMax = 80
const keyHeaderCharactersMax = 256
const knownAddressesMax = 65_536 // About 15 MB when full; fewer would be read again and again by a busy service.
/** Stands for a peer that already hung up or has no IP address, and for a text that is no address. */
const nobody: KnownAddress = { key: '0', isTrusted: false }

/** Tells clients apart: the right-most entry of X-Forwarded-For that is not a trusted proxy, else the peer. IPv6 clients count as their /64. */
export function createClientAddress(options: ClientAddressOptions): ClientAddress {
  const trusted = [...loopback, ...options.trusted]
  const recent = createRecent<KnownAddress>(knownAddressesMax)
  let reported: string | undefined

  function keyOf(peer: string | undefined, headers: HeaderReader): string {
    const given = options.keyHeader === undefined ? null : headers.get(options.keyHeader)
    if (given) return `h${given.slice(0, keyHeaderCharactersMax)}`
    const hop = know(peer ?? '')
    const forwardedFor = headers.get('x-forwarded-for')
    if (!forwardedFor) return hop.key
    if (hop.isTrusted) return walk(hop, forwardedFor).key
    reportOnce(peer)
    return hop.key
  }

  /** From the right, over trusted proxies, to the client. What is left of an untrusted or unreadable entry was written by a stranger and counts for nothing. */
  function walk(peer: KnownAddress, forwardedFor: string): KnownAddress {
    const start = Math.max(0, forwardedFor.length - forwardedCharactersMax)
    let last = peer
    let end = forwardedFor.length
    for (let hops = 0; hops < forwardedHopsMax && end > start; hops += 1) {
      const comma = forwardedFor.lastIndexOf(',', end - 1)
      if (comma < start && start > 0) return last // The bound cut this entry: half an address would be another one.
      const entry = forwardedFor.slice(comma + 1, end).trim()
      end = comma
      if (entry === '') continue
      const hop = know(entry)
      if (hop === nobody) return last
      if (!hop.isTrusted) return hop
      last = hop
    }
    return last
  }

  function know(text: string): KnownAddress {
    const before = recent.get(text)
    if (before !== undefined) return before
    if (text.length > entryCharactersMax) return nobody
    const address = readAddress(bareAddress(text))
    const known = address === undefined ? nobody : describe(address)
    recent.set(Buffer.from(text, 'latin1').toString('latin1'), known) // A copy: a slice would keep its whole header in memory.
    return known
  }

  function describe(address: Address): KnownAddress {
    return { key: addressKey(address), isTrusted: findNetwork(address, trusted) !== undefined }
  }

  function reportOnce(peer: string | undefined): void {
    const address = reported !== undefined ? undefined : readAddress(bareAddress(peer ?? ''))
    const network = address === undefined ? undefined : findNetwork(address, privateNetworks)
    if (network === undefined) return
    reported = network.name
    options.reportUnlistedProxy(network.name)
  }

  return { keyOf, isTrustedProxy: (peer) => know(peer ?? '').isTrusted, unlistedProxy: () => reported }
}

/** The address inside one entry as proxies write it: `1.2.3.4:5678`, `"[2001:db8::1]:443"`, `[::1]`. Anything else comes back as it is. */
function bareAddress(entry: string): string {
  const text = entry.length > 1 && entry.startsWith('"') && entry.endsWith('"') ? entry.slice(1, -1) : entry
  // Matches `[::1]` and `[::1]:80`; not `[::1]80` or `[::1]:`.
  const bracketed = /^\[([^[\]]+)\](?::\d{1,5})?$/.exec(text)?.[1]
  if (bracketed?.includes(':')) return bracketed
  // Matches `1.2.3.4:80`; not `1.2.3.4:` or `::1:80`, which is an address as it stands.
  return /^([\d.]+):\d{1,5}$/.exec(text)?.[1] ?? text
}

function networks(...names: readonly string[]): Network[] {
  return names.map((name) => {
    const network = readNetwork(name)
    if (!network.ok) throw new Error(`${name} ${network.fault}`)
    return network.value
  })
}
