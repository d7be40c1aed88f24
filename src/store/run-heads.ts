import { prepare, slot } from '../base/sql.ts'
import type { InstallStatus } from '../event/install.ts'
import { openStoreFileToRead } from './file.ts'
import { sql } from './schema.ts'
import { Words } from './words.ts'

/** When a run began, in milliseconds since 1970 UTC, and how it reads. */
export type RunHeadFacts = { readonly at: number; readonly status: InstallStatus }

/** Looks up runs of a tenant by their keys, over a connection that can only read, also beside the writer. */
export function openRunHeads(path: string, tenant: string) {
  const database = openStoreFileToRead(path)
  const words = new Words(database)
  const byKey = sql.selectFrom('run').select(['at', 'status']).where('tenant', '=', slot(0)).where('key', '=', slot(1))
  const statement = prepare<{ at: number; status: number }>(database, byKey) // Index run_key.

  /** The runs in the order of their keys; undefined for one that is not there. One state of the store. */
  function find(keys: readonly Uint8Array[]): readonly (RunHeadFacts | undefined)[] {
    const code = words.find('tenant', tenant)
    if (code === undefined) return keys.map(() => undefined)
    return database.transaction(() =>
      keys.map((key) => {
        const row = statement.first(code, key)
        return row && { at: row.at, status: words.text('status', row.status) as InstallStatus }
      }),
    )()
  }

  return { find, close: () => database.close() }
}
