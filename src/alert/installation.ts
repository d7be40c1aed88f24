import { createHmac } from 'node:crypto'
import { messageId } from './message.ts'

/** Names this installation in what it sends, and says nothing of the secret. It stays over restarts and restores, since the secret does. */
export function installationFrom(secret: Uint8Array): string {
  return createHmac('sha256', secret).update('alert messages').digest('hex').slice(0, 32)
}

/** Whose messages are sent. */
export type Sender = { readonly installation: string }

/** An id that is one of one installation alone, however alike the rules of two are: they may write to the same mailbox. */
export function idWithin(installation: string, ...parts: readonly string[]): string {
  return messageId(installation, ...parts)
}
