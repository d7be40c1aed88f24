import type { ClientAddress } from '../../access/client-address.ts'

/** Whether a trusted proxy says that the client came to it by TLS; nobody else is believed. */
export function isForwardedTls(
  { headers }: Request,
  peer: string | undefined,
  { isTrustedProxy }: Pick<ClientAddress, 'isTrustedProxy'>,
): boolean {
  return headers.get('x-forwarded-proto') === 'https' && isTrustedProxy(peer)
}
