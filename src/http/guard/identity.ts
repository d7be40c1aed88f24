import type { ClientAddress } from '../../access/client-address.ts'
import type { KeyRing } from '../../access/key.ts'
import { readBearer, scopes } from '../../access/key-text.ts'
import type { Principal } from '../../access/principal.ts'
import type { Sessions } from '../../access/session.ts'
import { readCookie } from './cookie.ts'
import { isForwardedTls } from './forwarded.ts'

/** Tells who asks, from the request alone. */
export type Identity = {
  /** A key in the Authorization header counts before a session in a cookie. */
  identify(request: Request, peer: string | undefined): Principal
  /** Whether the client speaks TLS with us or with the proxy before us: cookies are then for TLS only. */
  isSecure(request: Request, peer: string | undefined): boolean
}

export type IdentityParts = {
  readonly keyRing: Pick<KeyRing, 'authenticate'>
  readonly sessions: Pick<Sessions, 'find'>
  readonly clientAddress: Pick<ClientAddress, 'isTrustedProxy'>
  /** PUBLIC_URL, when it is set. */
  readonly publicUrl: string | undefined
  /** The service speaks TLS itself. */
  readonly hasTls: boolean
}

/** Keys and sessions of an opened data folder as the ones who ask. */
export function createIdentity({ keyRing, sessions, clientAddress, publicUrl, hasTls }: IdentityParts): Identity {
  const isAlwaysSecure = hasTls || publicUrl?.startsWith('https:') === true

  function isSecure(request: Request, peer: string | undefined): boolean {
    if (isAlwaysSecure) return true
    return isForwardedTls(request, peer, clientAddress)
  }

  function identify(request: Request, peer: string | undefined): Principal {
    const bearer = readBearer(request.headers.get('authorization'))
    if (bearer !== null) return identifyKey(bearer)
    const token = readCookie(request.headers, 'session', isSecure(request, peer))
    if (token === undefined) return { kind: 'nobody', reason: 'key_missing' }
    return sessions.find(token) ?? { kind: 'nobody', reason: 'session_ended' }
  }

  function identifyKey(bearer: string): Principal {
    const holder = keyRing.authenticate(bearer, scopes)
    if (!holder.ok) return { kind: 'nobody', reason: holder.fault }
    const { keyId, label, scope, tenant } = holder.value
    return { kind: 'key', keyId, name: label || keyId, scope, tenant }
  }

  return { identify, isSecure }
}
