import type { Database } from 'bun:sqlite'
import { assert } from '../base/assert.ts'
import type { Clock } from '../base/clock.ts'
import { prepare, slot } from '../base/sql.ts'
import { accessSql, openAccessDatabaseToInspect } from './database.ts'
import type { RandomBytes } from './key-text.ts'

/** `setting` keys the hashes of settings, `issue` the markers of issues, `pseudonym` the tokens of cloaked texts. `run_id` keys the hashes that stand in for run ids. It is made once and kept for good: with another one, later reports of a run would start a new run. */
export type SecretName = 'run_id' | 'setting' | 'issue' | 'pseudonym'

const secretBytes = 32

/** The secret of that name, made at the first call. Two processes that ask at once get the same one. */
export function keepSecret(database: Database, name: SecretName, { clock, random }: { clock: Clock; random: RandomBytes }): Uint8Array {
  const { insert, select } = prepareSecret(database)
  const value = database
    .transaction(() => {
      insert.run(name, random(secretBytes), clock.now())
      return select.first(name)?.value
    })
    .immediate()
  assert(value?.length === secretBytes, 'a secret has 32 bytes')
  return value
}

/** The secret of that name in an `access.db`, which stays as it is; undefined while there is none. */
export function readSecret(path: string, name: SecretName): Uint8Array | undefined {
  const database = openAccessDatabaseToInspect(path)
  try {
    return prepareSecret(database).select.first(name)?.value
  } finally {
    database.close()
  }
}

function prepareSecret(database: Database) {
  const row = { name: slot(0), value: slot(1), created_at: slot(2) }
  return {
    insert: prepare(
      database,
      accessSql
        .insertInto('secret')
        .values(row)
        .onConflict((conflict) => conflict.column('name').doNothing()),
    ),
    select: prepare(database, accessSql.selectFrom('secret').select('value').where('name', '=', slot(0))),
  }
}
