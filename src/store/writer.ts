import type { Database } from 'bun:sqlite'
import { checkpoint } from '../base/sqlite.ts'
import type { Seq } from '../event/entry.ts'
import { readRun } from '../event/reading.ts'
import { RunAges } from './aged-run.ts'
import { TraceAges } from './aged-trace.ts'
import { backfill } from './backfill.ts'
import { createDerived } from './create-derived.ts'
import { CrossedWriter } from './crossed/writer.ts'
import type { CountedRow, Derived } from './derived.ts'
import { openStoreFile } from './file.ts'
import { MirrorLinks } from './link.ts'
import { Parking } from './parking.ts'
import type {
  AgedRuns,
  AgedTraces,
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
  TraceQuestion,
} from './port.ts'
import { derivedCells, encodeRun } from './run/row.ts'
import { RunTable } from './run/table.ts'
import { Seal, sealedFact } from './seal.ts'
import { SetAside } from './set-aside.ts'
import { prepareStatements, type Statements } from './statements.ts'
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
  readonly #runs: RunTable
  readonly #runAges: RunAges
  readonly #traceAges: TraceAges
  readonly #seal: Seal
  readonly #crossed: CrossedWriter
  readonly #derived: readonly Derived[]
  readonly #parking: Parking
  readonly #links: MirrorLinks
  readonly #unended: UnendedRuns
  readonly #setAside: SetAside
  readonly #statements: Statements
  #revision: Revision
  readonly #tombstones: Tombstones

  constructor(database: Database, options: StoreWriterOptions) {
    this.#database = database
    this.#words = new WritableWords(database)
    this.#runs = new RunTable(database, this.#words)
    this.#runAges = new RunAges(database, this.#words)
    this.#traceAges = new TraceAges(database, this.#words)
    this.#seal = new Seal(database)
    this.#crossed = new CrossedWriter(database, this.#words, this.#seal, options.crossedRunsMin)
    this.#derived = [...createDerived(database, this.#words, this.#seal, options.valuesMax), this.#crossed]
    const { onBackfill: onProgress } = options
    backfill({ database, words: this.#words, derived: this.#derived, ...(onProgress && { onProgress }) })
    this.#parking = new Parking(database, this.#words)
    this.#links = new MirrorLinks(database, this.#words)
    this.#unended = new UnendedRuns(database, this.#words)
    this.#setAside = new SetAside(database)
    this.#statements = prepareStatements(database)
    const lastTombstone = this.#statements.lastTombstone.first()?.revision ?? 0
    this.#revision = Math.max(this.#runs.lastRevision(), lastTombstone)
    this.#tombstones = new Tombstones(database, lastTombstone === 0)
  }

  cursor(consumer: string): Seq {
    return this.#statements.findCursor.first(consumer)?.cursor ?? 0
  }

  load(ids: readonly RunId[]): readonly StoredRun[] {
    const runs: StoredRun[] = []
    for (const { tenant, key } of ids) {
      const code = this.#words.find('tenant', tenant)
      const run = code === undefined ? undefined : this.#runs.find(code, key)
      if (run !== undefined) runs.push(run)
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
    return this.#unended.list(heardBefore, limit).map((row) => this.#runs.decode(row))
  }

  unendedCount(tenant: string, heardBefore: number): number {
    return this.#unended.count(tenant, heardBefore)
  }

  agedTraces(question: TraceQuestion): AgedTraces {
    return this.#traceAges.find(question)
  }

  agedRuns(day: number, tenant?: string): AgedRuns {
    return this.#runAges.count(day, tenant)
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
    const ids = this.#runAges.list(this.#seal.day, limit)
    if (ids.length > 0) this.remove(ids)
    return ids.length
  }

  remove(ids: readonly RemovedRun[]): void {
    this.#transact(() => {
      for (const id of ids) this.#removeRun(id)
      for (const derived of this.#derived) derived.write()
    })
  }

  crossDay(): boolean {
    return this.#transact(() => this.#crossed.makeOne())
  }

  changes(revision: Revision, limit: number): readonly RunChange[] {
    const runs = this.#runs.changes(revision, limit)
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

  parked(limit: number): readonly ParkedRun[] {
    return this.#parking.list(limit)
  }

  parkedCount(): number {
    return this.#parking.count()
  }

  replay(): number {
    return this.#transact(() => {
      const cells = this.#parking.takeAll()
      for (const { tenant, key } of cells) {
        this.#revision += 1
        if (!this.#runs.touch(tenant, key, this.#revision)) this.#statements.touchTombstone.run(this.#revision, tenant, key)
      }
      return cells.length
    })
  }

  setAside(cursor: Seq, entry: Omit<SetAsideEntry, 'id'>): void {
    this.#transact(() => {
      this.#setAside.put(entry)
      this.#statements.moveCursor.run(entry.consumer, cursor)
    })
  }

  setAsideEntries(after: number, limit: number): readonly SetAsideEntry[] {
    return this.#setAside.list(after, limit)
  }

  setAsideCount(): number {
    return this.#setAside.count()
  }

  dropSetAside(id: number): void {
    this.#transact(() => this.#setAside.drop(id))
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

  fact(name: string): string | undefined {
    return this.#statements.findFact.first(name)?.value
  }

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
    if (before === undefined) this.#derive(this.#runs.insert(row, after), undefined, derivedCells(row))
    else {
      const stored = this.#runs.update(row, before, after)
      this.#derive(Number(stored.at(-1)), stored, derivedCells(row))
    }
    this.#parking.release(tenantCode, key)
  }

  #derive(id: number, before: CountedRow | undefined, after: CountedRow | undefined): void {
    for (const derived of this.#derived) derived.change(id, before, after)
  }

  #removeRun({ tenant, key, erasedAt }: RemovedRun): void {
    const code = this.#words.code('tenant', tenant)
    const stored = this.#runs.remove(code, key)
    if (stored === undefined) return
    this.#revision += 1
    this.#tombstones.put(code, key, this.#revision, erasedAt)
    this.#derive(Number(stored.at(-1)), stored, undefined)
    this.#parking.release(code, key)
  }
}
