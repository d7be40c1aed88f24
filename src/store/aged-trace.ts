import type { Database } from 'bun:sqlite'
import { type Prepared, prepare, slot } from '../base/sql.ts'
import type { AgedTraces, TraceQuestion } from './port.ts'
import { sql } from './schema.ts'
import { chunkOf, chunkRuns, joinedChunks } from './segment/column.ts'
import type { Words } from './words.ts'

/** Chunks looked through in one call, single or joined: some milliseconds, whatever stands in them. */
const chunksMax = 25

/**
 * Finds the logs of runs from before a moment. Packed chunks know when their oldest run began, so those that are younger are passed by; of the runs that
 * are not packed yet each is looked at.
 */
export class TraceAges {
  readonly #words: Words
  readonly #statements: ReturnType<typeof prepareStatements>

  constructor(database: Database, words: Words) {
    this.#words = words
    this.#statements = prepareStatements(database)
  }

  find({ after, before, limit }: TraceQuestion): AgedTraces {
    const ids: AgedTraces['ids'][number][] = []
    let place = after
    for (let chunks = 0; chunks < chunksMax; chunks++) {
      const span = this.#nextSpan(chunkOf(place + 1), before)
      if (span === undefined) return { ids, after: place, isDone: true }
      const { first, end } = span
      const rows = this.#statements.list.arrays(Math.max(place, first - 1), end, before, limit - ids.length)
      for (const [, tenant, key] of rows) ids.push({ tenant: this.#words.text('tenant', Number(tenant)), key: key as Uint8Array })
      if (ids.length >= limit) return { ids, after: Number(rows.at(-1)?.[0]), isDone: false }
      place = end - 1
    }
    return { ids, after: place, isDone: false }
  }

  /** The rows of the first chunk from the chunk `from` on that may hold an old log, the last one excluded; undefined when there is none. */
  #nextSpan(from: number, before: number): { readonly first: number; readonly end: number } | undefined {
    const packedEnd = this.#packedEnd()
    const packed = from < packedEnd ? this.#statements.oldChunk.first(from - joinedChunks, from, before) : undefined
    if (packed !== undefined) return { first: packed.id * chunkRuns, end: (packed.id + packed.joined) * chunkRuns }
    const open = Math.max(from, packedEnd)
    const lastTrace = this.#statements.lastTrace.first()?.run ?? -1
    return open <= chunkOf(lastTrace) ? { first: open * chunkRuns, end: (open + 1) * chunkRuns } : undefined
  }

  /** The chunk behind the last packed one. */
  #packedEnd(): number {
    const last = this.#statements.lastChunk.first()?.id
    if (typeof last !== 'number') return 0
    return last + (this.#statements.joined.first(last)?.joined ?? 1)
  }
}

function prepareStatements(database: Database) {
  const chunks = sql.selectFrom('chunk')
  const traces = sql.selectFrom('trace')
  return {
    lastChunk: prepare<{ id: number | null }>(
      database,
      chunks.select((row) => row.fn.max<number | null>('id').as('id')),
    ), // Rowid.
    joined: prepare<{ joined: number }>(database, chunks.select('joined').where('id', '=', slot(0))), // Rowid.
    oldChunk: prepare<{ id: number; joined: number }>(
      database,
      chunks
        .select(['id', 'joined'])
        .where('id', '>', slot(0))
        .where((chunk) => chunk(chunk('id', '+', chunk.ref('joined')), '>', slot(1)))
        .where('first_at', '<', slot(2))
        .where('runs', '>', 0)
        .orderBy('id')
        .limit(1), // Rowid.
    ),
    lastTrace: prepare<{ run: number | null }>(
      database,
      traces.select((row) => row.fn.max<number | null>('run').as('run')),
    ), // Rowid.
    list: prepare(
      database,
      traces
        .innerJoin('run', 'run.id', 'trace.run')
        .select(['trace.run', 'run.tenant', 'run.key'])
        .where('trace.run', '>', slot(0))
        .where('trace.run', '<', slot(1))
        .where('run.at', '<', slot(2))
        .orderBy('trace.run')
        .limit(slot(3)), // Rowids.
    ),
  } satisfies Record<string, Prepared<unknown>>
}
