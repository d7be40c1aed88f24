import type { ClientAddress } from '../../access/client-address.ts'
import type { KeyFault, KeyRing } from '../../access/key.ts'
import { readBearer } from '../../access/key-text.ts'
import type { RateLimit, RateVerdict } from '../../access/rate-limit.ts'
import type { Clock } from '../../base/clock.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { defaultTenant } from '../../base/tenant.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import type { Sender } from '../../ingest/door.ts'
import type { ExtraHeaders } from '../answer.ts'

/** Who may send, and how much: an ingest key by its own limit, everybody else by address. */
export type Gate = {
  /** Says who sends. Costs nothing yet. */
  identify(request: Request, peer: string | undefined): Result<Visitor, Refusal>
  /** Takes a token for a request whose key was not accepted, by its address: trying keys is limited like sending events. */
  takeStranger(request: Request, peer: string | undefined): RateVerdict
  /** Takes `tokens` for the visitor; the verdict's headers belong on the answer either way. */
  take(visitor: Visitor, tokens: number): RateVerdict
}

/** A sender whose right to send is proved. `name` is what the limiter knows it by; it is never logged. */
export type Visitor = { readonly sender: Sender; readonly name: string; readonly limit: RateLimit }

export type GateOptions = {
  readonly keyRing: KeyRing
  readonly clientAddress: ClientAddress
  readonly addressLimit: RateLimit
  readonly keyLimit: RateLimit
  readonly isKeyRequired: boolean
  readonly clock: Clock
}

/** The gate before the two routes that take events. Opens to anonymous clients unless a key is required. */
export function createGate(options: GateOptions): Gate {
  const { keyRing, clientAddress, addressLimit, keyLimit, clock } = options
  const anonymous: Sender = { tenant: defaultTenant, mayDate: false }

  function identify(request: Request, peer: string | undefined): Result<Visitor, Refusal> {
    const bearer = readBearer(request.headers.get('authorization'))
    if (bearer === null && !options.isKeyRequired) {
      return ok({ sender: anonymous, name: clientAddress.keyOf(peer, request.headers), limit: addressLimit })
    }
    const holder = keyRing.authenticate(bearer, ['ingest'])
    if (!holder.ok) return err(refuseKey(holder.fault))
    return ok({ sender: { tenant: holder.value.tenant, mayDate: true }, name: holder.value.keyId, limit: keyLimit })
  }

  return {
    identify,
    takeStranger: (request, peer) => addressLimit.take(clientAddress.keyOf(peer, request.headers), 1, clock.now()),
    take: (visitor, tokens) => visitor.limit.take(visitor.name, tokens, clock.now()),
  }
}

function refuseKey(fault: KeyFault): Refusal {
  return refusal(fault === 'scope_missing' ? 'not_permitted' : 'key_required', 'authorization', fault)
}

/**
 * Takes what a body with so many items costs beyond its first token, which was paid before it was read: all or none. The next try pays its first token again,
 * so who is refused has to wait for all of them: else it would come one token short for ever.
 */
export function takeOthers(first: RateVerdict, items: number, take: (tokens: number) => RateVerdict): RateVerdict {
  if (items <= 1) return first
  const others = take(items - 1)
  return others.allowed ? others : take(items)
}

/** `RateLimit-*` of the IETF draft in its widely read form of three headers, and `Retry-After` for a refusal. */
export function rateHeaders(verdict: RateVerdict): ExtraHeaders | undefined {
  if (verdict.limit === 0) return undefined
  const headers = {
    'RateLimit-Limit': String(verdict.limit),
    'RateLimit-Remaining': String(verdict.remaining),
    'RateLimit-Reset': String(verdict.resetSeconds),
  }
  return verdict.allowed ? headers : { ...headers, 'Retry-After': String(verdict.retryAfterSeconds) }
}
