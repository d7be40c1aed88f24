import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../base/sql.ts'
import type { InstallStatus } from '../event/install.ts'
import { sizeOf, totalsOf } from './count/totals.ts'
import type { RecentQuery, RecentScript } from './reader-port.ts'
import { sql } from './schema.ts'
import type { Words } from './words.ts'

type Row = { readonly nsapp: number; readonly status: number; readonly count: number }

/** Counts the runs that began between two moments, to the millisecond: roll-ups know days only. */
export class RecentReader {
  readonly #words: Words
  readonly #statements: ReturnType<typeof prepareStatements>

  constructor(database: Database, words: Words) {
    this.#words = words
    this.#statements = prepareStatements(database)
  }

  /** Runs by script and by the status they read as, the script with the most runs first. */
  scripts({ tenant, from, to, source }: RecentQuery): readonly RecentScript[] {
    const code = this.#words.find('tenant', tenant)
    const sourceCode = source === undefined ? undefined : this.#words.find('repo_source', source)
    if (code === undefined || (source !== undefined && sourceCode === undefined)) return []
    const rows =
      sourceCode === undefined ? this.#statements.all.all(code, from, to) : this.#statements.ofSource.all(code, from, to, sourceCode)
    const counts = new Map<number, Record<InstallStatus, number>>()
    for (const { nsapp, status, count } of rows) {
      const known = counts.get(nsapp) ?? { ...totalsOf([]) }
      known[this.#words.text('status', status) as InstallStatus] += count
      counts.set(nsapp, known)
    }
    const scripts = [...counts].map(([script, sum]) => ({ script: this.#words.text('nsapp', script), counts: sum }))
    return scripts.toSorted((one, other) => sizeOf(other.counts) - sizeOf(one.counts))
  }
}

function prepareStatements(database: Database) {
  const counted = sql
    .selectFrom('run')
    .select((run) => ['nsapp' as const, 'status' as const, run.fn.countAll<number>().as('count')])
    .where('tenant', '=', slot(0))
    .where('at', '>=', slot(1))
    .where('at', '<', slot(2))
  return {
    all: prepare<Row>(database, counted.groupBy(['nsapp', 'status'])), // Index run_at.
    ofSource: prepare<Row>(database, counted.where('repo_source', '=', slot(3)).groupBy(['nsapp', 'status'])), // Index run_at.
  }
}
