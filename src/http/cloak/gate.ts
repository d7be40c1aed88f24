import type { ClientAddress } from '../../access/client-address.ts'
import type { KeyRing } from '../../access/key.ts'
import type { RateVerdict } from '../../access/rate-limit.ts'
import type { Clock } from '../../base/clock.ts'
import { err, ok, type Result } from '../../base/result.ts'
import type { CloakFault } from './fault.ts'
import { isSameKey, readCloakKey } from './key-form.ts'
import type { TextLimit } from './text-limit.ts'

/** Who may have texts cloaked, and how many. */
export type CloakGate = {
  /** Whether the API is there at all: once somebody can have a key for it, or everybody may. */
  isOn(): boolean
  /** Says who asks, by a name that the limiter knows; refused without a key that is good here. */
  identify(request: Request, peer: string | undefined): Result<string, CloakFault>
  /** Takes tokens of whoever asks. */
  take(name: string, tokens: number): RateVerdict
  /** The same for a request whose key was not accepted, by its address: trying keys is limited too. */
  takeStranger(request: Request, peer: string | undefined): RateVerdict
}

export type CloakGateOptions = {
  readonly keyRing: Pick<KeyRing, 'authenticate' | 'holdsLive'>
  readonly clientAddress: Pick<ClientAddress, 'keyOf'>
  readonly limit: TextLimit
  readonly clock: Clock
  readonly isOpen: boolean
  readonly apiKey: string | undefined
}

/** How long the answer of the file counts whether there is a key. */
const lookMs = 1_000

const unauthorized: CloakFault = { status: 401, error: 'Unauthorized', field: 'authorization', rule: 'valid_key' }

/** The gate before the routes of the cloak API. */
export function createCloakGate({ keyRing, clientAddress, limit, clock, isOpen, apiKey }: CloakGateOptions): CloakGate {
  let looked = { at: Number.NEGATIVE_INFINITY, isLive: false }

  function isOn(): boolean {
    if (isOpen || apiKey !== undefined) return true
    const now = clock.now()
    if (Math.abs(now - looked.at) >= lookMs) looked = { at: now, isLive: keyRing.holdsLive('cloak') }
    return looked.isLive
  }

  function identify(request: Request, peer: string | undefined): Result<string, CloakFault> {
    const address = clientAddress.keyOf(peer, request.headers)
    if (isOpen) return ok(address)
    const key = readCloakKey(request.headers.get('authorization'))
    if (key !== null && apiKey !== undefined && isSameKey(key, apiKey)) return ok(address)
    const holder = keyRing.authenticate(key, ['cloak'])
    return holder.ok ? ok(holder.value.keyId) : err(unauthorized)
  }

  return {
    isOn,
    identify,
    take: (name, tokens) => limit.take(name, tokens, clock.now()),
    takeStranger: (request, peer) => limit.take(clientAddress.keyOf(peer, request.headers), 1, clock.now()),
  }
}
