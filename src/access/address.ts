import ipaddr from 'ipaddr.js'
import { err, ok, type Result } from '../base/result.ts'

/** An IP address in its plain form: IPv4 inside IPv6 is already IPv4. Lives in memory only. */
export type Address = ipaddr.IPv4 | ipaddr.IPv6

/** A range of addresses, as CIDR notation names it. */
export type Network = { readonly name: string; readonly base: Address; readonly bits: number }

/** The longest text of an address: full IPv6 with an embedded IPv4 and a zone. Longer ones are not looked at. */
const addressCharactersMax = 64
const mappedBits = 96

/** Reads an address written the usual way; undefined for anything else. Short, octal and hexadecimal IPv4 (`127.1`, `010.0.0.1`) are refused, since readers differ on them. */
export function readAddress(text: string): Address | undefined {
  if (text.length > addressCharactersMax) return undefined
  if (!text.includes(':')) return ipaddr.IPv4.isValidFourPartDecimal(text) ? ipaddr.IPv4.parse(text) : undefined
  try {
    return unwrap(ipaddr.IPv6.parse(text))
  } catch {
    return undefined
  }
}

/** Reads `10.0.0.0/8`, `fd00::/8` or one bare address. The fault names the rule that the text breaks. */
export function readNetwork(text: string): Result<Network, string> {
  const [start = '', length, ...rest] = text.trim().split('/')
  const base = readAddress(start)
  if (base === undefined || rest.length > 0) return err('is not an address or CIDR network')
  const lengthMax = start.includes(':') ? 128 : 32
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return err('has a prefix length that is not a number')
  const written = length === undefined ? lengthMax : Number(length)
  if (written > lengthMax) return err(`has a prefix length over ${lengthMax}`)
  const isUnwrapped = base.kind() === 'ipv4' && start.includes(':')
  if (isUnwrapped && written < mappedBits) return err(`has a prefix length under ${mappedBits} for IPv4 inside IPv6`)
  return ok({ name: text.trim(), base, bits: isUnwrapped ? written - mappedBits : written })
}

/** The first of the networks that holds the address. */
export function findNetwork(address: Address, networks: readonly Network[]): Network | undefined {
  return networks.find(({ base, bits }) => base.kind() === address.kind() && address.match(base, bits))
}

/** The limiter's name for a client: all of an IPv4 address, the /64 of an IPv6 address, because one household or server owns a whole /64. */
export function addressKey(address: Address): string {
  return address instanceof ipaddr.IPv4 ? `4${hex(address.octets, 2)}` : `6${hex(address.parts.slice(0, 4), 4)}`
}

/** IPv4 that came through IPv6 (`::ffff:1.2.3.4`, and `64:ff9b::1.2.3.4` of NAT64) counts as IPv4; else all such clients would share one /64. */
function unwrap(address: ipaddr.IPv6): Address {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address()
  const [first, second, third, fourth, fifth, sixth, high = 0, low = 0] = address.parts
  const isTranslated = first === 0x64 && second === 0xff9b && third === 0 && fourth === 0 && fifth === 0 && sixth === 0
  return isTranslated ? new ipaddr.IPv4([high >> 8, high & 255, low >> 8, low & 255]) : address
}

function hex(parts: readonly number[], digits: number): string {
  return parts.map((part) => part.toString(16).padStart(digits, '0')).join('')
}
