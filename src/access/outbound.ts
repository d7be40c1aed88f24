import { hasPrivateEnding } from '../base/private-ending.ts'
import { err, ok, type Result } from '../base/result.ts'
import { type Address, readAddress } from './address.ts'

/** Gives the addresses of a host name. */
export type Lookup = (host: string) => Promise<readonly string[]>
export type OutboundFault = 'host_unknown' | 'address_private'

/** Networks of one's own. Link-local addresses are not among them: clouds hand out their credentials there. */
const ownRanges: ReadonlySet<string> = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat'])

/** An address that may be connected to, and whether it lies in a network of one's own. */
export type OutboundTarget = { readonly address: string; readonly isPrivate: boolean }

/**
 * The addresses to connect to for a host that an operator named, at least one. What is checked is what is connected to, so a name that answers differently a
 * moment later reaches nothing else. A host with any private address is refused unless those are allowed; addresses that stand for no single host always are.
 */
export async function resolveTargets(
  host: string,
  { allowsPrivate, lookup }: { readonly allowsPrivate: boolean; readonly lookup: Lookup },
): Promise<Result<readonly OutboundTarget[], OutboundFault>> {
  const bare = host.replace(/^\[|\]$/g, '')
  const texts = readAddress(bare) === undefined ? await lookup(bare).catch(() => []) : [bare]
  const addresses = texts.map(readAddress).filter((address) => address !== undefined)
  if (addresses.length === 0) return err('host_unknown')
  const isAllowed = addresses.every((address) => isPublic(address) || (allowsPrivate && isOwn(address)))
  return isAllowed ? ok(addresses.map((address) => ({ address: address.toString(), isPrivate: isOwn(address) }))) : err('address_private')
}

/** The first of them. */
export async function resolveOutbound(
  host: string,
  place: { readonly allowsPrivate: boolean; readonly lookup: Lookup },
): Promise<Result<OutboundTarget, OutboundFault>> {
  const targets = await resolveTargets(host, place)
  if (!targets.ok) return targets
  const [first] = targets.value
  return first === undefined ? err('host_unknown') : ok(first)
}

function isPublic(address: Address): boolean {
  return address.range() === 'unicast'
}

function isOwn(address: Address): boolean {
  return ownRanges.has(address.range())
}

/** Whether a host lies in a network of one's own by its name alone: a private address, a name without a dot (a container's) or of an ending that no public name has. */
export function isPrivateHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  const address = readAddress(bare)
  if (address !== undefined) return isOwn(address)
  return !bare.includes('.') || hasPrivateEnding(bare.toLowerCase())
}
