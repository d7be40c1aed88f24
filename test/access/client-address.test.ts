import { expect, test } from 'bun:test'
import { readNetwork } from '../../src/access/address.ts'
import { type ClientAddress, createClientAddress } from '../../src/access/client-address.ts'

const network = (name: string) => {
  const read = readNetwork(name)
  if (!read.ok) throw new Error(read.fault)
  return read.value
}

function clientsBehind(...trusted: readonly string[]): ClientAddress & { readonly reports: string[] } {
  const reports: string[] = []
  const clients = createClientAddress({ trusted: trusted.map(network), reportUnlistedProxy: (name) => reports.push(name) })
  return { ...clients, reports }
}

const keyOf = (clients: ClientAddress, peer: string | undefined, forwardedFor?: string) =>
  clients.keyOf(peer, new Headers(forwardedFor === undefined ? {} : { 'X-Forwarded-For': forwardedFor }))

const client = '4cb007109' // 203.0.113.9
const proxy = '10.0.0.2'
const proxyKey = '40a000002'
const many = (entry: string, times: number) => Array.from({ length: times }, () => entry).join(', ')

test.each([
  ['a peer without the header', '203.0.113.9', undefined, client],
  ['a peer that forges the header', '203.0.113.9', '198.51.100.1', client],
  ['a mapped peer', '::ffff:203.0.113.9', undefined, client],
  ['an IPv6 peer as its /64', '2001:db8:1:2::abcd', undefined, '620010db800010002'],
  ['a client behind a trusted proxy', proxy, '203.0.113.9', client],
  ['a client behind a mapped trusted proxy', '::ffff:10.0.0.2', '203.0.113.9', client],
  ['a client behind loopback', '127.0.0.1', '203.0.113.9', client],
  ['a client behind IPv6 loopback', '::1', '203.0.113.9', client],
  ['a client who forges entries on the left', proxy, '198.51.100.1, 127.0.0.1, 203.0.113.9', client],
  ['a client who forges a trusted entry on the left', proxy, '10.0.0.9, 203.0.113.9', client],
  ['a client behind a chain of proxies', proxy, '203.0.113.9, 10.0.0.7, 192.0.2.50, 127.0.0.1', client],
  ['a chain of proxies alone, by its far end', proxy, '10.0.0.7, 10.0.0.8', '40a000007'],
  ['an IPv6 client as its /64', proxy, '2001:db8:1:2:3:4:5:6', '620010db800010002'],
  ['a mapped client', proxy, '::ffff:203.0.113.9', client],
  ['a client with a port', proxy, '203.0.113.9:51234', client],
  ['a bracketed IPv6 client', proxy, '[2001:db8:1:2::9]', '620010db800010002'],
  ['a bracketed IPv6 client with a port', proxy, '[2001:db8:1:2::9]:443', '620010db800010002'],
  ['a quoted IPv6 client with a port', proxy, '"[2001:db8:1:2::9]:443"', '620010db800010002'],
  ['a client among spaces and empty entries', proxy, ' ,, 203.0.113.9 , ,', client],
  ['an unknown client, by its proxy', proxy, 'unknown', proxyKey],
  ['an unknown client who forges entries, by its proxy', proxy, '198.51.100.1, unknown', proxyKey],
  ['an unknown client of a chain, by the last proxy known', proxy, 'unknown, 10.0.0.7', '40a000007'],
  ['brackets that do not close', proxy, '[2001:db8::1', proxyKey],
  ['brackets round IPv4', proxy, '[203.0.113.9]', proxyKey],
  ['a port that is none', proxy, '203.0.113.9:http', proxyKey],
  ['quotes that do not close', proxy, '"203.0.113.9', proxyKey],
  ['a host name', proxy, 'client.example', proxyKey],
  ['octal', proxy, '0313.0.113.9', proxyKey],
  ['an empty header', proxy, '', proxyKey],
  ['commas alone', proxy, ',,,', proxyKey],
  ['a long entry', proxy, `203.0.113.9${' '.repeat(50)}${'9'.repeat(500)}`, proxyKey],
  ['a header beyond its bound', proxy, `${many('198.51.100.1', 5_000)}, 203.0.113.9`, client],
  ['more proxies than are walked', proxy, `203.0.113.9, ${many('10.0.0.7', 40)}`, '40a000007'],
  ['proxies beyond the bound of characters', proxy, `203.0.113.9,${' '.repeat(2_100)}10.0.0.7`, proxyKey],
  ['an entry cut by the bound', proxy, `203.0.113.9,${'1'.repeat(3_000)}.1.1.1`, proxyKey],
  ['a peer that hung up', undefined, undefined, '0'],
  ['a peer that hung up, with a header', undefined, '203.0.113.9', '0'],
])('%s is counted', (_, peer, forwardedFor, key) => {
  const clients = clientsBehind('10.0.0.0/8', '192.0.2.50')
  expect(keyOf(clients, peer, forwardedFor)).toBe(key)
  expect(keyOf(clients, peer, forwardedFor)).toBe(key) // The second time from memory.
  expect(clients.reports).toEqual([])
})

test('several header lines count as one list', () => {
  const headers = new Headers()
  headers.append('X-Forwarded-For', '198.51.100.1')
  headers.append('X-Forwarded-For', '203.0.113.9')
  expect(clientsBehind().keyOf('127.0.0.1', headers)).toBe(client)
})

test.each([
  ['10.0.0.2', '10.0.0.0/8'],
  ['172.17.0.1', '172.16.0.0/12'],
  ['192.168.1.1', '192.168.0.0/16'],
  ['100.64.0.1', '100.64.0.0/10'],
  ['169.254.1.1', '169.254.0.0/16'],
  ['fd12::1', 'fc00::/7'],
  ['fe80::1', 'fe80::/10'],
  ['::ffff:10.0.0.2', '10.0.0.0/8'],
])('a proxy at %s that nobody listed is reported once, as %s', (peer, name) => {
  const clients = clientsBehind()
  expect(keyOf(clients, peer, '203.0.113.9')).toBe(keyOf(clients, peer))
  keyOf(clients, peer, '203.0.113.10')
  keyOf(clients, '10.9.9.9', '203.0.113.11')
  expect(clients.reports).toEqual([name])
})

test.each([
  ['a private peer without the header', '10.0.0.2', undefined],
  ['a public peer with the header', '203.0.113.9', '198.51.100.1'],
  ['loopback with the header', '127.0.0.1', '198.51.100.1'],
])('%s is not reported', (_, peer, forwardedFor) => {
  const clients = clientsBehind()
  keyOf(clients, peer, forwardedFor)
  expect(clients.reports).toEqual([])
})

test('clients are told apart by a header where the settings say so', () => {
  const clients = createClientAddress({ trusted: [], keyHeader: 'X-Telemetry-Key', reportUnlistedProxy: () => undefined })
  const keyFor = (peer: string, headers: Record<string, string>) => clients.keyOf(peer, new Headers(headers))
  expect(keyFor('203.0.113.9', { 'X-Telemetry-Key': 'site-1' })).toBe(keyFor('203.0.113.10', { 'X-Telemetry-Key': 'site-1' }))
  expect(keyFor('203.0.113.9', { 'X-Telemetry-Key': 'site-1' })).not.toBe(keyFor('203.0.113.9', { 'X-Telemetry-Key': 'site-2' }))
  expect(keyFor('203.0.113.9', { 'X-Telemetry-Key': 'x'.repeat(10_000) }).length).toBeLessThanOrEqual(257)
})

test.each([
  ['without the header', {}],
  ['with an empty header', { 'X-Telemetry-Key': '' }],
])('a request %s counts by its address, not in one bucket for all', (_, headers) => {
  const clients = createClientAddress({ trusted: [], keyHeader: 'X-Telemetry-Key', reportUnlistedProxy: () => undefined })
  expect(clients.keyOf('203.0.113.9', new Headers(headers))).toBe(client)
  expect(clients.keyOf('203.0.113.10', new Headers(headers))).not.toBe(client)
})

test('a header value never meets the key of an address', () => {
  const clients = createClientAddress({ trusted: [], keyHeader: 'X-Telemetry-Key', reportUnlistedProxy: () => undefined })
  expect(clients.keyOf('203.0.113.9', new Headers({ 'X-Telemetry-Key': client }))).not.toBe(client)
})
