import type { SqlValue } from '../../base/sql.ts'
import { dimensionRules, dimensions, valueOfCell } from '../dimension.ts'
import { countColumns, countedColumns } from '../run/columns.ts'
import type { Words } from '../words.ts'
import { Column, encodeSegment } from './codec.ts'
import { chunkRuns, mark, noRun, partColumns, type SegmentColumn, spreadColumns } from './column.ts'

/** What is read of a run to make its cells: its rowid, then these. */
export const cellSelection = ['id', ...countedColumns, 'outcome_status', 'repairs', 'rules'] as const

const placeInRow = Object.fromEntries(cellSelection.map((column, index) => [column, index])) as Readonly<Record<string, number>>
const plainCells = { tenant: 'tenant', type: 'type', source: 'repo_source' } as const
const dimensionPlaces = dimensions.map((name) => [name, placeInRow[dimensionRules[name].column] ?? 0] as const)
const plainPlaces = Object.entries(plainCells).map(([name, column]) => [name as SegmentColumn, placeInRow[column] ?? 0] as const)
const valuePlaces: readonly (readonly [SegmentColumn, number])[] = [...plainPlaces, ...dimensionPlaces]
const success = countColumns.indexOf('success') + 1
/** What an exit code reads as where the verdict differs from the report. */
const clearedCode = valueOfCell(0)

/** The cells of one chunk, unpacked: filled from rows of runs or from segments, changed run by run, packed again. */
export class ChunkCells {
  readonly #words: Words
  readonly #columns = new Map(partColumns.flat().map((name) => [name, new Float64Array(chunkRuns)]))
  readonly #statuses = new Map<SqlValue | undefined, number>()
  readonly #column = new Column()

  constructor(words: Words) {
    this.#words = words
  }

  /** Leaves every place empty. */
  clear(): void {
    for (const cells of this.#columns.values()) cells.fill(0)
  }

  /** Drops what is remembered of words, after a rollback. */
  forget(): void {
    this.#statuses.clear()
  }

  /** Takes the cells of segments, one for each part. */
  load(segments: readonly Uint8Array[]): void {
    partColumns.forEach((columns, part) => {
      columns.forEach((name, index) => {
        const column = this.#column.read(segments[part] ?? new Uint8Array(0), index)
        const cells = this.#cells(name)
        for (let place = 0; place < chunkRuns; place++) cells[place] = column.valueAt(place)
      })
    })
  }

  /** Takes the cells of a run, in the order of `cellSelection`. */
  put(place: number, row: readonly SqlValue[]): void {
    for (const [name, index] of valuePlaces) this.#cells(name)[place] = valueOfCell(row[index])
    const status = this.#statusOf(row[placeInRow['status'] ?? 0])
    const reported = row[placeInRow['outcome_status'] ?? 0]
    const isCleared = typeof reported === 'number' && reported !== row[placeInRow['status'] ?? 0]
    if (isCleared) this.#cells('exit_code')[place] = clearedCode
    this.#cells('status')[place] = status
    this.#cells('at')[place] = Number(row[placeInRow['at'] ?? 0])
    this.#cells('took')[place] = status === success ? Number(row[placeInRow['install_duration'] ?? 0] ?? 0) : 0
    const isRepaired = row[placeInRow['repairs'] ?? 0] !== null
    const isCloaked = row[placeInRow['rules'] ?? 0] !== null
    this.#cells('marks')[place] = (isRepaired ? mark.repaired : 0) + (isCloaked ? mark.cloaked : 0)
  }

  /** What stands at a place. */
  valueAt(name: SegmentColumn, place: number): number {
    return this.#cells(name)[place] ?? 0
  }

  /** Leaves the place of a run that is gone. */
  remove(place: number): void {
    for (const cells of this.#columns.values()) cells[place] = 0
  }

  /** How many runs there are, and the times of the oldest and the newest one. */
  span(): { readonly runs: number; readonly firstAt: number; readonly lastAt: number } {
    const statuses = this.#cells('status')
    const times = this.#cells('at')
    let runs = 0
    let firstAt = Number.POSITIVE_INFINITY
    let lastAt = Number.NEGATIVE_INFINITY
    for (let place = 0; place < chunkRuns; place++) {
      if (statuses[place] === noRun) continue
      const at = times[place] ?? 0
      runs += 1
      if (at < firstAt) firstAt = at
      if (at > lastAt) lastAt = at
    }
    return runs === 0 ? { runs, firstAt: 0, lastAt: 0 } : { runs, firstAt, lastAt }
  }

  /** The segments, one for each part. */
  pack(): Uint8Array[] {
    this.#closeGaps()
    return partColumns.map((columns) =>
      encodeSegment(columns.map((name) => ({ cells: this.#cells(name), isSpread: spreadColumns.has(name) }))),
    )
  }

  /** A place without a run lies at the time of the oldest one, so that distances stay small. */
  #closeGaps(): void {
    const { runs, firstAt } = this.span()
    const statuses = this.#cells('status')
    const times = this.#cells('at')
    if (runs < chunkRuns) for (let place = 0; place < chunkRuns; place++) if (statuses[place] === noRun) times[place] = firstAt
  }

  #cells(name: SegmentColumn): Float64Array {
    const cells = this.#columns.get(name)
    if (cells === undefined) throw new Error('every column has cells')
    return cells
  }

  #statusOf(code: SqlValue | undefined): number {
    const known = this.#statuses.get(code)
    if (known !== undefined) return known
    const status = (countColumns as readonly string[]).indexOf(this.#words.text('status', Number(code))) + 1
    this.#statuses.set(code, status)
    return status
  }
}
