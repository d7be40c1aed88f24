import type { Database } from 'bun:sqlite'
import { sql as raw } from 'kysely'
import { prepare, slot } from '../../base/sql.ts'
import type { CountedRow, Derived } from '../derived.ts'
import { sql } from '../schema.ts'
import type { Words } from '../words.ts'
import { ChunkCells, cellSelection } from './cells.ts'
import { chunkOf, chunkRuns, joinedChunks, joinedOf, partCount, segmentVersion } from './column.ts'

/** Full chunks that stay unpacked, so that the reports that follow a run's first one mostly meet no packed cell. */
const openChunks = 1
/** Chunks whose cells are gathered while their runs are written; those beyond it are read when they are packed. Some 240 kB each. */
const gatheredMax = 8
/** Chunks packed in one transaction at most: a store that has far more unpacked ones catches up step by step. */
const packMax = 64
/** How much older than the newest packed run all runs of chunks are that are joined: what follows a run's first report mostly came. */
const joinAfterMs = 24 * 3_600_000
/** Packed chunks behind which chunks are joined whatever their times are: a run with a time of its own must not hold up all that follow. */
const joinBehind = 1_024
/** Joined chunks made in one transaction. */
const joinsMax = 2
/** Stale cells up to which nothing is packed again: readers take them from the runs themselves. */
const staleMin = 1_024
/** Chunks packed again in one transaction beyond that, those with the most stale cells first. */
const repackMax = 8
/** Stale cells beyond which a transaction packs as many chunks again as it takes. */
const staleMax = 32_768

/** Keeps the column segments: packs chunks that are full, joins those that are old, and packs again those whose runs changed. Everything else readers take from the runs. */
export class SegmentWriter implements Derived {
  readonly name = 'segments'
  readonly version = segmentVersion
  readonly #words: Words
  readonly #cells: ChunkCells
  #joinedCells: ChunkCells | undefined
  readonly #statements: ReturnType<typeof prepareSegments>
  readonly #changed = new Set<number>()
  /** The cells of chunks that are being filled, and such as are free to be used again. */
  readonly #gathered = new Map<number, ChunkCells>()
  readonly #free: ChunkCells[] = []
  /** The next chunk to pack; runs below it have a cell. */
  #nextChunk = 0
  /** The first chunk that is not joined. */
  #nextJoin = 0
  /** The time of the newest run of the chunk packed last. */
  #lastAt = 0
  /** The newest run that was put in since the start: all before it are there, too. */
  #lastRun = 0
  #staleCount = 0
  /** How often a chunk was packed. It only grows, also over a rollback. */
  #packed = 0
  #isKnown = false

  constructor(database: Database, words: Words) {
    this.#words = words
    this.#cells = new ChunkCells(words)
    this.#statements = prepareSegments(database)
  }

  change(id: number, before: CountedRow | undefined, after: CountedRow | undefined): void {
    this.#know()
    if (chunkOf(id) < this.#nextChunk) this.#changed.add(id)
    else this.#gather(id, after)
    if (before === undefined && id > this.#lastRun) this.#lastRun = id
  }

  write(): void {
    this.#know()
    for (const id of this.#changed) this.#staleCount += this.#statements.addStale.run(id)
    this.#changed.clear()
    const full = chunkOf(this.#lastRun + 1)
    const last = Math.min(full - openChunks, this.#nextChunk + packMax)
    const isFull = this.#nextChunk < last
    while (this.#nextChunk < last) this.#pack()
    if (isFull) this.#join()
    if (this.#staleCount > staleMin) this.#repack()
  }

  forget(): void {
    this.#changed.clear()
    this.#gathered.clear()
    this.#free.length = 0
    this.#cells.forget()
    this.#joinedCells?.forget()
    this.#lastRun = 0
    this.#isKnown = false
  }

  clear(): void {
    this.#know()
    this.forget()
    for (const clear of [this.#statements.clearChunks, this.#statements.clearSegments, this.#statements.clearStale]) clear.run()
  }

  /** Reads how far the store is packed, at first and after a rollback. */
  #know(): void {
    if (this.#isKnown) return
    const last = this.#statements.lastChunk.first()
    this.#nextChunk = last === undefined ? 0 : last.id + last.joined
    this.#lastAt = last?.last_at ?? 0
    const lastJoined = this.#statements.lastJoined.first()?.id
    this.#nextJoin = lastJoined === undefined ? 0 : lastJoined + joinedChunks
    this.#packed = Math.max(this.#packed, this.#statements.lastPacked.first()?.packed ?? 0)
    this.#staleCount = this.#statements.countStale.first()?.count ?? 0
    this.#isKnown = true
  }

  /** Takes a run of a chunk that is not packed yet into its cells, so that it need not be read again. */
  #gather(id: number, after: CountedRow | undefined): void {
    const chunk = chunkOf(id)
    let cells = this.#gathered.get(chunk)
    if (cells === undefined) {
      if (this.#gathered.size >= gatheredMax) return
      cells = this.#free.pop() ?? new ChunkCells(this.#words)
      this.#read(chunk, cells) // What was there before, and this run with it.
      this.#gathered.set(chunk, cells)
    } else if (after === undefined) cells.remove(id - chunk * chunkRuns)
    else cells.put(id - chunk * chunkRuns, after, 0)
  }

  #pack(): void {
    const gathered = this.#gathered.get(this.#nextChunk)
    if (gathered === undefined) this.#read(this.#nextChunk, this.#cells)
    else this.#gathered.delete(this.#nextChunk)
    this.#lastAt = this.#write(this.#nextChunk, 1, gathered ?? this.#cells)
    if (gathered !== undefined) this.#free.push(gathered)
    this.#nextChunk += 1
  }

  #read(chunk: number, cells: ChunkCells): void {
    const first = chunk * chunkRuns
    cells.clear()
    for (const row of this.#statements.runsBetween.arrays(first, first + chunkRuns)) cells.put(Number(row[0]) - first, row)
  }

  /** Joins the chunks that come next, as long as they are old enough. */
  #join(): void {
    for (let joins = 0; joins < joinsMax && this.#canJoin(this.#nextJoin); joins++) {
      this.#refresh(this.#nextJoin, joinedChunks)
      this.#nextJoin += joinedChunks
    }
  }

  #canJoin(first: number): boolean {
    const end = first + joinedChunks
    if (end >= this.#nextChunk) return false // The chunk packed last stays as it is: it tells where the next one is.
    if (end + joinBehind < this.#nextChunk) return true
    const lastAt = this.#statements.lastAtBetween.first(first, end)?.last_at ?? 0
    return lastAt + joinAfterMs < this.#lastAt
  }

  /** Brings every stale cell up to date. Called inside a transaction. */
  repackAll(): void {
    this.#know()
    for (const chunk of this.#stalest()) this.#refresh(chunk, chunk < this.#nextJoin ? joinedChunks : 1)
  }

  #repack(): void {
    let packed = 0
    for (const chunk of this.#stalest()) {
      if (packed >= repackMax && this.#staleCount <= staleMax) return
      this.#refresh(chunk, chunk < this.#nextJoin ? joinedChunks : 1)
      packed += 1
    }
  }

  /** The chunks that have stale cells, those with the most first. */
  #stalest(): readonly number[] {
    const counts = new Map<number, number>()
    for (const [own, count] of this.#statements.countsOfStale.arrays()) {
      const chunk = Number(own) < this.#nextJoin ? joinedOf(Number(own)) : Number(own)
      counts.set(chunk, (counts.get(chunk) ?? 0) + Number(count))
    }
    return [...counts].sort(([, left], [, right]) => right - left).map(([chunk]) => chunk)
  }

  /** Packs a chunk anew with its stale cells brought up to date, or joins as many as `joined` says to one that has the number of the first. */
  #refresh(chunk: number, joined: number): void {
    const cells = this.#cellsOf(joined)
    const [first, end] = [chunk * chunkRuns, (chunk + joined) * chunkRuns]
    cells.clear()
    for (let own = chunk; own < chunk + joined; own++) {
      const segments = this.#statements.findSegments.arrays(own * partCount, (own + 1) * partCount).map(([bytes]) => bytes as Uint8Array)
      if (segments.length > 0) cells.load(segments, (own - chunk) * chunkRuns)
    }
    for (const [id] of this.#statements.staleBetween.arrays(first, end)) cells.remove(Number(id) - first)
    for (const row of this.#statements.staleRunsBetween.arrays(first, end)) cells.put(Number(row[0]) - first, row)
    this.#staleCount -= this.#statements.removeStale.run(first, end)
    this.#write(chunk, joined, cells)
  }

  #cellsOf(joined: number): ChunkCells {
    if (joined === 1) return this.#cells
    this.#joinedCells ??= new ChunkCells(this.#words, joinedChunks)
    return this.#joinedCells
  }

  /** Writes what the cells hold as a chunk, in place of all that are joined in it. Gives the time of its newest run. */
  #write(chunk: number, joined: number, cells: ChunkCells): number {
    const { runs, firstAt, lastAt } = cells.span()
    this.#packed += 1
    if (runs === 0) this.#statements.removeSegments.run(chunk * partCount, (chunk + joined) * partCount)
    else if (joined > 1) this.#statements.removeSegments.run((chunk + 1) * partCount, (chunk + joined) * partCount)
    if (joined > 1) this.#statements.removeChunks.run(chunk + 1, chunk + joined)
    this.#statements.writeChunk.run(chunk, runs, firstAt, lastAt, this.#packed, joined)
    if (runs > 0) cells.pack().forEach((bytes, part) => void this.#statements.writeSegment.run(chunk * partCount + part, bytes))
    return lastAt
  }
}

function prepareSegments(database: Database) {
  return { ...prepareChunkStatements(database), ...prepareStaleStatements(database), ...prepareRunStatements(database) }
}

function prepareChunkStatements(database: Database) {
  const chunk = sql
    .insertInto('chunk')
    .values({ id: slot(0), runs: slot(1), first_at: slot(2), last_at: slot(3), packed: slot(4), joined: slot(5) })
  const chunks = sql.selectFrom('chunk').where('id', '>=', slot(0)).where('id', '<', slot(1))
  const segment = sql.insertInto('segment').values({ id: slot(0), cells: slot(1) })
  const segments = sql.selectFrom('segment').where('id', '>=', slot(0)).where('id', '<', slot(1))
  return {
    lastChunk: prepare(
      database,
      sql.selectFrom('chunk').select(['id', 'joined', 'last_at']).where('id', '>=', 0).orderBy('id', 'desc').limit(1),
    ), // Rowid.
    lastJoined: prepare(database, sql.selectFrom('chunk').select('id').where('joined', '=', joinedChunks).orderBy('id', 'desc').limit(1)), // Index chunk_joined.
    lastAtBetween: prepare(
      database,
      chunks.select((row) => row.fn.max<number | null>('last_at').as('last_at')),
    ), // Rowid.
    removeChunks: prepare(database, sql.deleteFrom('chunk').where('id', '>=', slot(0)).where('id', '<', slot(1))), // Rowid.
    lastPacked: prepare(
      database,
      sql.selectFrom('chunk').select((row) => row.fn.max<number | null>('packed').as('packed')),
    ), // Index chunk_packed.
    writeChunk: prepare(
      database,
      chunk.onConflict((conflict) =>
        conflict.column('id').doUpdateSet((row) => ({
          runs: row.ref('excluded.runs'),
          first_at: row.ref('excluded.first_at'),
          last_at: row.ref('excluded.last_at'),
          packed: row.ref('excluded.packed'),
          joined: row.ref('excluded.joined'),
        })),
      ),
    ),
    findSegments: prepare(database, segments.select('cells').orderBy('id')), // Rowid.
    writeSegment: prepare(
      database,
      segment.onConflict((conflict) => conflict.column('id').doUpdateSet((row) => ({ cells: row.ref('excluded.cells') }))),
    ),
    removeSegments: prepare(database, sql.deleteFrom('segment').where('id', '>=', slot(0)).where('id', '<', slot(1))), // Rowid.
    clearChunks: prepare(database, sql.deleteFrom('chunk')),
    clearSegments: prepare(database, sql.deleteFrom('segment')),
  }
}

/** The table of stale runs stays small: it may be read whole. */
function prepareStaleStatements(database: Database) {
  const stale = sql.selectFrom('stale')
  const add = sql.insertInto('stale').values({ run: slot(0) })
  const chunkOfRun = raw<number>`run / ${raw.lit(chunkRuns)}`
  const byChunk = stale.select([chunkOfRun.as('chunk'), (row) => row.fn.countAll<number>().as('count')]).groupBy(chunkOfRun)
  return {
    addStale: prepare(
      database,
      add.onConflict((conflict) => conflict.doNothing()),
    ),
    countStale: prepare(
      database,
      stale.select((row) => row.fn.countAll<number>().as('count')),
    ),
    countsOfStale: prepare(database, byChunk),
    staleBetween: prepare(database, stale.select('run').where('run', '>=', slot(0)).where('run', '<', slot(1))), // Rowid.
    removeStale: prepare(database, sql.deleteFrom('stale').where('run', '>=', slot(0)).where('run', '<', slot(1))), // Rowid.
    clearStale: prepare(database, sql.deleteFrom('stale')),
  }
}

function prepareRunStatements(database: Database) {
  const runs = sql.selectFrom('run').where('id', '>=', slot(0)).where('id', '<', slot(1))
  const stale = sql.selectFrom('stale').where('stale.run', '>=', slot(0)).where('stale.run', '<', slot(1))
  return {
    runsBetween: prepare(database, runs.select(cellSelection).orderBy('id')), // Rowid.
    staleRunsBetween: prepare(database, stale.innerJoin('run', 'run.id', 'stale.run').select(cellSelection)), // Rowids.
  }
}
