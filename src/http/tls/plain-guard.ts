import type { ClientAddress } from '../../access/client-address.ts'
import { refusal } from '../../event/refusal.ts'
import { refuseAsJson, refuseAsText } from '../error.ts'
import { isForwardedTls } from '../guard/forwarded.ts'
import { isLocal } from '../guard/local.ts'
import { pathOf } from '../query.ts'

/** What a supervisor on this machine asks; neither holds a secret nor anything of a run. */
const localPaths = ['/healthz', '/metrics']

/** What REQUIRE_HTTPS asks of a request that came without TLS of our own. */
export type PlainGuard = {
  /** Whether a trusted proxy says that it came by TLS; nobody else is believed. */
  isSecured(request: Request, peer: string | undefined): boolean
  /** The answer to one that came in the plain; nothing where that is allowed. */
  refuse(request: Request, peer: string | undefined): Response | undefined
}

/** REQUIRE_HTTPS: refuses what came in the plain, and sends nobody on: by then a key or an event has been readable on its way. */
export function createPlainGuard(clientAddress: Pick<ClientAddress, 'isTrustedProxy'>): PlainGuard {
  const fault = refusal('https_required', 'scheme', 'https')

  function isSecured(request: Request, peer: string | undefined): boolean {
    return isForwardedTls(request, peer, clientAddress)
  }

  function refuse(request: Request, peer: string | undefined): Response | undefined {
    if (isSecured(request, peer)) return undefined
    const path = pathOf(request)
    if (localPaths.includes(path) && isLocal(request, peer)) return undefined
    const headers = { Connection: 'close' } // The rest of a body is not read.
    return path === '/telemetry' ? refuseAsText(fault, headers) : refuseAsJson(fault, headers)
  }

  return { isSecured, refuse }
}
