import { expect, test } from 'bun:test'
import { addressKey, findNetwork, readAddress, readNetwork } from '../../src/access/address.ts'

test.each([
  ['IPv4', '192.0.2.7', '4c0000207'],
  ['the lowest IPv4', '0.0.0.0', '400000000'],
  ['the highest IPv4', '255.255.255.255', '4ffffffff'],
  ['IPv6 as its /64', '2001:db8:1:2:3:4:5:6', '620010db800010002'],
  ['another host of that /64', '2001:db8:1:2:ffff::1', '620010db800010002'],
  ['a neighbouring /64', '2001:db8:1:3:3:4:5:6', '620010db800010003'],
  ['IPv6 in capitals and zeros', '2001:0DB8:0001:0002:0000:0000:0000:0001', '620010db800010002'],
  ['IPv6 with a zone', 'fe80::1%eth0', '6fe80000000000000'],
  ['mapped IPv4', '::ffff:192.0.2.7', '4c0000207'],
  ['mapped IPv4 in hexadecimal', '::ffff:c000:207', '4c0000207'],
  ['IPv4 through NAT64', '64:ff9b::192.0.2.7', '4c0000207'],
  ['IPv6 beside the NAT64 prefix', '64:ff9b:1::c000:207', '60064ff9b00010000'],
])('%s has a key', (_, text, key) => {
  const address = readAddress(text)
  expect(address && addressKey(address)).toBe(key)
})

test.each([
  ['nothing', ''],
  ['a word', 'unknown'],
  ['an obfuscated name', '_hidden'],
  ['short IPv4', '127.1'],
  ['octal IPv4', '010.0.0.1'],
  ['hexadecimal IPv4', '0x7f.0.0.1'],
  ['one number', '2130706433'],
  ['an octet over 255', '1.2.3.256'],
  ['five octets', '1.2.3.4.5'],
  ['two double colons', '1::2::3'],
  ['nine groups', '1:2:3:4:5:6:7:8:9'],
  ['a colon', ':'],
  ['a space', ' 1.2.3.4'],
  ['a long text', `::1%${'x'.repeat(1_000)}`],
])('%s is no address', (_, text) => {
  expect(readAddress(text)).toBeUndefined()
})

test.each([
  ['a network', '10.0.0.0/8', '10.255.0.1', true],
  ['a network, not beyond it', '10.0.0.0/8', '11.0.0.1', false],
  ['a bare address', '192.0.2.7', '192.0.2.7', true],
  ['a bare address, not its neighbour', '192.0.2.7', '192.0.2.8', false],
  ['everything', '0.0.0.0/0', '192.0.2.7', true],
  ['everything of IPv4, not IPv6', '0.0.0.0/0', '2001:db8::1', false],
  ['an IPv6 network', 'fd00::/8', 'fd12::1', true],
  ['an IPv6 network, not IPv4', '::/0', '192.0.2.7', false],
  ['a mapped network as IPv4', '::ffff:10.0.0.0/104', '10.1.2.3', true],
  ['a mapped network, not beyond it', '::ffff:10.0.0.0/104', '11.1.2.3', false],
  ['a network with spaces around', ' 10.0.0.0/8 ', '10.1.2.3', true],
])('%s holds what it names', (_, name, text, isInside) => {
  const network = readNetwork(name)
  const address = readAddress(text)
  if (!network.ok || address === undefined) throw new Error('the row is wrong')
  expect(findNetwork(address, [network.value]) !== undefined).toBe(isInside)
})

test.each([
  ['a word', 'private', 'is not an address or CIDR network'],
  ['a short address', '10/8', 'is not an address or CIDR network'],
  ['two slashes', '10.0.0.0/8/8', 'is not an address or CIDR network'],
  ['a mask', '10.0.0.0/255.0.0.0', 'has a prefix length that is not a number'],
  ['no length', '10.0.0.0/', 'has a prefix length that is not a number'],
  ['too long for IPv4', '10.0.0.0/33', 'has a prefix length over 32'],
  ['too long for IPv6', 'fd00::/129', 'has a prefix length over 128'],
  ['too short for mapped IPv4', '::ffff:10.0.0.0/64', 'has a prefix length under 96 for IPv4 inside IPv6'],
])('%s is no network', (_, name, rule) => {
  expect(readNetwork(name)).toEqual({ ok: false, fault: rule })
})
