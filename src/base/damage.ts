import { Database } from 'bun:sqlite'
import { existsSync } from 'node:fs'
import { faultCode } from './fault-code.ts'
import { busyTimeoutMs } from './sqlite.ts'

/** What is told of damage: SQLite names tables and pages, never what stands in them. */
const damageCharactersMax = 200

/**
 * The first damage that SQLite finds in a database; undefined when it is whole, or not there. Each table is looked at for itself, so that no transaction
 * holds up the checkpoints of the file for longer than one of them takes.
 */
export function findDamage(path: string): string | undefined {
  if (!existsSync(path)) return undefined
  try {
    return check(path)
  } catch (fault) {
    return faultCode(fault)
  }
}

function check(path: string): string | undefined {
  const database = new Database(path, { readonly: true, strict: true })
  try {
    database.run(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
    const tables = database.query<{ name: string }, []>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).all()
    for (const { name } of tables) {
      const [found] = database.query<{ quick_check: string }, []>(`PRAGMA quick_check('${name}')`).all()
      if (found !== undefined && found.quick_check !== 'ok') return found.quick_check.split('\n')[0]?.slice(0, damageCharactersMax)
    }
    return undefined
  } finally {
    database.close()
  }
}
