import { prepare } from '../base/sql.ts'
import { openAudit } from './audit.ts'
import { accessSql, openAccessDatabase } from './database.ts'

/** Signs everybody out of an `access.db` that came from a backup: a session that ended since then must not come back. Keys and users stay. */
export function endRestoredSessions(path: string): void {
  const database = openAccessDatabase(path)
  try {
    for (const table of ['session', 'setup_link'] as const) prepare(database, accessSql.deleteFrom(table)).run()
  } finally {
    database.close()
  }
}

/** Notes in an `access.db` that came from a backup which one it was. Its own entries end where the backup was made. */
export function auditRestore(path: string, backup: string, at: number): void {
  const database = openAccessDatabase(path)
  try {
    openAudit(database).add({ at, actor: 'cli', act: 'backup_restore', subject: backup })
  } finally {
    database.close()
  }
}

/** The secret for ids of an `access.db` that nobody uses. */
export function readIdSecret(path: string): Uint8Array {
  const database = openAccessDatabase(path)
  try {
    const secret = prepare(database, accessSql.selectFrom('secret').select('value').where('name', '=', 'run_id')).first()
    if (secret === undefined) throw new Error(`${path} holds no secret for ids`)
    return secret.value
  } finally {
    database.close()
  }
}
