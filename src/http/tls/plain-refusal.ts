import type { ClientAddress } from '../../access/client-address.ts'
import { refusal } from '../../event/refusal.ts'
import { refuseAsJson, refuseAsText } from '../error.ts'
import { isLocal } from '../guard/local.ts'
import { pathOf } from '../query.ts'

/** What a supervisor on this machine asks; neither holds a secret nor anything of a run. */
const localPaths = ['/healthz', '/metrics']

/**
 * REQUIRE_HTTPS: refuses what came in the plain, and sends nobody on: by then a key or an event has been readable on its way. Whether a request came by TLS
 * is believed of a trusted proxy alone.
 */
export function createPlainRefusal({ isTrustedProxy }: Pick<ClientAddress, 'isTrustedProxy'>) {
  const fault = refusal('https_required', 'scheme', 'https')
  return (request: Request, peer: string | undefined): Response | undefined => {
    if (request.headers.get('x-forwarded-proto') === 'https' && isTrustedProxy(peer)) return undefined
    const path = pathOf(request)
    if (localPaths.includes(path) && isLocal(request, peer)) return undefined
    const headers = { Connection: 'close' } // The rest of a body is not read.
    return path === '/telemetry' ? refuseAsText(fault, headers) : refuseAsJson(fault, headers)
  }
}
