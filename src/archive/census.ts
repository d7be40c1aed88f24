import { join } from 'node:path'
import { takeAccessCensus } from '../access/census.ts'
import { takeJournalCensus } from '../journal/census.ts'
import { takeStoreCensus } from '../store/census.ts'
import type { Manifest } from './manifest.ts'

/** What the databases of a folder hold, as a manifest says it. */
export type Census = Pick<Manifest, 'schemas' | 'counts' | 'cursors' | 'journal'>

/** Looks through the databases of a folder that nobody writes to. Throws with the reason where one is damaged or of a newer version. */
export function takeCensus(folder: string): Census {
  const [journal, store, access] = [
    takeJournalCensus(join(folder, 'journal.db')),
    takeStoreCensus(join(folder, 'store.db')),
    takeAccessCensus(join(folder, 'access.db')),
  ]
  for (const [name, { isWhole }] of Object.entries({ journal, store, access }))
    if (!isWhole) throw new Error(`${name}.db does not pass SQLite's check`)
  const { runs, traces, tombstones, cursors } = store
  const { keys, users, secrets } = access
  return {
    schemas: { journal: journal.schema, store: store.schema, access: access.schema },
    counts: { runs, traces, tombstones, entries: journal.entries, keys, users, secrets },
    cursors,
    journal: { last: journal.last, freed: journal.freed },
  }
}
