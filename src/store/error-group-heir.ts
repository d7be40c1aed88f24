import type { Database } from 'bun:sqlite'
import { type Prepared, prepare, slot } from '../base/sql.ts'
import { fingerprintVersion } from '../event/fingerprint.ts'
import { openStoreFileToRead } from './file.ts'
import { sql } from './schema.ts'
import { Words } from './words.ts'

/** How many runs of a group became runs of another one, or stayed, when fingerprints got a new version. */
export type ErrorGroupHeir = {
  readonly version: number
  readonly tenant: string
  readonly fingerprint: string
  readonly heir: string
  readonly runs: number
}

/** Counts, while a store is brought up to date, which groups the runs of each group went to. */
export class ErrorGroupHeirs {
  readonly #counts = new Map<string, { readonly cells: readonly [tenant: number, code: number, heir: number]; runs: number }>()
  readonly #add: Prepared<unknown>

  constructor(database: Database) {
    const row = { version: slot(0), tenant: slot(1), code: slot(2), heir: slot(3), runs: slot(4) }
    this.#add = prepare(
      database,
      sql
        .insertInto('error_group_heir')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .columns(['version', 'tenant', 'code', 'heir'])
            .doUpdateSet((known) => ({ runs: known('error_group_heir.runs', '+', known.ref('excluded.runs')) })),
        ),
    )
  }

  note(tenant: number, code: number, heir: number): void {
    const key = `${tenant} ${code} ${heir}`
    const known = this.#counts.get(key)
    if (known === undefined) this.#counts.set(key, { cells: [tenant, code, heir], runs: 1 })
    else known.runs += 1
  }

  /** Called inside the transaction that writes the runs. */
  write(): void {
    for (const { cells, runs } of this.#counts.values()) this.#add.run(fingerprintVersion, ...cells, runs)
    this.#counts.clear()
  }

  forget(): void {
    this.#counts.clear()
  }
}

/** An erasure takes the text of a word that no run has any more. */
const fingerprintForm = /^[0-9a-f]{16}$/

/** Where all groups went, by every version that a store has seen, the oldest first. Throws unless the store was brought up to date. */
export function readErrorGroupHeirs(path: string, afterVersion: number): readonly ErrorGroupHeir[] {
  const database = openStoreFileToRead(path)
  try {
    const words = new Words(database)
    const rows = sql.selectFrom('error_group_heir').selectAll().where('version', '>', slot(0)).orderBy('version') // Primary key.
    return prepare(database, rows)
      .all(afterVersion)
      .map(({ version, tenant, code, heir, runs }) => ({
        version,
        tenant: words.text('tenant', tenant),
        fingerprint: words.text('error_group', code),
        heir: words.text('error_group', heir),
        runs,
      }))
      .filter(({ heir }) => fingerprintForm.test(heir))
  } finally {
    database.close()
  }
}
