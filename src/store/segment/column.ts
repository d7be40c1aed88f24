import { type Dimension, dimensions } from '../dimension.ts'

/** Runs of a chunk: those whose rowids are the same but for the low bits. These are a run's place in its chunk. */
export const chunkRuns = 1_024

/**
 * Chunks that are joined to one when they are old: what a question spends on each chunk is spent on 16,384 runs. The joined chunk has the number of its
 * first one. Joining goes from the oldest rows to the newest, so that all chunks before a joined one are joined.
 */
export const joinedChunks = 16

/** The most runs that lie together. */
export const runsMax = chunkRuns * joinedChunks

/** The chunk of the run in the row `id`. */
export function chunkOf(id: number): number {
  return Math.floor(id / chunkRuns)
}

/** The chunk that a chunk is or would be joined to. */
export function joinedOf(chunk: number): number {
  return chunk - (chunk % joinedChunks)
}

/** What a segment can say of a run beside its dimensions. `took` is there for successful runs; `marks` are bits. */
type PlainColumn = 'tenant' | 'at' | 'status' | 'type' | 'source' | 'took' | 'marks'
export type SegmentColumn = PlainColumn | Dimension

/** The columns of each part of a chunk: those that are asked together lie together, so that few small rows are read. */
export const partColumns: readonly (readonly SegmentColumn[])[] = [
  ['tenant', 'status', 'type', 'source', 'script', 'took'],
  ['os', 'os_version', 'pve_version', 'method', 'platform', 'arch', 'slug', 'ct_type'],
  ['cpu_vendor', 'cpu_model', 'gpu', 'gpu_model', 'cores', 'ram', 'disk'],
  ['category', 'exit_code', 'error', 'marks'],
  ['at'],
]
export const partCount = partColumns.length

/** Columns of numbers that mostly differ from run to run: stored as what they are above the smallest one. All others name their values once for each chunk. */
export const spreadColumns: ReadonlySet<SegmentColumn> = new Set(['at', 'took'])

/** The bits of `marks`. */
export const mark = { repaired: 1, cloaked: 2 } as const

/** A status is its place in `countColumns` plus one: a cell without a run holds 0. */
export const noRun = 0

/** Where a column lies. */
export type ColumnPlace = { readonly part: number; readonly index: number }

const places = new Map(partColumns.flatMap((columns, part) => columns.map((column, index) => [column, { part, index }] as const)))

/** Where a column lies. */
export function placeOf(column: SegmentColumn): ColumnPlace {
  const place = places.get(column)
  if (place === undefined) throw new Error('every column lies in a part')
  return place
}

/** Says how segments are made: those made otherwise are made anew. */
export const segmentVersion = ['3', ...partColumns.flat(), ...dimensions].join(' ')
