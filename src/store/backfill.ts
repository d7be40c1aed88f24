import type { Database } from 'bun:sqlite'
import { type Prepared, prepare, type SqlValue, slot } from '../base/sql.ts'
import { readHead } from '../event/reading.ts'
import type { Derived } from './derived.ts'
import { readingColumns } from './run/columns.ts'
import { encodeReading, readingVersion } from './run/reading.ts'
import { decodeRun, derivedCells, type RunRow } from './run/row.ts'
import { sql } from './schema.ts'
import { runSelection } from './statements.ts'
import type { WritableWords } from './words.ts'

/** Runs taken into what is derived from them in one transaction: a kill costs the work of one step. */
const stepRuns = 5_000

export type BackfillParts = {
  readonly database: Database
  readonly words: WritableWords
  readonly derived: readonly Derived[]
  /** Told after each step how many of the rows were passed. */
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * Makes anew whatever is derived from runs and was not made in the way of this program, or not to its end. A fact says for each how far it came,
 * so that it goes on there after a kill. Called before the first change of a run.
 */
export function backfill(parts: BackfillParts): void {
  const statements = prepareBackfill(parts.database)
  const pending = parts.derived
    .map((derived): Rebuilding => ({ derived, through: readProgress(statements, derived) }))
    .filter(({ through }) => through !== 'all')
  if (pending.length === 0) return
  const total = statements.last.first()?.id ?? 0
  for (let done: number | undefined = 0; done !== undefined; ) {
    done = step(parts, statements, pending)
    parts.onProgress?.(done ?? total, total)
  }
}

type Statements = ReturnType<typeof prepareBackfill>

/** Something that is being made anew and the row it came to, or `all`; undefined where it begins by clearing. */
type Rebuilding = { readonly derived: Derived; through: number | 'all' | undefined }

/** One transaction. Gives the last row it took; nothing when there are no more. */
function step(parts: BackfillParts, statements: Statements, pending: readonly Rebuilding[]): number | undefined {
  const { database, words } = parts
  try {
    return database
      .transaction(() => {
        for (const { derived, through } of pending) if (through === undefined) derived.clear()
        const from = Math.min(...pending.map(rowOf))
        const rows = statements.rows.arrays(from, stepRuns).map((row) => refresh(row, words, statements))
        for (const rebuilding of pending) take(rebuilding, rows, statements)
        return rows.length < stepRuns ? undefined : idOf(rows.at(-1))
      })
      .immediate()
  } catch (fault) {
    words.forget()
    for (const { derived } of pending) derived.forget()
    throw fault
  }
}

/** Takes in the rows that were not taken before. Fewer than a step are the last ones. */
function take(rebuilding: Rebuilding, rows: readonly RunRow[], { setFact }: Statements): void {
  const { derived } = rebuilding
  const through = rowOf(rebuilding)
  for (const row of rows) {
    const counted = derivedCells(row)
    if (idOf(row) > through && !derived.isFixed?.(counted)) derived.change(idOf(row), undefined, counted)
  }
  derived.write()
  rebuilding.through = rows.length < stepRuns ? 'all' : Math.max(through, idOf(rows.at(-1)))
  setFact.run(factName(derived), `${rebuilding.through} ${versionOf(derived)}`)
}

function rowOf({ through }: Rebuilding): number {
  return typeof through === 'number' ? through : 0
}

function idOf(row: RunRow | undefined): number {
  return Number(row?.at(-1) ?? 0)
}

/** The row with what the run reads as by this program. */
function refresh(row: RunRow, words: WritableWords, { update }: Statements): RunRow {
  const cells = encodeReading(readHead(decodeRun(row, words, undefined).state), words)
  const id = row.at(-1) ?? null
  if (cells.every((cell, index) => cell === row[firstReading + index])) return row
  update.run(...cells, id)
  return [...row.slice(0, firstReading), ...cells, id]
}

const firstReading = runSelection.indexOf(readingColumns[0])

/** How far something was made; undefined where it has to be made anew. */
function readProgress({ findFact }: Statements, derived: Derived): number | 'all' | undefined {
  const fact = findFact.first(factName(derived))?.value ?? ''
  const [through = '', ...version] = fact.split(' ')
  if (version.join(' ') !== versionOf(derived)) return undefined
  return through === 'all' ? 'all' : Number(through)
}

function factName({ name }: Derived): string {
  return `derived:${name}`
}

function versionOf({ version }: Derived): string {
  return `${readingVersion} ${version}`
}

function prepareBackfill(database: Database) {
  const runs = sql.selectFrom('run')
  const readings = Object.fromEntries(readingColumns.map((column, index) => [column, slot(index)])) as Record<string, SqlValue>
  const setFact = sql.insertInto('fact').values({ name: slot(0), value: slot(1) })
  return {
    rows: prepare(database, runs.select(runSelection).where('id', '>', slot(0)).orderBy('id').limit(slot(1))), // Rowid.
    last: prepare(
      database,
      runs.select((row) => row.fn.max('id').as('id')),
    ), // Rowid.
    update: prepare(database, sql.updateTable('run').set(readings).where('id', '=', slot(readingColumns.length))), // Rowid.
    findFact: prepare(database, sql.selectFrom('fact').select('value').where('name', '=', slot(0))), // Primary key.
    setFact: prepare(
      database,
      setFact.onConflict((conflict) => conflict.column('name').doUpdateSet((row) => ({ value: row.ref('excluded.value') }))),
    ),
  } satisfies Record<string, Prepared<unknown>>
}
