import type { Database } from 'bun:sqlite'
import { type Prepared, prepare, type SqlValue, slot } from '../base/sql.ts'
import { readHead } from '../event/reading.ts'
import type { Derived } from './derived.ts'
import { ErrorGroupHeirs } from './error-group-heir.ts'
import { readingColumns, runColumns, runSelection } from './run/columns.ts'
import { encodeReading, readingVersion } from './run/reading.ts'
import { decodeRun, derivedCells, hadTrace, type RunRow } from './run/row.ts'
import { Traces } from './run/trace.ts'
import { sql } from './schema.ts'
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
  for (const derived of parts.derived) if (derived.isMadeInTime) beginAnew(derived, parts, statements)
  const progress = parts.derived.filter(({ isMadeInTime }) => !isMadeInTime).map((derived) => readProgress(statements, derived))
  const pending = progress.filter(({ through }) => through !== 'all')
  if (pending.length === 0) return
  const made: Made = {
    readings: furthest(progress, ({ reading }) => reading === readingVersion),
    groups: furthest(progress, ({ reading }) => groupVersionOf(reading) === groupVersionOf(readingVersion)),
  }
  const refresher: Refresher = { parts, statements, made, traces: new Traces(parts.database), heirs: new ErrorGroupHeirs(parts.database) }
  const total = statements.last.first()?.id ?? 0
  for (let done: number | undefined = 0; done !== undefined; ) {
    done = step(refresher, pending)
    parts.onProgress?.(done ?? total, total)
  }
}

/** Drops what is made as time goes on where it was made in another way. */
function beginAnew(derived: Derived, { database }: BackfillParts, statements: Statements): void {
  if (readProgress(statements, derived).through === 'all') return
  database
    .transaction(() => {
      derived.clear()
      statements.setFact.run(factName(derived), `all ${versionOf(derived)}`)
    })
    .immediate()
}

type Statements = ReturnType<typeof prepareBackfill>

/**
 * Something derived from runs and the row it came to, or `all`; undefined where it begins by clearing. `reading` says how the runs it was made of read, and
 * `readThrough` up to which row.
 */
type Rebuilding = {
  readonly derived: Derived
  through: number | 'all' | undefined
  readonly reading: string
  readonly readThrough: number
}

/** Up to which rows the runs read as by this program, and up to which their groups of errors are of this version. */
type Made = { readonly readings: number; readonly groups: number }

type Refresher = {
  readonly parts: BackfillParts
  readonly statements: Statements
  readonly made: Made
  readonly traces: Traces
  readonly heirs: ErrorGroupHeirs
}

/** One transaction. Gives the last row it took; nothing when there are no more. */
function step(refresher: Refresher, pending: readonly Rebuilding[]): number | undefined {
  const { parts, statements, heirs } = refresher
  try {
    return parts.database
      .transaction(() => {
        for (const { derived, through } of pending) if (through === undefined) derived.clear()
        const from = Math.min(...pending.map(rowOf))
        const rows = statements.rows
          .arrays(from, stepRuns)
          .map((row) => (idOf(row) <= refresher.made.readings ? row : refresh(row, refresher)))
        heirs.write()
        for (const rebuilding of pending) take(rebuilding, rows, statements)
        return rows.length < stepRuns ? undefined : idOf(rows.at(-1))
      })
      .immediate()
  } catch (fault) {
    parts.words.forget()
    heirs.forget()
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
  if (rows.length < stepRuns) derived.settle?.()
  rebuilding.through = rows.length < stepRuns ? 'all' : Math.max(through, idOf(rows.at(-1)))
  setFact.run(factName(derived), `${rebuilding.through} ${versionOf(derived)}`)
}

function rowOf({ through }: Rebuilding): number {
  return typeof through === 'number' ? through : 0
}

function idOf(row: RunRow | undefined): number {
  return Number(row?.at(-1) ?? 0)
}

/** The row with what the run reads as by this program. A log that was removed tells no cause: its run keeps a group of this version. */
function refresh(row: RunRow, { parts, statements, made, traces, heirs }: Refresher): RunRow {
  const { words } = parts
  const id = idOf(row)
  const trace = hadTrace(row) ? traces.read(id) : undefined
  const cells = encodeReading(readHead(decodeRun(row, words, trace).state), words)
  const before = row[groupPlace] ?? null
  const isKept = before !== null && id <= made.groups && hadTrace(row) && trace === undefined
  if (isKept) cells[groupPlace - firstReading] = Number(before)
  const after = cells[groupPlace - firstReading] ?? null
  if (before !== null && after !== null && id > made.groups) heirs.note(Number(row[tenantPlace]), Number(before), after)
  if (cells.every((cell, index) => cell === row[firstReading + index])) return row
  statements.update.run(...cells, id)
  return [...row.slice(0, firstReading), ...cells, id]
}

const firstReading = runSelection.indexOf(readingColumns[0])
const groupPlace = runColumns.indexOf('error_group')
const tenantPlace = runColumns.indexOf('tenant')

/** How far something was made; undefined where it has to be made anew. */
function readProgress({ findFact }: Statements, derived: Derived): Rebuilding {
  const [through = '', reading = '', ...version] = (findFact.first(factName(derived))?.value ?? '').split(' ')
  const row = through === 'all' ? Number.POSITIVE_INFINITY : Number(through)
  const isOurs = `${reading} ${version.join(' ')}` === versionOf(derived)
  return { derived, through: isOurs ? (through === 'all' ? 'all' : row) : undefined, reading, readThrough: row }
}

/** The furthest row of those that were read in a certain way. */
function furthest(progress: readonly Rebuilding[], isThatWay: (one: Rebuilding) => boolean): number {
  return Math.max(0, ...progress.filter(isThatWay).map(({ readThrough }) => readThrough))
}

/** The version of the fingerprint within that of readings. */
function groupVersionOf(reading: string): string {
  return reading.slice(reading.lastIndexOf('.') + 1)
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
