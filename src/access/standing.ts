import { prepare } from '../base/sql.ts'
import { accessSql, openAccessDatabaseToInspect, type TimerRow } from './database.ts'

/** What `access.db` tells of the service to whoever looks from outside, also while it runs. */
export type Standing = {
  /** The newest moment that something was noted; 0 where nothing was. */
  readonly newestAt: number
  /** The private network from which `X-Forwarded-For` came and was not believed, since the last start. */
  readonly unlistedProxy?: string
  /** The secret that replaces ids; absent before the first start. */
  readonly idSecret?: Uint8Array
  /** How the scheduled backup went last. */
  readonly backup?: { readonly result: 'running' | 'done' | 'failed'; readonly doneAt: number }
}

/** Reads it without a write. Throws where the file cannot be read. */
export function readStanding(path: string): Standing {
  const database = openAccessDatabaseToInspect(path)
  try {
    const audit = accessSql.selectFrom('audit').orderBy('id', 'desc').limit(1)
    const newest = prepare<{ readonly at: number }>(database, audit.select('at')).first() // Primary key, as the next two.
    const start = prepare<{ readonly id: number }>(database, audit.select('id').where('act', '=', 'service_start')).first()
    const proxy = prepare<{ readonly subject: string }>(
      database,
      audit
        .select('subject')
        .where('act', '=', 'proxy_unlisted')
        .where('id', '>', start?.id ?? 0),
    ).first()
    const timers = prepare<TimerRow>(database, accessSql.selectFrom('timer').selectAll()).all()
    const secret = prepare(database, accessSql.selectFrom('secret').select('value').where('name', '=', 'run_id')).first()
    const backup = timers.find(({ name }) => name === 'backup')
    return {
      newestAt: Math.max(newest?.at ?? 0, ...timers.map(({ began_at }) => began_at)),
      ...(proxy !== undefined && { unlistedProxy: proxy.subject }),
      ...(secret !== undefined && { idSecret: secret.value }),
      ...(backup !== undefined && { backup: { result: backup.result, doneAt: backup.done_at } }),
    }
  } finally {
    database.close()
  }
}
