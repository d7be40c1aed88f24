import { expect, test } from 'bun:test'
import { resolveOutbound } from '../../src/access/outbound.ts'

const names: Readonly<Record<string, readonly string[]>> = {
  'public.test': ['93.184.215.14'],
  'six.test': ['2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
  'inside.test': ['10.0.0.4'],
  'both.test': ['93.184.215.14', '127.0.0.1'],
  'odd.test': ['not an address'],
  'none.test': [],
}
const lookup = async (host: string) => {
  const found = names[host]
  if (found === undefined) throw new Error('no such name')
  return found
}

test.each([
  ['a public name', 'public.test', '93.184.215.14'],
  ['a public name of IPv6', 'six.test', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
  ['a name inside', 'inside.test', 'address_private'],
  ['a name with one address inside', 'both.test', 'address_private'],
  ['a name that answers with something else', 'odd.test', 'host_unknown'],
  ['a name without an address', 'none.test', 'host_unknown'],
  ['an unknown name', 'nowhere.test', 'host_unknown'],
  ['this machine', '127.0.0.1', 'address_private'],
  ['this machine by IPv6', '[::1]', 'address_private'],
  ['this machine by IPv4 inside IPv6', '[::ffff:127.0.0.1]', 'address_private'],
  ['every interface', '0.0.0.0', 'address_private'],
  ['the metadata of a cloud', '169.254.169.254', 'address_private'],
  ['IPv4 in another notation', '2130706433', 'host_unknown'],
  ['a network of one carrier', '100.64.0.1', 'address_private'],
  ['an own network of IPv6', '[fd00::1]', 'address_private'],
  ['many hosts at once', '224.0.0.1', 'address_private'],
])('%s', async (_, host, wanted) => {
  const resolved = await resolveOutbound(host, { allowsPrivate: false, lookup })
  expect(resolved.ok ? resolved.value.address : resolved.fault).toBe(wanted)
})

test.each([
  ['10.0.0.4', true],
  ['[::1]', true],
  ['100.64.0.1', true],
  ['169.254.169.254', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
])('where private addresses are allowed, %s', async (host, isAllowed) => {
  const resolved = await resolveOutbound(host, { allowsPrivate: true, lookup })
  expect(resolved.ok).toBe(isAllowed)
  if (resolved.ok) expect(resolved.value.isPrivate).toBe(true)
})
