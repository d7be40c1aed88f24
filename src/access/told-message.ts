import { dirname } from 'node:path'
import { prepare, slot } from '../base/sql.ts'
import { vacuumHere } from '../base/sqlite-copy.ts'
import { accessSql, openAccessDatabase } from './database.ts'

/**
 * Rewrites what was told and what still waits to be, in an `access.db` that a service may have open. Then the file is written anew, so that no byte of what
 * stood there before is left; also where nothing was changed: an earlier call may have been cut off in between.
 */
export function rewriteMessages(path: string, rewrite: (bodies: readonly string[]) => readonly string[]): void {
  const database = openAccessDatabase(path)
  try {
    const messages = prepare(database, accessSql.selectFrom('alert_message').select(['id', 'body']))
    const put = prepare(
      database,
      accessSql
        .updateTable('alert_message')
        .set({ body: slot(0) })
        .where('id', '=', slot(1)),
    ) // Primary key.
    database
      .transaction(() => {
        const rows = messages.all()
        const bodies = rewrite(rows.map(({ body }) => body))
        for (const [index, { id, body }] of rows.entries()) if (bodies[index] !== body) put.run(bodies[index] ?? body, id)
      })
      .immediate()
    vacuumHere(database, dirname(path))
  } finally {
    database.close()
  }
}
