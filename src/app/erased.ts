import { existsSync } from 'node:fs'
import { readErasureBook } from '../access/erasure.ts'
import { readSecret } from '../access/secret.ts'
import { leaveOutErased } from '../archive/unerased.ts'
import type { Settings } from '../config.ts'
import type { EncodedEntries } from '../journal/payload.ts'
import { pathsOf } from './folder.ts'

/** What a data folder knows of erased ids. */
export type ErasedLook = {
  /** The key of the hashes that stand in for ids; made up where the folder has none yet. */
  readonly idSecret: Uint8Array
  /** How many of some runs would be left out, since their id was erased after they began. */
  countErased(entries: EncodedEntries): number
}

const secretBytes = 32

/** Reads the erasures of a data folder, which is neither locked nor made. */
export function lookAtErased(settings: Settings): ErasedLook {
  const { accessPath } = pathsOf(settings)
  const idSecret = existsSync(accessPath) ? readSecret(accessPath, 'run_id') : undefined
  if (idSecret === undefined) return { idSecret: new Uint8Array(secretBytes), countErased: () => 0 }
  const erasures = readErasureBook(accessPath)
  return { idSecret, countErased: (entries) => leaveOutErased(entries, erasures, idSecret).erased }
}
