import type { Database } from 'bun:sqlite'
import { assert } from '../base/assert.ts'
import { dayMs } from '../base/clock.ts'
import type { SqlValue } from '../base/sql.ts'
import { checkpoint } from '../base/sqlite.ts'
import type { Seq } from '../event/entry.ts'
import { readRun } from '../event/reading.ts'
import type { RunState } from '../event/run.ts'
import { addAged, TraceAges } from './aged-trace.ts'
import { backfill } from './backfill.ts'
import { createDerived } from './create-derived.ts'
import { CrossedWriter } from './crossed/writer.ts'
import type { CountedRow, Derived } from './derived.ts'
import { openStoreFile } from './file.ts'
import { MirrorLinks } from './link.ts'
import { Parking } from './parking.ts'
import type {
  MirrorLink,
  ParkedRun,
  RemovedRun,
  Revision,
  RunChange,
  RunDelta,
  RunId,
  SetAsideEntry,
  StoredRun,
  StoreWriter,
  StoreWriterOptions,
} from './port.ts'
import { keepGroup } from './run/kept-group.ts'
import { decodeRun, derivedCells, encodeRun, hadTrace, type RunRow } from './run/row.ts'
import { Traces } from './run/trace.ts'
import { Seal, sealedFact } from './seal.ts'
import { isSteady, prepareStatements, type Statements } from './statements.ts'
import { Tombstones } from './tombstone.ts'
import { UnendedRuns } from './unended.ts'
import { WritableWords } from './words.ts'

/** How long a checkpoint waits for a reader that is still on an older state. Readers work in short transactions. */
const checkpointWaitMs = 250

/**
 * Opens or creates `store.db` for writing, and brings it up to date, which takes minutes for millions of runs of an earlier version. There is one
 * writer for a file, in one thread.
 */
export function openStoreWriter(path: string, options: StoreWriterOptions = {}): StoreWriter {
  const database = openStoreFile(path)
  try {
    return new SqliteStoreWriter(database, options)
  } catch (cause) {
    database.close()
    throw cause
  }
}

class SqliteStoreWriter implements StoreWriter {
  readonly #database: Database
  readonly #words: WritableWords
  readonly #traces: Traces
  readonly #traceAges: TraceAges
  readonly #seal: Seal
  readonly #crossed: CrossedWriter
  readonly #derived: readonly Derived[]
  readonly #parking: Parking
  readonly #links: MirrorLinks
  readonly #unended: UnendedRuns
  readonly #statements: Statements
  #revision: Revision
  readonly #tombstones: Tombstones

  constructor(database: Database, options: StoreWriterOptions) {
    this.#database = database
    this.#words = new WritableWords(database)
    this.#traces = new Traces(database)
    this.#traceAges = new TraceAges(database, this.#words)
    this.#seal = new Seal(database)
    this.#crossed = new CrossedWriter(database, this.#words, this.#seal, options.crossedRunsMin)
    this.#derived = [...createDerived(database, this.#words, this.#seal, options.valuesMax), this.#crossed]
    const { onBackfill: onProgress } = options
    backfill({ database, words: this.#words, derived: this.#derived, ...(onProgress && { onProgress }) })
    this.#parking = new Parking(database, this.#words)
    this.#links = new MirrorLinks(database, this.#words)
    this.#unended = new UnendedRuns(database, this.#words)
    this.#statements = prepareStatements(database)
    const lastTombstone = this.#statements.lastTombstone.first()?.revision ?? 0
    this.#revision = Math.max(this.#statements.lastRevision.first()?.revision ?? 0, lastTombstone)
    this.#tombstones = new Tombstones(database, lastTombstone === 0)
  }

  cursor(consumer: string): Seq {
    return this.#statements.findCursor.first(consumer)?.cursor ?? 0
  }

  load(ids: readonly RunId[]): readonly StoredRun[] {
    const runs: StoredRun[] = []
    for (const { tenant, key } of ids) {
      const code = this.#words.find('tenant', tenant)
      const row = code === undefined ? undefined : this.#statements.findRun.arrays(code, key)[0]
      if (row !== undefined) runs.push(this.#decode(row))
    }
    return runs
  }

  apply(consumer: string, cursor: Seq, deltas: Iterable<RunDelta>): void {
    this.#transact(() => {
      for (const delta of deltas) this.#applyDelta(delta)
      for (const derived of this.#derived) derived.write()
      this.#statements.moveCursor.run(consumer, cursor)
    })
  }

  unended(heardBefore: number, limit: number): readonly StoredRun[] {
    return this.#unended.list(heardBefore, limit).map((row) => this.#decode(row))
  }

  unendedCount(tenant: string, heardBefore: number): number {
    return this.#unended.count(tenant, heardBefore)
  }

  agedTraces: StoreWriter['agedTraces'] = (question) => this.#traceAges.find(question)
  agedRuns: StoreWriter['agedRuns'] = (day, tenant) => {
    const codes = this.#words.codes('tenant').filter((code) => tenant === undefined || this.#words.text('tenant', code) === tenant)
    return addAged(codes.flatMap((code) => this.#statements.countAged.all(code, (day + 1) * dayMs)))
  }

  seal(day: number): void {
    if (day <= this.#seal.day) return
    this.#transact(() => this.#statements.setFact.run(sealedFact, String(day)))
    this.#seal.forget()
  }

  sealedDay(): number | undefined {
    return Number.isFinite(this.#seal.day) ? this.#seal.day : undefined
  }

  retire(limit: number): number {
    if (this.sealedDay() === undefined) return 0
    const end = (this.#seal.day + 1) * dayMs
    const rows = this.#words.codes('tenant').flatMap((tenant) => this.#statements.listAged.all(tenant, end, limit))
    const ids = rows.slice(0, limit).map(({ tenant, key }) => ({ tenant: this.#words.text('tenant', tenant), key }))
    if (ids.length > 0) this.remove(ids)
    return ids.length
  }

  remove(ids: readonly RemovedRun[]): void {
    this.#transact(() => {
      for (const id of ids) this.#removeRun(id)
      for (const derived of this.#derived) derived.write()
    })
  }

  crossDay: StoreWriter['crossDay'] = () => this.#transact(() => this.#crossed.makeOne())

  changes(revision: Revision, limit: number): readonly RunChange[] {
    const runs = this.#statements.changedRuns.arrays(revision, limit).map((row) => this.#decode(row))
    const tombstones = this.#statements.changedTombstones
      .all(revision, limit)
      .map((row) => ({ tenant: this.#words.text('tenant', row.tenant), key: row.key, revision: row.revision }))
    if (tombstones.length === 0) return runs
    return [...runs, ...tombstones].sort((left, right) => left.revision - right.revision).slice(0, limit)
  }

  revision(): Revision {
    return this.#revision
  }

  moveCursor(consumer: string, cursor: Revision): void {
    this.#transact(() => this.#statements.moveCursor.run(consumer, cursor))
  }

  park(runs: readonly ParkedRun[]): void {
    this.#transact(() => this.#parking.park(runs))
  }

  parked: StoreWriter['parked'] = (limit) => this.#parking.list(limit)
  parkedCount: StoreWriter['parkedCount'] = () => this.#parking.count()

  replay(): number {
    return this.#transact(() => {
      const cells = this.#parking.takeAll()
      for (const { tenant, key } of cells) {
        this.#revision += 1
        const isRun = this.#statements.touchRun.run(this.#revision, tenant, key) > 0
        if (!isRun) this.#statements.touchTombstone.run(this.#revision, tenant, key)
      }
      return cells.length
    })
  }

  setAside(cursor: Seq, { consumer, reason, entry }: Omit<SetAsideEntry, 'id'>): void {
    this.#transact(() => {
      this.#statements.insertSetAside.run(consumer, reason, entry)
      this.#statements.moveCursor.run(consumer, cursor)
    })
  }

  setAsideEntries(after: number, limit: number): readonly SetAsideEntry[] {
    return this.#statements.listSetAside.all(after, limit)
  }

  setAsideCount(): number {
    return this.#statements.countSetAside.first()?.count ?? 0
  }

  dropSetAside(id: number): void {
    this.#transact(() => this.#statements.dropSetAside.run(id))
  }

  links(ids: readonly RunId[]): readonly MirrorLink[] {
    return this.#links.find(ids)
  }

  link(links: readonly MirrorLink[]): void {
    this.#transact(() => this.#links.write(links))
  }

  unlink(ids: readonly RunId[]): void {
    this.#transact(() => this.#links.remove(ids))
  }

  fact: StoreWriter['fact'] = (name) => this.#statements.findFact.first(name)?.value

  setFact(name: string, value: string): void {
    this.#transact(() => this.#statements.setFact.run(name, value))
  }

  checkpoint(): boolean {
    return checkpoint(this.#database, checkpointWaitMs)
  }

  close(): void {
    this.#database.close()
  }

  /** One transaction, and what is remembered in memory goes back with it. */
  #transact<Value>(work: () => Value): Value {
    const revision = this.#revision
    try {
      return this.#database.transaction(work).immediate()
    } catch (fault) {
      this.#revision = revision
      this.#words.forget()
      this.#seal.forget()
      for (const derived of this.#derived) derived.forget()
      this.#parking.forget()
      throw fault
    }
  }

  #applyDelta({ tenant, key, before, after }: RunDelta): void {
    const tenantCode = this.#words.code('tenant', tenant)
    if (before === undefined && this.#tombstones.holds(tenantCode, key, () => readRun(after).firstAt)) return
    this.#revision += 1
    const row = encodeRun({ tenant, key, revision: this.#revision, state: after }, this.#words)
    if (before === undefined) this.#derive(this.#insert(row, after), undefined, derivedCells(row))
    else {
      const stored = this.#update(row, before, after)
      this.#derive(Number(stored.at(-1)), stored, derivedCells(row))
    }
    this.#parking.release(tenantCode, key)
  }

  #derive(id: number, before: CountedRow | undefined, after: CountedRow | undefined): void {
    for (const derived of this.#derived) derived.change(id, before, after)
  }

  #insert(row: RunRow, state: RunState): number {
    const id = this.#statements.insertRun.insert(...row)
    if (state.outcome?.trace !== undefined) this.#traces.write(id, state.outcome.trace)
    return id
  }

  /** Gives what the run was counted by, and behind it its rowid. */
  #update(row: SqlValue[], before: StoredRun, after: RunState): CountedRow {
    const [tenant = null, key = null] = row
    const stored = this.#statements.findVersion.arrays(tenant, key, before.revision)[0]
    assert(stored !== undefined, 'a run is changed from the revision it was loaded at')
    const id = Number(stored.at(-1))
    keepGroup(row, stored, before.state, after)
    this.#statements[isSteady(before.state, after) ? 'updateSteadyRun' : 'updateRun'].run(...row, id)
    if (before.state.outcome?.trace !== after.outcome?.trace) this.#traces.write(id, after.outcome?.trace)
    return stored
  }

  #removeRun({ tenant, key, erasedAt }: RemovedRun): void {
    const code = this.#words.code('tenant', tenant)
    const stored = this.#statements.findCounted.arrays(code, key)[0]
    if (stored === undefined) return
    this.#revision += 1
    this.#statements.removeRun.run(code, key)
    this.#tombstones.put(code, key, this.#revision, erasedAt)
    this.#derive(Number(stored.at(-1)), stored, undefined)
    this.#parking.release(code, key)
  }

  #decode(row: RunRow): StoredRun {
    return decodeRun(row, this.#words, hadTrace(row) ? this.#traces.read(Number(row.at(-1))) : undefined)
  }
}
