import type { Database } from 'bun:sqlite'
import { prepare, slot } from '../../base/sql.ts'
import { openStoreFileToRead } from '../file.ts'
import { sql } from '../schema.ts'
import { Words } from '../words.ts'
import { ChunkCells, cellSelection } from './cells.ts'
import { chunkRuns, joinedChunks, noRun, partColumns, partCount, type SegmentColumn } from './column.ts'

/** A cell that does not agree with its run, or (`runs`, `first_at`, `last_at`) what a chunk says of its cells. `run` is the row, or the chunk's first. */
export type SegmentDifference = {
  readonly chunk: number
  readonly run: number
  readonly column: SegmentColumn | 'runs' | 'first_at' | 'last_at'
  readonly stored: number
  readonly expected: number
}

/** What a comparison found: how many runs and chunks were compared, how many numbers differ, and the first of these. */
export type SegmentCheck = {
  readonly runs: number
  readonly chunks: number
  readonly differing: number
  readonly differences: readonly SegmentDifference[]
}

/** The most differences that are spelled out. */
export const segmentDifferencesMax = 100

/** The check of a store that its writer has brought up to date, over a connection of its own that can only read. */
export function checkSegmentFile(path: string): SegmentCheck {
  const database = openStoreFileToRead(path)
  try {
    return checkSegments(database, new Words(database))
  } finally {
    database.close()
  }
}

/** Makes the cells of every packed chunk again and compares them. Each chunk is one state of the store, read in a transaction of its own. */
export function checkSegments(database: Database, words: Words): SegmentCheck {
  const statements = prepareCheck(database)
  const check = { runs: 0, chunks: 0, differing: 0, differences: [] as SegmentDifference[] }
  const single = pairOf(words, 1)
  const joined = pairOf(words, joinedChunks)
  const last = statements.lastChunk.first()?.id ?? -1
  for (let chunk = 0; chunk <= last; ) {
    const found = database.transaction(() => {
      const isJoined = (statements.chunk.first(chunk)?.joined ?? 1) > 1
      return { ...compareChunk(statements, chunk, isJoined ? joined : single), chunks: isJoined ? joinedChunks : 1 }
    })()
    chunk += found.chunks
    check.chunks += 1
    check.runs += found.runs
    check.differing += found.differences.length
    check.differences.push(...found.differences.slice(0, segmentDifferencesMax - check.differences.length))
  }
  return check
}

function pairOf(words: Words, chunks: number): ComparedCells {
  return { stored: new ChunkCells(words, chunks), expected: new ChunkCells(words, chunks), runs: chunks * chunkRuns }
}

type Statements = ReturnType<typeof prepareCheck>
/** `runs` is how many places they have. */
type ComparedCells = { readonly stored: ChunkCells; readonly expected: ChunkCells; readonly runs: number }

function compareChunk(statements: Statements, chunk: number, cells: ComparedCells) {
  const { stored, expected } = cells
  const first = chunk * chunkRuns
  const end = first + cells.runs
  const segments = statements.segments.arrays(chunk * partCount, (chunk + 1) * partCount).map(([cells]) => cells as Uint8Array)
  if (segments.length === 0) stored.clear()
  else stored.load(segments)
  const spans = compareSpans(statements, chunk, stored)
  expected.clear()
  const rows = statements.runs.arrays(first, end)
  for (const row of rows) expected.put(Number(row[0]) - first, row)
  for (const [run] of statements.stale.arrays(first, end)) {
    stored.remove(Number(run) - first)
    expected.remove(Number(run) - first)
  }
  return { runs: rows.length, differences: [...spans, ...compareCells(chunk, cells)] }
}

/** What the chunk says of its cells, which decides whether a question looks at it. A chunk that is missing says nothing. */
function compareSpans({ chunk: findChunk }: Statements, chunk: number, stored: ChunkCells): readonly SegmentDifference[] {
  const said = findChunk.first(chunk)
  const { runs, firstAt, lastAt } = stored.span()
  const expected = { runs, first_at: firstAt, last_at: lastAt }
  return (['runs', 'first_at', 'last_at'] as const).flatMap((column): SegmentDifference[] => {
    const given = said?.[column] ?? 0
    return given === expected[column] ? [] : [{ chunk, run: chunk * chunkRuns, column, stored: given, expected: expected[column] }]
  })
}

function* compareCells(chunk: number, { stored, expected, runs }: ComparedCells): Iterable<SegmentDifference> {
  for (let place = 0; place < runs; place++) {
    if (stored.valueAt('status', place) === noRun && expected.valueAt('status', place) === noRun) continue
    for (const column of partColumns.flat()) {
      const [has, wants] = [stored.valueAt(column, place), expected.valueAt(column, place)]
      if (has !== wants) yield { chunk, run: chunk * chunkRuns + place, column, stored: has, expected: wants }
    }
  }
}

function prepareCheck(database: Database) {
  const between = { from: slot(0), to: slot(1) }
  const runs = sql.selectFrom('run').where('id', '>=', between.from).where('id', '<', between.to)
  const segments = sql.selectFrom('segment').where('id', '>=', between.from).where('id', '<', between.to)
  const stale = sql.selectFrom('stale').where('run', '>=', between.from).where('run', '<', between.to)
  const chunk = sql.selectFrom('chunk')
  return {
    lastChunk: prepare(database, chunk.select('id').where('id', '>=', 0).orderBy('id', 'desc').limit(1)), // Rowid.
    chunk: prepare(database, chunk.select(['runs', 'first_at', 'last_at', 'joined']).where('id', '=', slot(0))), // Rowid.
    segments: prepare(database, segments.select('cells').orderBy('id')), // Rowid.
    runs: prepare(database, runs.select(cellSelection)), // Rowid.
    stale: prepare(database, stale.select('run')), // Rowid.
  }
}
