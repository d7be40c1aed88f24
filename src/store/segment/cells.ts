import type { SqlValue } from '../../base/sql.ts'
import { dimensionRules, dimensions, valueOfCell } from '../dimension.ts'
import { countColumns, derivedColumns } from '../run/columns.ts'
import type { Words } from '../words.ts'
import { Column, encodeSegment } from './codec.ts'
import { chunkRuns, mark, noRun, partColumns, type SegmentColumn, spreadColumns } from './column.ts'

/** What is read of a run to make its cells: its rowid, then these. */
export const cellSelection = ['id', ...derivedColumns] as const

const at = Object.fromEntries(derivedColumns.map((column, index) => [column, index])) as Readonly<
  Record<(typeof derivedColumns)[number], number>
>
const plainCells = { tenant: 'tenant', type: 'type', source: 'repo_source' } as const
const dimensionPlaces = dimensions.map((name): CellPlace => [name, at[dimensionRules[name].column]])
const plainPlaces = Object.entries(plainCells).map(([name, column]): CellPlace => [name as SegmentColumn, at[column]])
type CellPlace = readonly [SegmentColumn, number]
const valuePlaces: readonly CellPlace[] = [...plainPlaces, ...dimensionPlaces]
const success = countColumns.indexOf('success') + 1
/** What an exit code reads as where the verdict differs from the report. */
const clearedCode = valueOfCell(0)

/** The bounds of a moment in a cell: two of them lie within six bytes of each other, which is what a column holds. Both lie outside the days that pages count. */
const timeMin = -1
const timeMax = timeMin + 2 ** 48 - 1

/** A moment as columns hold it. Events are bounded at the door; a run of before that, of the year 1 or 9999, is put to the nearest bound. */
function timeCell(at: number): number {
  return Math.min(Math.max(at, timeMin), timeMax)
}

/** The cells of one chunk, unpacked: filled from rows of runs or from segments, changed run by run, packed again. */
export class ChunkCells {
  readonly #words: Words
  readonly #runs: number
  readonly #columns: ReadonlyMap<SegmentColumn, Float64Array>
  /** The columns that take a cell of the row as it is, and which one. */
  readonly #values: readonly { readonly cells: Float64Array; readonly index: number }[]
  readonly #statuses = new Map<SqlValue | undefined, number>()
  readonly #column = new Column()

  /** `chunks` is how many chunks are joined in it. */
  constructor(words: Words, chunks = 1) {
    this.#words = words
    this.#runs = chunks * chunkRuns
    this.#columns = new Map(partColumns.flat().map((name) => [name, new Float64Array(this.#runs)]))
    this.#values = valuePlaces.map(([name, index]) => ({ cells: this.#cells(name), index }))
  }

  /** Leaves every place empty. */
  clear(): void {
    for (const cells of this.#columns.values()) cells.fill(0)
  }

  /** Drops what is remembered of words, after a rollback. */
  forget(): void {
    this.#statuses.clear()
  }

  /** Takes the cells of segments, one for each part, from the place `first` on. */
  load(segments: readonly Uint8Array[], first = 0): void {
    partColumns.forEach((columns, part) => {
      columns.forEach((name, index) => {
        const column = this.#column.read(segments[part] ?? new Uint8Array(0), index)
        const cells = this.#cells(name)
        const isListed = column.size > 0
        const { values, stride } = column
        for (let place = 0; place < stride; place++)
          cells[first + place] = isListed ? (values[column.numberAt(place)] ?? 0) : column.base + column.numberAt(place)
      })
    })
  }

  /** Takes the cells of a run: a row of `cellSelection`, or with `first` 0 one of `derivedColumns`. */
  put(place: number, row: readonly SqlValue[], first: 0 | 1 = 1): void {
    for (const { cells, index } of this.#values) cells[place] = valueOfCell(row[index + first])
    const status = row[at.status + first]
    const read = this.#statusOf(status)
    const reported = row[at.outcome_status + first]
    if (typeof reported === 'number' && reported !== status) this.#cells('exit_code')[place] = clearedCode
    this.#cells('status')[place] = read
    this.#cells('at')[place] = timeCell(Number(row[at.at + first]))
    this.#cells('took')[place] = read === success ? Number(row[at.install_duration + first] ?? 0) : 0
    const isRepaired = row[at.repairs + first] !== null
    const isCloaked = row[at.rules + first] !== null
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
    for (let place = 0; place < this.#runs; place++) {
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
    if (runs < this.#runs) for (let place = 0; place < this.#runs; place++) if (statuses[place] === noRun) times[place] = firstAt
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
