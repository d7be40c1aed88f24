import { prepare } from '../base/sql.ts'
import { accessSql, openAccessDatabaseToInspect, type TimerRow } from './database.ts'

/** What `access.db` tells of the service to whoever looks from outside, also while it runs. */
export type Standing = {
  /** The newest moment that something was noted; 0 where nothing was. */
  readonly newestAt: number
  /** The secret that replaces ids; absent before the first start. */
  readonly idSecret?: Uint8Array
  /** Whether a service was started on the folder before. */
  readonly hasServed?: boolean
  /** How the scheduled backup went last. */
  readonly backup?: { readonly result: 'running' | 'done' | 'failed'; readonly doneAt: number }
}

const newestEntry = accessSql.selectFrom('audit').orderBy('id', 'desc').limit(1)

/** Reads it without a write. Throws where the file cannot be read. */
export function readStanding(path: string): Standing {
  const database = openAccessDatabaseToInspect(path)
  try {
    const newest = prepare<{ readonly at: number }>(database, newestEntry.select('at')).first() // Primary key.
    const timers = prepare<TimerRow>(database, accessSql.selectFrom('timer').selectAll()).all()
    const secret = prepare(database, accessSql.selectFrom('secret').select('value').where('name', '=', 'run_id')).first()
    // Walks over all entries only where no timer ever ran: there are few then.
    const hasStarted = () => prepare(database, newestEntry.select('id').where('act', '=', 'service_start')).first() !== undefined
    const backup = timers.find(({ name }) => name === 'backup')
    return {
      newestAt: Math.max(newest?.at ?? 0, ...timers.map(({ began_at }) => began_at)),
      hasServed: timers.length > 0 || hasStarted(),
      ...(secret !== undefined && { idSecret: secret.value }),
      ...(backup !== undefined && { backup: { result: backup.result, doneAt: backup.done_at } }),
    }
  } finally {
    database.close()
  }
}

/**
 * The private network of a proxy that the service did not believe since its last start. Walks back to that start, over as many entries as there are: for a
 * command, not for a page. Throws where the file cannot be read.
 */
export function findUnlistedProxy(path: string): string | undefined {
  const database = openAccessDatabaseToInspect(path)
  try {
    const start = prepare<{ readonly id: number }>(database, newestEntry.select('id').where('act', '=', 'service_start')).first()
    const since = newestEntry
      .select('subject')
      .where('act', '=', 'proxy_unlisted')
      .where('id', '>', start?.id ?? 0)
    return prepare<{ readonly subject: string }>(database, since).first()?.subject
  } finally {
    database.close()
  }
}
