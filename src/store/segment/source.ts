import type { Database } from 'bun:sqlite'
import { prepare, type SqlValue, slot } from '../../base/sql.ts'
import { sql } from '../schema.ts'
import type { Words } from '../words.ts'
import { SegmentCache } from './cache.ts'
import { ChunkCells, cellSelection } from './cells.ts'
import type { Column } from './codec.ts'
import { type ColumnPlace, chunkOf, chunkRuns, joinedChunks, joinedOf, partCount, placeOf, type SegmentColumn } from './column.ts'

/** Some runs with their cells: a packed chunk, or runs that are not packed, or not as they are now. */
export type Block = {
  readonly runs: number
  /** Places that its runs take; more than there are runs where some are gone. */
  readonly places: number
  readonly firstAt: number
  readonly lastAt: number
  /** The chunk of a packed block, and the how manieth packing it is; its cells are read when they are asked for. */
  readonly chunk?: number
  readonly packed?: number
  /** Places of a packed block whose runs changed since: they stand in another block. */
  readonly stale?: ReadonlySet<number>
  /** Of a block that is not packed: its runs' rowids by place, and its segments. */
  readonly ids?: Float64Array
  readonly segments?: readonly Uint8Array[]
}

type JoinedSegment = { readonly segment: Uint8Array; readonly first: number }

const noBytes = new Uint8Array(0)

/**
 * What the segments and the younger runs hold, as blocks. Take the blocks in one transaction; their cells may be read in later ones: each run is then
 * met exactly once, as it is or as it was.
 */
export class SegmentSource {
  readonly #database: Database
  readonly #statements: ReturnType<typeof prepareSource>
  readonly #cells: ChunkCells
  readonly #cache = new SegmentCache()
  #young:
    | { readonly version: number; readonly blocks: readonly Block[]; readonly stale: ReadonlyMap<number, ReadonlySet<number>> }
    | undefined

  constructor(database: Database, words: Words) {
    this.#database = database
    this.#statements = prepareSource(database)
    this.#cells = new ChunkCells(words)
  }

  /** The blocks that may have a run from `from` to `to`, both in milliseconds and included, in the order of their rowids, the ones not packed last. */
  blocks(from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): readonly Block[] {
    const { blocks, stale } = this.#readYoung()
    const found: Block[] = []
    for (const row of this.#statements.chunks.arrays(Math.max(from, -timeMax))) {
      const [chunk = 0, firstAt = 0, lastAt = 0, runs = 0, packed = 0, joined = 1] = row as readonly number[]
      if (runs === 0 || firstAt > to) continue
      const left = stale.get(chunk)
      const block = { chunk, packed, firstAt, lastAt, runs, places: joined * chunkRuns }
      found.push(left === undefined ? block : { ...block, stale: left })
    }
    found.sort((left, right) => (left.chunk ?? 0) - (right.chunk ?? 0))
    return [...found, ...blocks.filter(({ firstAt, lastAt }) => lastAt >= from && firstAt <= to)]
  }

  /** One segment of a block; empty when the chunk was emptied in the meantime, or joined. */
  segment({ chunk, packed = 0, segments }: Block, part: number): Uint8Array {
    if (chunk === undefined) return segments?.[part] ?? noBytes
    return this.#cache.segment({ chunk, packed }, part, () => this.#readSegment(chunk, part))
  }

  /** The segment of the chunk that a block's chunk was joined to in the meantime, and where its places begin there. */
  joinedSegment({ chunk, places }: Block, part: number): JoinedSegment | undefined {
    if (chunk === undefined || places > chunkRuns) return undefined
    const joined = joinedOf(chunk)
    const segment = this.#readSegment(joined, part)
    return segment.length === 0 ? undefined : { segment, first: (chunk - joined) * chunkRuns }
  }

  #readSegment(chunk: number, part: number): Uint8Array {
    const cells = this.#statements.segment.arrays(chunk * partCount + part)[0]?.[0]
    return cells instanceof Uint8Array ? cells : noBytes
  }

  /** Blocks of the runs that no packed cell stands for. Kept until something is committed. */
  #readYoung() {
    const version = Number(this.#database.query<{ data_version: number }, []>('PRAGMA data_version').get()?.data_version)
    if (this.#young?.version === version) return this.#young
    this.#cells.forget()
    const stale = this.#readStale()
    const last = this.#statements.lastChunk.first()
    const firstOpen = last === undefined ? 0 : (last.id + last.joined) * chunkRuns
    const blocks = [...this.#pack(this.#statements.staleRuns.arrays()), ...this.#readOpen(firstOpen)]
    this.#young = { version, blocks, stale }
    return this.#young
  }

  #readStale(): ReadonlyMap<number, ReadonlySet<number>> {
    const chunks = new Map<number, Set<number>>()
    const lastJoined = this.#statements.lastJoined.first()?.id ?? -1
    for (const [run] of this.#statements.stale.arrays()) {
      const own = chunkOf(Number(run))
      const chunk = joinedOf(own) <= lastJoined ? joinedOf(own) : own
      const places = chunks.get(chunk) ?? new Set()
      chunks.set(chunk, places.add(Number(run) - chunk * chunkRuns))
    }
    return chunks
  }

  /** The runs from `first` on. There are few, but for a store that is still being packed. */
  #readOpen(first: number): Block[] {
    const blocks: Block[] = []
    for (let from = first; ; ) {
      const rows = this.#statements.openRuns.arrays(from, chunkRuns)
      blocks.push(...this.#pack(rows))
      if (rows.length < chunkRuns) return blocks
      from = Number(rows.at(-1)?.[0]) + 1
    }
  }

  #pack(rows: readonly (readonly SqlValue[])[]): Block[] {
    const blocks: Block[] = []
    for (let start = 0; start < rows.length; start += chunkRuns) {
      const part = rows.slice(start, start + chunkRuns)
      const ids = new Float64Array(chunkRuns)
      this.#cells.clear()
      part.forEach((row, place) => {
        ids[place] = Number(row[0])
        this.#cells.put(place, row)
      })
      blocks.push({ ...this.#cells.span(), places: chunkRuns, ids, segments: this.#cells.pack() })
    }
    return blocks
  }
}

/** Beyond any time. */
const timeMax = 8_640_000_000_000_000

/** Reads the columns of one block after the other, each segment once. */
export class BlockReader {
  readonly #source: SegmentSource
  readonly #segments: (Uint8Array | undefined)[] = new Array(partCount)
  #block: Block | undefined

  constructor(source: SegmentSource) {
    this.#source = source
  }

  /** Stands on a block. */
  open(block: Block): void {
    this.#block = block
    this.#segments.fill(undefined)
  }

  /** Stands `column` on a column of the block. False when its chunk was emptied in the meantime. */
  read(name: SegmentColumn, column: Column): boolean {
    const { part, index } = placeOf(name)
    const block = this.#block
    if (block === undefined) return false
    const segment = this.#segments[part] ?? this.#source.segment(block, part)
    this.#segments[part] = segment
    if (segment.length > 0) column.read(segment, index)
    return segment.length > 0 || this.#readJoined(block, { part, index }, column)
  }

  #readJoined(block: Block, { part, index }: ColumnPlace, column: Column): boolean {
    const joined = this.#source.joinedSegment(block, part)
    if (joined !== undefined) column.read(joined.segment, index, joined.first)
    return joined !== undefined
  }
}

function prepareSource(database: Database) {
  const runs = sql.selectFrom('run').select(cellSelection)
  const chunks = sql.selectFrom('chunk').select(['id', 'first_at', 'last_at', 'runs', 'packed', 'joined']).where('last_at', '>=', slot(0))
  return {
    chunks: prepare(database, chunks), // Index chunk_last_at.
    lastChunk: prepare(database, sql.selectFrom('chunk').select(['id', 'joined']).where('id', '>=', 0).orderBy('id', 'desc').limit(1)), // Rowid.
    lastJoined: prepare(database, sql.selectFrom('chunk').select('id').where('joined', '=', joinedChunks).orderBy('id', 'desc').limit(1)), // Index chunk_joined.
    segment: prepare(database, sql.selectFrom('segment').select('cells').where('id', '=', slot(0))), // Rowid.
    stale: prepare(database, sql.selectFrom('stale').select('run').orderBy('run')), // Bounded by the writer.
    staleRuns: prepare(
      database,
      sql.selectFrom('stale').innerJoin('run', 'run.id', 'stale.run').select(cellSelection).orderBy('stale.run'),
    ), // Rowids.
    openRuns: prepare(database, runs.where('id', '>=', slot(0)).orderBy('id').limit(slot(1))), // Rowid.
  }
}
