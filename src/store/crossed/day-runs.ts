import { assert } from '../../base/assert.ts'
import { binCount, binOf } from '../count/histogram.ts'
import type { CountedRow } from '../derived.ts'
import { absentValue, type Dimension, dimensionRules, dimensions, valueOfCell } from '../dimension.ts'
import { pairOf } from '../rollup/cells.ts'
import { countColumns, countedColumns } from '../run/columns.ts'
import { placesMax } from './key.ts'
import { packCells, packDurations, statusStride } from './pack.ts'
import { packDay } from './packed-day.ts'
import { RankedValues } from './ranked-values.ts'

const success = countColumns.indexOf('success')
const firstEnded = countColumns.indexOf('failed')
const durationPlace = countedColumns.indexOf('install_duration')
const firstPlace = countedColumns.length - dimensions.length
/** A run without a duration. */
const untimed = -1

/** The runs of one day as numbers: for each the rank of its value in each dimension, its type, source and status, and how long it took. */
export class DayRuns {
  readonly #columns = dimensions.map(() => new RankedValues())
  readonly #pairs = new RankedValues()
  readonly #statuses: number[] = []
  readonly #bins: number[] = []
  readonly #seconds: number[] = []
  /** The runs with a duration in the order in which histograms of runs as such, and of scripts, are packed. */
  #timedRuns = new Uint32Array(0)
  #timedScripts = new Uint32Array(0)

  get #count(): number {
    return this.#statuses.length
  }

  /** Takes a run: a row of `countedColumns`, and the place of its status in `countColumns`. */
  add(row: CountedRow, status: number): void {
    assert(status >= 0, 'a run reads as one of the statuses')
    for (const [place, column] of this.#columns.entries()) column.put(valueOfCell(row[firstPlace + place]))
    this.#pairs.put(pairOf(Number(row[3]), Number(row[4])))
    this.#statuses.push(status)
    const seconds = row[durationPlace]
    const isTimed = status === success && typeof seconds === 'number' && seconds > 0
    this.#bins.push(isTimed ? binOf(seconds) : untimed)
    this.#seconds.push(isTimed ? seconds : 0)
  }

  /** Puts values and durations in order. Called once all runs are there. */
  close(): void {
    for (const column of [...this.#columns, this.#pairs]) column.rank()
    this.#timedRuns = this.#sortTimed(undefined)
    this.#timedScripts = this.#sortTimed('script')
  }

  /** Each value of a dimension that has its share of the runs, with the day of these packed. The ones of least value first. */
  *cross(dimension: Dimension): Iterable<{ readonly value: number; readonly cells: Uint8Array }> {
    const column = this.#columnOf(dimension)
    const isEnded = isEndedDimension(dimension)
    for (const { rank, value, runs } of column.ranks()) {
      if (runs * placesMax < this.#count) continue
      const chosen = this.#choose(column, rank, isEnded)
      if (!isEnded || placesOf(chosen).length * placesMax >= this.#count) yield { value, cells: this.#pack(chosen) }
    }
  }

  /** The runs with a value, marked by 1. */
  #choose({ numbers }: RankedValues, rank: number, isEnded: boolean): Uint8Array {
    const chosen = new Uint8Array(this.#count)
    for (let run = 0; run < this.#count; run++)
      if (numbers[run] === rank && (!isEnded || (this.#statuses[run] ?? 0) >= firstEnded)) chosen[run] = 1
    return chosen
  }

  #pack(chosen: Uint8Array): Uint8Array {
    const all = placesOf(chosen)
    const ended = all.filter((run) => (this.#statuses[run] ?? 0) >= firstEnded)
    const cells = dimensions.map((name) => this.#packColumn(this.#columnOf(name), isEndedDimension(name) ? ended : all))
    const durations = [this.#packTimes(undefined, this.#timedRuns, chosen), this.#packTimes('script', this.#timedScripts, chosen)]
    return packDay([this.#packColumn(undefined, all), ...cells, ...durations])
  }

  /** Runs by their value in a column; without one all under one value. */
  #packColumn(column: RankedValues | undefined, runs: Uint32Array): Uint8Array {
    const values = column?.values ?? plainValues
    const counts = new Uint32Array(values.length * this.#pairs.values.length * statusStride)
    for (let index = 0; index < runs.length; index++) {
      const run = runs[index] ?? 0
      const place = this.#cellOf(column, run) * statusStride + (this.#statuses[run] ?? 0)
      counts[place] = (counts[place] ?? 0) + 1
    }
    return packCells(counts, values, this.#pairs.values)
  }

  #packTimes(dimension: 'script' | undefined, sorted: Uint32Array, chosen: Uint8Array): Uint8Array {
    const column = dimension && this.#columnOf(dimension)
    const runs = sorted.filter((run) => chosen[run] === 1)
    return packDurations({
      cells: runs.map((run) => this.#cellOf(column, run)),
      bins: Int16Array.from(runs, (run) => this.#bins[run] ?? 0),
      seconds: runs.map((run) => this.#seconds[run] ?? 0),
      values: column?.values ?? plainValues,
      pairs: this.#pairs.values,
    })
  }

  /** The runs with a duration by cell and bin. Each stands in the low digits of what it is sorted by. */
  #sortTimed(dimension: 'script' | undefined): Uint32Array<ArrayBuffer> {
    const column = dimension && this.#columnOf(dimension)
    const runs = this.#count
    const timed = Uint32Array.from(this.#bins.keys()).filter((run) => this.#bins[run] !== untimed)
    const keys = Float64Array.from(timed, (run) => (this.#cellOf(column, run) * binCount + (this.#bins[run] ?? 0)) * runs + run)
    return Uint32Array.from(keys.sort(), (key) => key % runs)
  }

  /** The value and the type and source of a run, as the place of its cell. */
  #cellOf(column: RankedValues | undefined, run: number): number {
    return (column?.numbers[run] ?? 0) * this.#pairs.values.length + (this.#pairs.numbers[run] ?? 0)
  }

  #columnOf(dimension: Dimension): RankedValues {
    const column = this.#columns[dimensions.indexOf(dimension)]
    assert(column !== undefined, 'every dimension has a column')
    return column
  }
}

function isEndedDimension(name: Dimension): boolean {
  return 'ended' in dimensionRules[name]
}

/** What runs as such are counted under. */
const plainValues: readonly number[] = [absentValue]

/** The runs that are marked. */
function placesOf(chosen: Uint8Array): Uint32Array {
  const places = new Uint32Array(chosen.length)
  let count = 0
  for (let run = 0; run < chosen.length; run++) {
    places[count] = run
    count += chosen[run] ?? 0
  }
  return places.subarray(0, count)
}
