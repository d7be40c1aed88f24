import type { Database } from 'bun:sqlite'
import { type RawBuilder, sql as raw } from 'kysely'
import { prepare, slot } from '../base/sql.ts'
import { unendedStages } from '../event/run.ts'
import { runSelection } from './run/columns.ts'
import type { RunRow } from './run/row.ts'
import { sql } from './schema.ts'
import type { Words } from './words.ts'

/** The code of a word that no run has. */
const noCode = -1

/** Finds runs of all tenants that have no end, were not given up, and of which nothing was heard since a moment. */
export class UnendedRuns {
  readonly #words: Words
  readonly #statements: ReturnType<typeof prepareStatements>

  constructor(database: Database, words: Words) {
    this.#words = words
    this.#statements = prepareStatements(database)
  }

  list(heardBefore: number, limit: number): readonly RunRow[] {
    return this.#statements.list.arrays(...this.#codes(), heardBefore, limit)
  }

  /** Those of one tenant. */
  count(tenant: string, heardBefore: number): number {
    const code = this.#words.find('tenant', tenant) ?? noCode
    return this.#statements.count.first(...this.#codes(), heardBefore, code)?.count ?? 0
  }

  #codes(): readonly [number, number, number] {
    const [installing = noCode, validation = noCode, configuring = noCode] = unendedStages.map(
      (status) => this.#words.find('status', status) ?? noCode,
    )
    return [installing, validation, configuring]
  }
}

function prepareStatements(database: Database) {
  const heardBefore = slot(3)
  const runs = sql
    .selectFrom('run')
    .where('outcome_status', 'is', null)
    .where('status', 'in', [slot(0), slot(1), slot(2)])
    .where('at', '<', heardBefore) // Index run_unended.
    .where(({ eb, or }) => or([eb('installing_last', 'is', null), eb(lastOf('installing'), '<', heardBefore)]))
    .where(({ eb, or }) => or([eb('validation_last', 'is', null), eb(lastOf('validation'), '<', heardBefore)]))
    .where(({ eb, or }) => or([eb('configuring_last', 'is', null), eb(lastOf('configuring'), '<', heardBefore)]))
  return {
    list: prepare(database, runs.select(runSelection).limit(slot(4))),
    count: prepare<{ count: number }>(
      database,
      runs.where('tenant', '=', slot(4)).select((row) => row.fn.countAll<number>().as('count')),
    ),
  }
}

/** When a stage was reported last. */
function lastOf(stage: (typeof unendedStages)[number]): RawBuilder<number> {
  return raw<number>`at + ${raw.ref(`${stage}_first`)} + ${raw.ref(`${stage}_last`)}`
}
