import type { Database } from 'bun:sqlite'
import { type Prepared, prepare, slot } from '../base/sql.ts'
import { failureOf } from '../event/failure.ts'
import { fingerprintVersion, titleOf } from '../event/fingerprint.ts'
import { type RunReading, readRun } from '../event/reading.ts'
import type { CountedRow, Derived } from './derived.ts'
import { countedColumns, runSelection } from './run/columns.ts'
import { decodeRun, hadTrace } from './run/row.ts'
import { Traces } from './run/trace.ts'
import { sql } from './schema.ts'
import type { Words } from './words.ts'

/** Groups of one tenant, and of one version of the fingerprint, whose facts are kept. Anybody can make up errors: beyond it, a group is described by the runs that it still has. */
const errorGroupsMax = 10_000

const tenantPlace = countedColumns.indexOf('tenant')
const atPlace = countedColumns.indexOf('at')
const groupPlace = countedColumns.indexOf('error_group')

/** When a group was first seen, as far as this transaction knows, and the row of that run. */
type Sighting = { readonly id: number; readonly at: number }

/**
 * Writes down the name and category of each group of errors and when it was first seen, by the earliest run, whatever the order in which runs come.
 * A run of a known group costs one look into memory. What it knows only becomes earlier, so it stays when everything is made anew; a name outlives the runs of its group, and the version that made it.
 */
export class ErrorGroups implements Derived {
  readonly name = 'error_groups'
  readonly version = 'groups-1'
  readonly #words: Words
  readonly #traces: Traces
  readonly #max: number
  readonly #statements: Statements
  /** By tenant and group: the first time that the table holds. */
  readonly #known = new Map<number, Map<number, number>>()
  readonly #sightings = new Map<number, Map<number, Sighting>>()

  constructor(database: Database, words: Words, max = errorGroupsMax) {
    this.#words = words
    this.#traces = new Traces(database)
    this.#max = max
    this.#statements = prepareStatements(database)
  }

  change(id: number, _before: CountedRow | undefined, after: CountedRow | undefined): void {
    const group = after?.[groupPlace]
    if (typeof group !== 'number') return
    const tenant = Number(after?.[tenantPlace])
    const at = Number(after?.[atPlace])
    const firstAt = this.#firstsOf(tenant).get(group)
    if (firstAt !== undefined && firstAt <= at) return
    const sightings = this.#sightings.get(tenant) ?? new Map<number, Sighting>()
    this.#sightings.set(tenant, sightings)
    const seen = sightings.get(group)
    if (seen === undefined || at < seen.at) sightings.set(group, { id, at })
  }

  write(): void {
    for (const [tenant, sightings] of this.#sightings) {
      const known = this.#firstsOf(tenant)
      for (const [group, { id, at }] of sightings) {
        if (!known.has(group) && known.size >= this.#max) continue
        if (this.#name({ tenant, group, id, at })) known.set(group, at)
      }
    }
    this.#sightings.clear()
  }

  forget(): void {
    this.#sightings.clear()
    this.#known.clear()
  }

  clear(): void {
    this.forget()
  }

  /** A group that a new version of the fingerprint made of others is no new error: it was first seen when they were, as far as anybody knows. */
  settle(): void {
    for (const { tenant, heir, first_at } of this.#statements.inherited.all(fingerprintVersion))
      this.#statements.setEarlier.run(first_at, tenant, heir, first_at)
    this.forget()
  }

  /** False when the run has gone within the transaction. */
  #name({ tenant, group, id, at }: { tenant: number; group: number; id: number; at: number }): boolean {
    const reading = this.#read(id)
    if (reading === undefined) return false
    this.#statements.name.run(tenant, group, fingerprintVersion, titleOf(failureOf(reading)), reading.errorCategory ?? null, at)
    return true
  }

  #read(id: number): RunReading | undefined {
    const row = this.#statements.findRun.arrays(id)[0]
    return row && readRun(decodeRun(row, this.#words, hadTrace(row) ? this.#traces.read(id) : undefined).state)
  }

  #firstsOf(tenant: number): Map<number, number> {
    const known = this.#known.get(tenant)
    if (known !== undefined) return known
    const firsts = new Map(this.#statements.list.all(tenant, fingerprintVersion).map(({ code, first_at }) => [code, first_at]))
    this.#known.set(tenant, firsts)
    return firsts
  }
}

type Statements = ReturnType<typeof prepareStatements>

function prepareStatements(database: Database) {
  const row = { tenant: slot(0), code: slot(1), version: slot(2), title: slot(3), category: slot(4), first_at: slot(5) }
  const groups = sql.selectFrom('error_group').select(['code', 'first_at'])
  const list: Prepared<{ code: number; first_at: number }> = prepare(
    database,
    groups.where('tenant', '=', slot(0)).where('version', '=', slot(1)), // Primary key.
  )
  return {
    list,
    // A group that a later run named, or an earlier version, gets its name anew.
    name: prepare(
      database,
      sql
        .insertInto('error_group')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'code']).doUpdateSet((group) => ({
            version: group.ref('excluded.version'),
            title: group.ref('excluded.title'),
            category: group.ref('excluded.category'),
            first_at: group.fn<number>('min', ['error_group.first_at', 'excluded.first_at']),
          })),
        ),
    ),
    inherited: prepare(
      database,
      sql
        .selectFrom('error_group_heir as went')
        .innerJoin('error_group as before', (on) => on.onRef('before.tenant', '=', 'went.tenant').onRef('before.code', '=', 'went.code'))
        .select((row) => ['went.tenant', 'went.heir', row.fn.min('before.first_at').as('first_at')])
        .where('went.version', '=', slot(0))
        .groupBy(['went.tenant', 'went.heir']), // Primary keys.
    ),
    setEarlier: prepare(
      database,
      sql
        .updateTable('error_group')
        .set({ first_at: slot(0) })
        .where('tenant', '=', slot(1))
        .where('code', '=', slot(2))
        .where('first_at', '>', slot(3)), // Primary key.
    ),
    findRun: prepare(database, sql.selectFrom('run').select(runSelection).where('id', '=', slot(0))), // Rowid.
  }
}
