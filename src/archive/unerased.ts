import type { Erasure } from '../access/erasure.ts'
import { randomIdOf } from '../event/entry.ts'
import { decodeGroup, type EncodedEntries, encodeEntries } from '../journal/payload.ts'
import { createErasedUntil } from './erasure-hash.ts'

/** Entries from elsewhere without those of erased ids that began before the erasure, and how many those were. */
export function leaveOutErased(
  entries: EncodedEntries,
  erasures: readonly Erasure[],
  secret: Uint8Array,
): { readonly kept: EncodedEntries; readonly erased: number } {
  if (erasures.length === 0) return { kept: entries, erased: 0 }
  const erasedUntil = createErasedUntil(erasures, secret)
  const all = decodeGroup(0, entries.lines)
  const kept = all.filter(({ tenant, at, event }) => {
    const randomId = randomIdOf(event)
    return randomId === undefined || erasedUntil(tenant, randomId, at) === undefined
  })
  const erased = all.length - kept.length
  return erased === 0 ? { kept: entries, erased } : { kept: encodeEntries(kept), erased }
}
