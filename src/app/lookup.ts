import { lookup } from 'node:dns/promises'
import type { Lookup } from '../access/outbound.ts'

/** The addresses of a name as this machine sees them. */
export const systemLookup: Lookup = async (host) => (await lookup(host, { all: true })).map(({ address }) => address)
