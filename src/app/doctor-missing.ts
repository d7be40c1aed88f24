import { existsSync } from 'node:fs'
import type { PartView } from '../page/system/system-view.ts'

export type MissingParts = {
  readonly accessPath: string
  readonly journalPath: string
  readonly storePath: string
  /** Whether a service was ever started on the folder, as far as `access.db` tells: commands alone make no journal. */
  readonly hasServed: boolean
}

/** The databases that are gone from a folder that was in use. The next start would make empty ones without a word. */
export function examineMissing({ accessPath, journalPath, storePath, hasServed }: MissingParts): readonly PartView[] {
  const remedies = [
    [accessPath, existsSync(journalPath), 'Put a backup back; without one the next start makes new keys, users and ids.'],
    [journalPath, hasServed, 'Put a backup back; without one what was not yet in the store is lost.'],
    [storePath, hasServed || existsSync(journalPath), 'telemetry-service rebuild --from pocketbase, or put a backup back.'],
  ] as const
  return remedies
    .filter(([path, isNeeded]) => isNeeded && !existsSync(path))
    .map(([path, , todo]) => ({ name: 'files', state: 'bad', text: `${path} is gone`, todo: `Stop the service. ${todo}` }))
}
