import { connect, type Socket } from 'node:net'
import { err, ok, type Result } from '../base/result.ts'
import { type Lookup, type OutboundFault, resolveTargets } from './outbound.ts'

/** A connection to a host that an operator named, and whether it ends in a network of one's own. */
export type OutboundSocket = { readonly socket: Socket; readonly isPrivate: boolean }

export type OutboundSocketFault = OutboundFault | 'timeout' | 'connection_failed'

type Place = { readonly host: string; readonly port: number; readonly allowsPrivate: boolean; readonly lookup: Lookup }

/** A name with more addresses is asked at the first of them. */
const addressesMax = 4

/**
 * Connects to the first address of a host that answers. All were looked up once and checked, and what was checked is what is connected to. Nothing is sent;
 * the caller closes the socket. Each address is given so much time.
 */
export async function connectOutbound(place: Place, timeoutMs: number): Promise<Result<OutboundSocket, OutboundSocketFault>> {
  const targets = await resolveTargets(place.host, place)
  if (!targets.ok) return targets
  let fault: OutboundSocketFault = 'host_unknown'
  for (const { address, isPrivate } of targets.value.slice(0, addressesMax)) {
    const opened = await open(address, place.port, timeoutMs)
    if (opened.ok) return ok({ socket: opened.value, isPrivate })
    fault = opened.fault
  }
  return err(fault)
}

function open(address: string, port: number, timeoutMs: number): Promise<Result<Socket, OutboundSocketFault>> {
  const { promise, resolve } = Promise.withResolvers<Result<Socket, OutboundSocketFault>>()
  const socket = connect({ host: address, port })
  const give = (opened: Result<Socket, OutboundSocketFault>) => {
    clearTimeout(bound)
    socket.off('connect', connected).off('error', failed)
    if (!opened.ok) socket.on('error', () => undefined).destroy()
    resolve(opened)
  }
  const connected = () => give(ok(socket))
  const failed = () => give(err('connection_failed'))
  const bound = setTimeout(() => give(err('timeout')), timeoutMs)
  socket.on('connect', connected).on('error', failed)
  return promise
}
