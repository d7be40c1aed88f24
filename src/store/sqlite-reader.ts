import type { Database } from 'bun:sqlite'
import { sql as raw, type SqlBool } from 'kysely'
import { dayMs } from '../base/clock.ts'
import { prepare, type SqlValue, slot } from '../base/sql.ts'
import { readRun } from '../event/reading.ts'
import { analyse } from './analysis.ts'
import type { Analysis, AnalysisQuery } from './analysis-port.ts'
import type { Totals } from './count/totals.ts'
import { CrossedReader } from './crossed/reader.ts'
import { ErrorGroupReader } from './error-group-facts.ts'
import { openStoreFileToRead } from './file.ts'
import { findRecords } from './list/records.ts'
import { type BoundQuery, boundRecordsQuery } from './list/records-query.ts'
import { countRuns, findRuns } from './list/run-list.ts'
import type { RunId } from './port.ts'
import {
  type ErrorGroupFacts,
  latestMax,
  othersMax,
  type RecentQuery,
  type RecentScript,
  type RecordsPage,
  type RecordsQuery,
  type RunCountQuery,
  type RunDetail,
  type RunFamily,
  type RunList,
  type RunListQuery,
  type RunView,
  type StoreReader,
  type TotalsQuery,
} from './reader-port.ts'
import { RecentReader } from './recent.ts'
import { type CountParts, countInRollups } from './rollup/count.ts'
import { readFirstDays } from './rollup/first-days.ts'
import { RollupReader } from './rollup/reader.ts'
import { readTotals } from './rollup/totals.ts'
import { countColumns, runSelection } from './run/columns.ts'
import { uuidBytes } from './run/id-cell.ts'
import { decodeRun, hadTrace, type RunRow } from './run/row.ts'
import { Traces } from './run/trace.ts'
import { sql } from './schema.ts'
import { Seal } from './seal.ts'
import { SegmentScan } from './segment/scan.ts'
import { Words } from './words.ts'

/** Opens a store that its writer has created, with a connection that can only read. An answer is one state of the store; one that
 * takes a walk through many runs meets each of them once, as it is or as it was a moment ago. */
export function openStoreReader(path: string): StoreReader {
  return new SqliteStoreReader(openStoreFileToRead(path))
}

class SqliteStoreReader implements StoreReader {
  readonly #database: Database
  readonly #words: Words
  readonly #traces: Traces
  readonly #rollups: RollupReader
  readonly #scan: SegmentScan
  readonly #crossed: CrossedReader
  readonly #errorGroups: ErrorGroupReader
  readonly #recent: RecentReader
  readonly #seal: Seal
  readonly #statements: ReturnType<typeof prepareReads>

  constructor(database: Database) {
    this.#database = database
    this.#words = new Words(database)
    this.#traces = new Traces(database)
    this.#rollups = new RollupReader(database)
    this.#scan = new SegmentScan(database, this.#words)
    this.#crossed = new CrossedReader(database, this.#words)
    this.#errorGroups = new ErrorGroupReader(database, this.#words)
    this.#recent = new RecentReader(database, this.#words)
    this.#seal = new Seal(database)
    this.#statements = prepareReads(database)
  }

  totals(query: TotalsQuery): Totals {
    return this.#database.transaction(() => readTotals(this.#rollups, this.#words, query))()
  }

  analyse(query: AnalysisQuery): Analysis {
    const [database, rollups, scan, words, crossed] = [this.#database, this.#rollups, this.#scan, this.#words, this.#crossed]
    return analyse({ database, rollups, scan, words, crossed }, query)
  }

  scriptFirstDays(tenant: string): ReadonlyMap<string, number> {
    const code = this.#words.find('tenant', tenant)
    if (code === undefined) return new Map()
    return this.#database.transaction(() => readFirstDays(this.#rollups, this.#words, code))()
  }

  recentScripts(query: RecentQuery): readonly RecentScript[] {
    return this.#database.transaction(() => this.#recent.scripts(query))()
  }

  latest(tenant: string, limit: number): readonly RunView[] {
    const code = this.#words.find('tenant', tenant)
    if (code === undefined) return []
    return this.#statements.latest.arrays(code, Math.min(limit, latestMax)).map((row) => this.#view(row))
  }

  recordsPage(query: RecordsQuery, now: number): RecordsPage {
    const bound = boundRecordsQuery(query, now)
    const { page, limit } = bound
    const { ids, total } = findRecords(this.#scan, this.#words, bound, (asked) => this.#sumPeriod(asked))
    return { runs: this.#viewsOf(ids), fromDay: bound.fromDay, page, limit, total, totalPages: Math.ceil(total / limit) }
  }

  runList(query: RunListQuery): RunList {
    const { places, ...cursors } = findRuns(this.#scan, query)
    return { runs: this.#viewsOf(places.map(({ id }) => id)), ...cursors }
  }

  countRuns(query: RunCountQuery): number {
    const counted = this.#database.transaction(() => countInRollups(this.#countParts(), query))()
    return counted ?? countRuns(this.#scan, query)
  }

  record({ tenant, key }: RunId): RunDetail | undefined {
    const code = this.#words.find('tenant', tenant)
    if (code === undefined) return undefined
    return this.#database.transaction(() => this.#details(this.#statements.byKey.arrays(code, key)[0]))()
  }

  recordsByRandomId(tenant: string, randomId: string): RunFamily | undefined {
    const code = this.#words.find('tenant', tenant)
    if (code === undefined) return undefined
    return this.#database.transaction(() => {
      const [newest, ...others] = this.#findByRandomId(code, randomId)
      const detail = this.#details(newest)
      return detail && { ...detail, others: others.slice(0, othersMax).map((row) => this.#view(row)) }
    })()
  }

  errorGroups(tenant: string, fingerprints: readonly string[], isBrief = false): readonly ErrorGroupFacts[] {
    return this.#database.transaction(() => this.#errorGroups.facts(tenant, fingerprints, isBrief))()
  }

  errorGroupSamples(tenant: string, fingerprint: string, limit: number): readonly RunView[] {
    return this.#database.transaction(() => this.#errorGroups.samples(tenant, fingerprint, limit))()
  }

  cursor(consumer: string): number {
    return this.#statements.cursor.first(consumer)?.cursor ?? 0
  }

  close(): void {
    this.#database.close()
  }

  #countParts(): CountParts {
    this.#seal.forget()
    const sealedDay = this.#seal.day
    const hasSealedRuns = (tenant: number) => this.#statements.oldest.first(tenant, (sealedDay + 1) * dayMs) !== undefined
    return { rollups: this.#rollups, words: this.#words, sealedDay, hasSealedRuns }
  }

  /** The runs of a period that roll-ups can count, whatever else the query asks. */
  #sumPeriod({ tenant, fromDay, source, type, status }: BoundQuery): number {
    this.#seal.forget()
    const query = {
      tenant,
      fromDay: Math.max(fromDay, this.#seal.day + 1),
      ...(source !== undefined && { source }),
      ...(type !== undefined && { type }),
    }
    const totals = this.#database.transaction(() => readTotals(this.#rollups, this.#words, query))()
    const statuses = countColumns.filter((name) => status === undefined || name === status)
    return statuses.reduce((sum, name) => sum + totals[name], 0)
  }

  /** The runs of rows that are still there. */
  #viewsOf(ids: readonly number[]): readonly RunView[] {
    return this.#database.transaction(() => ids.flatMap((id) => this.#statements.byRowid.arrays(id)).map((row) => this.#view(row)))()
  }

  /** The newest first. A run whose own key spells the random id lies outside the index of random ids. */
  #findByRandomId(tenant: number, randomId: string): readonly RunRow[] {
    const bytes = uuidBytes(randomId)
    const named = this.#statements.byRandomId.arrays(tenant, bytes ?? randomId, othersMax + 1)
    const own = bytes === undefined ? [] : this.#statements.byOwnId.arrays(tenant, bytes)
    return own.length === 0 ? named : [...named, ...own].sort((left, right) => timeOf(right) - timeOf(left))
  }

  #details(row: RunRow | undefined): RunDetail | undefined {
    if (row === undefined) return undefined
    const trace = hadTrace(row) ? this.#traces.read(Number(row.at(-1))) : undefined
    const { state, ...run } = decodeRun(row, this.#words, trace)
    const parked = this.#statements.parked.first(row[0] as SqlValue, run.key)
    const group = row[groupPlace]
    const fingerprint = typeof group === 'number' ? this.#words.text('error_group', group) : undefined
    return {
      ...run,
      reading: readRun(state),
      ...(fingerprint !== undefined && { fingerprint }),
      ...(parked && { parked: { reason: parked.reason, parkedAt: parked.parked_at } }),
    }
  }

  #view(row: RunRow): RunView {
    const { state, ...run } = decodeRun(row, this.#words, undefined)
    return { ...run, reading: readRun(state) }
  }
}

const timeColumn = runSelection.indexOf('at')
const groupPlace = runSelection.indexOf('error_group')

function timeOf(row: RunRow): number {
  return Number(row[timeColumn])
}

function prepareReads(database: Database) {
  const runs = sql.selectFrom('run').select(runSelection)
  const ofTenant = runs.where('tenant', '=', slot(0))
  const parked = sql.selectFrom('parked').select(['reason', 'parked_at'])
  return {
    byRowid: prepare(database, runs.where('id', '=', slot(0))),
    byKey: prepare(database, ofTenant.where('key', '=', slot(1))), // Index run_key.
    byOwnId: prepare(database, ofTenant.where('key', '=', slot(1)).where('random_id', '=', 0)), // Index run_key.
    byRandomId: prepare(
      database,
      ofTenant.where('random_id', '=', slot(1)).where(raw<SqlBool>`random_id <> 0`).orderBy('at', 'desc').limit(slot(2)), // Index run_random_id.
    ),
    latest: prepare(database, ofTenant.orderBy('at', 'desc').limit(slot(1))), // Index run_at.
    oldest: prepare(database, sql.selectFrom('run').select('id').where('tenant', '=', slot(0)).where('at', '<', slot(1)).limit(1)), // Index run_at.
    parked: prepare(database, parked.where('tenant', '=', slot(0)).where('key', '=', slot(1))), // Primary key.
    cursor: prepare(database, sql.selectFrom('consumer').select('cursor').where('name', '=', slot(0))), // Primary key.
  }
}
