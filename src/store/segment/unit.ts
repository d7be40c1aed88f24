import { dayMs, dayOf } from '../../base/clock.ts'
import { countColumns } from '../run/columns.ts'
import { Column } from './codec.ts'
import { runsMax } from './column.ts'
import { PlaneCounts, statusStride } from './plane-counts.ts'
import type { SegmentScan } from './scan.ts'
import { Selection } from './selection.ts'
import type { Block } from './source.ts'
import type { Unit } from './tally.ts'

const hourMs = 3_600_000
const hoursADay = 24
/** What the fourth byte of a number counts. */
const byte4 = 2 ** 24
const firstEnded = countColumns.indexOf('failed')

/** Runs of one day, or of one hour where hours are told apart. `ended` are those that ended without success. */
export type TimedUnit = Unit & { readonly ended: Unit; readonly day: number; readonly hour: number | undefined }

/** The runs of one moment lie from `start` to before `end` in the selection, some others among them. */
type MomentSpan = { readonly number: number; readonly moment: number; readonly start: number; end: number }

/** Cuts the runs that are selected of a block into units of time. What it gives stands until the next one. */
export class UnitCutter {
  readonly #scan: SegmentScan
  readonly #hoursOf: number | undefined
  readonly #status = new Column()
  readonly #at = new Column()
  /** By run: the number of its moment among those that occur. */
  readonly #spanOf = new Uint16Array(runsMax)
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
    const spans = this.#findSpans(selection)
    for (const span of spans) {
      if (spans.length === 1) this.#give(this.#whole, span.moment, visit)
      else this.#give(narrow(this.#part, this.#whole, this.#spanOf, span), span.moment, visit)
    }
  }

  /** The moments that occur, and where. Runs are nearly in the order of time, so that most are of the moment of the one before. */
  #findSpans({ places, count }: Selection): readonly MomentSpan[] {
    const at = this.#scan.read('at', this.#at)
    const { base, offset, stride, bytes, width } = at
    const isPlain = at.size === 0 && (width === 3 || width === 4)
    const fourth = offset + (width > 3 ? 3 * stride : 0)
    const fourthBits = width > 3 ? 0xff : 0
    const spanOf = this.#spanOf
    const spans: MomentSpan[] = []
    let span: MomentSpan = { number: -1, moment: Number.NaN, start: 0, end: 0 }
    let from = 0
    let until = 0
    for (let index = 0; index < count; index++) {
      const place = places[index] ?? 0
      const low = offset + place
      // Read without a call where it can be: every run of a block that holds more than one day comes here.
      const ms = isPlain
        ? (bytes[low] ?? 0) +
          ((bytes[low + stride] ?? 0) << 8) +
          ((bytes[low + 2 * stride] ?? 0) << 16) +
          ((bytes[fourth + place] ?? 0) & fourthBits) * byte4
        : at.valueAt(place) - base
      if (ms < from || ms >= until) {
        const moment = this.#numberOf(base + ms)
        const unitMs = dayOf(base + ms) === this.#hoursOf ? hourMs : dayMs
        from = Math.floor((base + ms) / unitMs) * unitMs - base
        until = from + unitMs
        const known = spans.find((one) => one.moment === moment)
        span = known ?? { number: spans.length, moment, start: index, end: index }
        if (known === undefined) spans.push(span)
      }
      spanOf[index] = span.number
      span.end = index + 1
    }
    return spans
  }

  /** The day of a moment, and of the day whose hours are told apart the hour as a fraction. */
  #numberOf(at: number): number {
    const day = dayOf(at)
    return day === this.#hoursOf ? day + Math.floor((at - day * dayMs) / hourMs) / hoursADay : day
  }

  #readStatuses(selection: Selection): void {
    const { bytes, offset, values, width } = this.#status
    const whole = this.#whole
    const { places, count } = selection
    const { statuses } = whole
    whole.selection.copy(selection)
    whole.planes.clear()
    for (let index = 0; index < count; index++) {
      const number = width === 0 ? 0 : (bytes[offset + (places[index] ?? 0)] ?? 0)
      statuses[index] = (values[number] ?? 1) - 1
    }
    addUpStatuses(whole)
  }

  #give(unit: Unit, number: number, visit: (unit: TimedUnit) => void): void {
    const endedUnit = this.#ended
    const day = Math.floor(number)
    const hour = day === this.#hoursOf ? Math.round((number - day) * hoursADay) : undefined
    let ended: Unit | undefined
    visit({
      ...unit,
      get ended() {
        ended ??= keepEnded(endedUnit, unit)
        return ended
      },
      day,
      hour,
    })
  }
}

function newUnit(): Unit {
  return { selection: new Selection(), statuses: new Uint8Array(runsMax), sums: new Uint32Array(statusStride), planes: new PlaneCounts() }
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
function narrow(part: Unit, whole: Unit, spanOf: Uint16Array, { number, start, end }: MomentSpan): Unit {
  const { places } = part.selection
  const { statuses } = part
  const whence = whole.selection.places
  const wholeStatuses = whole.statuses
  let count = 0
  for (let index = start; index < end; index++) {
    places[count] = whence[index] ?? 0
    statuses[count] = wholeStatuses[index] ?? 0
    count += spanOf[index] === number ? 1 : 0
  }
  part.selection.count = count
  part.planes.clear()
  addUpStatuses(part)
  return part
}

const besides = new Uint32Array(statusStride)

/** Runs that follow each other mostly agree: every other one is counted beside, so that none waits for the one before it. */
function addUpStatuses({ sums, statuses, selection: { count } }: Unit): void {
  sums.fill(0)
  besides.fill(0)
  for (let index = 0; index < count; index += 2) {
    const status = statuses[index] ?? 0
    sums[status] = (sums[status] ?? 0) + 1
  }
  for (let index = 1; index < count; index += 2) {
    const status = statuses[index] ?? 0
    besides[status] = (besides[status] ?? 0) + 1
  }
  for (let status = 0; status < statusStride; status++) sums[status] = (sums[status] ?? 0) + (besides[status] ?? 0)
}
