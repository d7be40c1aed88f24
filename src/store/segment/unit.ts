import { dayMs, dayOf } from '../../base/clock.ts'
import { countColumns } from '../run/columns.ts'
import { Column } from './codec.ts'
import { chunkRuns } from './column.ts'
import { PlaneCounts, statusStride } from './plane-counts.ts'
import type { SegmentScan } from './scan.ts'
import { Selection } from './selection.ts'
import type { Block } from './source.ts'
import type { Unit } from './tally.ts'

const hourMs = 3_600_000
const hoursADay = 24
const firstEnded = countColumns.indexOf('failed')

/** Runs of one day, or of one hour where hours are told apart. `ended` are those that ended without success. */
export type TimedUnit = Unit & { readonly ended: Unit; readonly day: number; readonly hour: number | undefined }

/** Cuts the runs that are selected of a block into units of time. What it gives stands until the next one. */
export class UnitCutter {
  readonly #scan: SegmentScan
  readonly #hoursOf: number | undefined
  readonly #status = new Column()
  readonly #at = new Column()
  readonly #moments = new Float64Array(chunkRuns)
  readonly #whole = newUnit()
  readonly #part = newUnit()
  readonly #ended = newUnit()

  /** `hoursOf` is the day whose hours are told apart. */
  constructor(scan: SegmentScan, hoursOf: number | undefined) {
    this.#scan = scan
    this.#hoursOf = hoursOf
  }

  /** Calls `visit` with each unit that has a run. */
  cut(block: Block, visit: (unit: TimedUnit) => void): void {
    const { selection } = this.#scan
    this.#scan.read('status', this.#status)
    this.#readStatuses(selection)
    const first = this.#numberOf(block.firstAt)
    if (first === this.#numberOf(block.lastAt)) this.#give(this.#whole, first, visit)
    else this.#cutByTime(selection, visit)
  }

  #cutByTime(selection: Selection, visit: (unit: TimedUnit) => void): void {
    this.#scan.read('at', this.#at)
    const numbers = new Set<number>()
    let last = Number.NaN
    for (let index = 0; index < selection.count; index++) {
      const number = this.#numberOf(this.#at.valueAt(selection.places[index] ?? 0))
      this.#moments[index] = number
      if (number !== last) numbers.add(number)
      last = number
    }
    for (const number of numbers) {
      if (numbers.size === 1) this.#give(this.#whole, number, visit)
      else this.#give(narrow(this.#part, this.#whole, this.#moments, number), number, visit)
    }
  }

  /** The day of a moment, and of the day whose hours are told apart the hour as a fraction. */
  #numberOf(at: number): number {
    const day = dayOf(at)
    return day === this.#hoursOf ? day + Math.floor((at - day * dayMs) / hourMs) / hoursADay : day
  }

  #readStatuses(selection: Selection): void {
    const { bytes, offset, values, width } = this.#status
    const whole = this.#whole
    whole.selection.copy(selection)
    whole.sums.fill(0)
    whole.planes.clear()
    for (let index = 0; index < selection.count; index++) {
      const number = width === 0 ? 0 : (bytes[offset + (selection.places[index] ?? 0)] ?? 0)
      const status = (values[number] ?? 1) - 1
      whole.statuses[index] = status
      whole.sums[status] = (whole.sums[status] ?? 0) + 1
    }
  }

  #give(unit: Unit, number: number, visit: (unit: TimedUnit) => void): void {
    const day = Math.floor(number)
    const hour = day === this.#hoursOf ? Math.round((number - day) * hoursADay) : undefined
    visit({ ...unit, ended: keepEnded(this.#ended, unit), day, hour })
  }
}

function newUnit(): Unit {
  return { selection: new Selection(), statuses: new Uint8Array(chunkRuns), sums: new Uint32Array(statusStride), planes: new PlaneCounts() }
}

/** Fills `part` with the runs of `whole` that ended without success. */
function keepEnded(part: Unit, whole: Unit): Unit {
  const { places } = part.selection
  const { statuses } = part
  const whence = whole.selection.places
  const { count } = whole.selection
  let kept = 0
  for (let index = 0; index < count; index++) {
    const status = whole.statuses[index] ?? 0
    places[kept] = whence[index] ?? 0
    statuses[kept] = status
    kept += status >= firstEnded ? 1 : 0
  }
  part.selection.count = kept
  for (let status = 0; status < statusStride; status++) part.sums[status] = status >= firstEnded ? (whole.sums[status] ?? 0) : 0
  part.planes.clear()
  return part
}

/** Fills `part` with the runs of `whole` of one moment. */
function narrow(part: Unit, whole: Unit, moments: Float64Array, moment: number): Unit {
  part.sums.fill(0)
  part.planes.clear()
  let count = 0
  for (let index = 0; index < whole.selection.count; index++) {
    if (moments[index] !== moment) continue
    const status = whole.statuses[index] ?? 0
    part.selection.places[count] = whole.selection.places[index] ?? 0
    part.statuses[count] = status
    part.sums[status] = (part.sums[status] ?? 0) + 1
    count += 1
  }
  part.selection.count = count
  return part
}
