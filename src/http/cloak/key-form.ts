import { timingSafeEqual } from 'node:crypto'
import { hashSecret } from '../../access/key-text.ts'

/** The key in an Authorization header, in every form that clients of the earlier service use: `Bearer KEY`, `ApiKey KEY` and `KEY`. Null for none. */
export function readCloakKey(authorization: string | null): string | null {
  const key = /^(?:(?:bearer|apikey) +)?(\S+) *$/i.exec(authorization ?? '')?.[1]
  return key ?? null
}

/** Whether a key is the one of the settings. Takes the same time however much of it is right, and however long it is. */
export function isSameKey(presented: string, known: string): boolean {
  return timingSafeEqual(hashSecret(presented), hashSecret(known))
}
