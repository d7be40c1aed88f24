import { absentValue, foldedValue, valueOfCell } from '../dimension.ts'
import { type CellFilter, type CellGroup, pairMatches } from '../rollup/cell-tally.ts'
import { CellReader, sourceOfPair, typeOfPair } from '../rollup/cells.ts'
import type { Column } from './codec.ts'
import { type PlaneCounts, statusStride, strideBits } from './plane-counts.ts'
import { takeScratch } from './scratch.ts'
import type { Selection } from './selection.ts'

const firstCapacity = 64
/** Values below it find their slot in a table, others in a map. */
const tableMax = 16_384
/** Slots of the table are 16 bits. */
const slotsBound = 65_535
/** Runs below a share of the listed values are not worth the slots of them all. */
const runsPerListed = 4
const noDay = -2_147_483_648

/** The runs of one unit of time that are counted together, and the status of each. */
export type Unit = {
  readonly selection: Selection
  /** By index of the selection, from 0. */
  readonly statuses: Uint8Array
  /** How many have which status. */
  readonly sums: Uint32Array
  /** What was counted of them, for the columns that share a plane. */
  readonly planes: PlaneCounts
}

/**
 * Counts runs by their value in a column, in several planes at once: pieces of time that are told apart. A value gets a slot when it is first met;
 * when `slotsMax` are taken, later ones are counted together in the first slot.
 */
export class ValueTally {
  readonly column: Column
  readonly #slots: Uint32Array
  #isResolved = false
  readonly #runSlots: Uint16Array
  #areRunsResolved = false
  readonly #slotsMax: number
  readonly #unknown: number
  readonly #planes: (Uint32Array | undefined)[]
  readonly #values: number[] = [foldedValue]
  readonly #table = new Uint16Array(tableMax)
  readonly #map = new Map<number, number>()
  #capacity = firstCapacity
  #lastDays = new Int32Array(firstCapacity).fill(noDay)

  /** `unknown` is the value of the word `unknown`, which reads like an absent one. */
  constructor(planes: number, slotsMax: number, unknown: number) {
    const { column, slots, runSlots } = takeScratch()
    this.column = column
    this.#slots = slots
    this.#runSlots = runSlots
    this.#planes = new Array(planes)
    this.#slotsMax = Math.min(slotsMax, slotsBound)
    this.#unknown = unknown
  }

  /** The value of each slot; the first one stands for all that were not kept apart. */
  get values(): readonly number[] {
    return this.#values
  }

  /** Stands on the column of a block of which `count` runs are meant. Of few runs each finds the slot of its own value. */
  open(count: number): void {
    const { column } = this
    const { size } = column
    this.#isResolved = size > 0 && count * runsPerListed >= size
    if (!this.#isResolved) return
    const { values } = column
    for (let number = 0; number < size; number++) this.#slots[number] = this.slotOf(values[number] ?? absentValue)
  }

  /** Counts the runs of a unit. `day` is theirs where the newest day of each value is wanted. */
  add({ selection, statuses, sums, planes }: Unit, plane: number, day = noDay): void {
    const { size, width } = this.column
    this.#areRunsResolved = false
    if (this.#isResolved && size === 1) this.#addSame(sums, this.#planeOf(plane), day)
    else if (this.#isResolved && width === 1) this.#addCounted(planes.count(this.column, selection, statuses), this.#planeOf(plane), day)
    else {
      const slots = this.slotsOf(selection) // First, since a new slot may make room in all planes.
      this.#addEach(slots, selection.count, statuses, { counts: this.#planeOf(plane), day })
    }
  }

  /** Counts the cells of a packed day that a filter means, by their value or by the type or source of all. `day` as for a unit. */
  addPacked(
    cells: Uint8Array,
    { filter, group }: { readonly filter: CellFilter; readonly group: CellGroup },
    plane: number,
    day = noDay,
  ): void {
    const reader = new CellReader(cells)
    const keys = reader.pairs.map((pair) => keyOfPair(pair, filter, group))
    while (reader.next()) {
      const key = keys[reader.pairIndex] ?? skipped
      if (key === skipped || !reader.hasRuns(filter.status)) continue
      const slot = this.slotOf(key === ownValue ? reader.value : key) // First, since it may make room in all planes.
      const counts = this.#planeOf(plane)
      while (reader.nextCount()) {
        const at = (slot << strideBits) + reader.status
        if (filter.status === undefined || filter.status === reader.status) counts[at] = (counts[at] ?? 0) + reader.count
      }
      if ((this.#lastDays[slot] ?? 0) < day) this.#lastDays[slot] = day
    }
  }

  /** The slots of the runs of the unit that was counted last, by their index. */
  slotsOf(selection: Selection): Uint16Array {
    if (this.#areRunsResolved) return this.#runSlots
    this.#areRunsResolved = true
    const { size, width } = this.column
    if (this.#isResolved) this.#resolveListed(selection)
    else if (size === 0 && width <= 2) this.#resolvePlain(selection)
    else
      for (let index = 0; index < selection.count; index++)
        this.#runSlots[index] = this.slotOf(this.column.valueAt(selection.places[index] ?? 0))
    return this.#runSlots
  }

  /** The counts of a plane, `statusStride` for each slot; nothing where it has none. */
  counts(plane: number): Uint32Array | undefined {
    return this.#planes[plane]
  }

  /** The newest day that was given with a run of a slot. */
  lastDay(slot: number): number {
    return this.#lastDays[slot] ?? noDay
  }

  /** All runs agree. */
  #addSame(sums: Uint32Array, counts: Uint32Array, day: number): void {
    const slot = this.#slots[0] ?? 0
    for (let status = 0; status < statusStride; status++) {
      const at = (slot << strideBits) + status
      counts[at] = (counts[at] ?? 0) + (sums[status] ?? 0)
    }
    if ((this.#lastDays[slot] ?? 0) < day) this.#lastDays[slot] = day
  }

  /** The slots of listed values are known. */
  #resolveListed({ places, count }: Selection): void {
    const { bytes, offset, stride, width } = this.column
    const [slots, into] = [this.#slots, this.#runSlots]
    const [low, high] = [width > 0 ? 0xff : 0, width > 1 ? 0xff : 0]
    for (let index = 0; index < count; index++) {
      const place = offset + (places[index] ?? 0)
      const number = ((bytes[place] ?? 0) & low) + (((bytes[place + stride] ?? 0) & high) << 8)
      into[index] = slots[number] ?? 0
    }
  }

  /** A column of many values, which lists none: each run says its value. */
  #resolvePlain({ places, count }: Selection): void {
    const { bytes, offset, stride, base, width } = this.column
    const [table, into] = [this.#table, this.#runSlots]
    const [low, high] = [width > 0 ? 0xff : 0, width > 1 ? 0xff : 0]
    for (let index = 0; index < count; index++) {
      const place = offset + (places[index] ?? 0)
      const value = base + ((bytes[place] ?? 0) & low) + (((bytes[place + stride] ?? 0) & high) << 8)
      const slot = value < tableMax ? (table[value] ?? 0) : 0
      into[index] = slot === 0 ? this.slotOf(value) : slot
    }
  }

  /** Many values: each run counts in its slot. */
  #addEach(
    slots: Uint16Array,
    count: number,
    statuses: Uint8Array,
    { counts, day }: { readonly counts: Uint32Array; readonly day: number },
  ): void {
    const lastDays = this.#lastDays
    for (let index = 0; index < count; index++) {
      const slot = slots[index] ?? 0
      const at = (slot << strideBits) + (statuses[index] ?? 0)
      counts[at] = (counts[at] ?? 0) + 1
      if ((lastDays[slot] ?? 0) < day) lastDays[slot] = day
    }
  }

  /** Few values: what was counted by their numbers finds its slot. */
  #addCounted(counted: Int32Array, counts: Uint32Array, day: number): void {
    const slots = this.#slots
    const lastDays = this.#lastDays
    const cells = this.column.size << strideBits
    for (let cell = 0; cell < cells; cell++) {
      const count = counted[cell] ?? 0
      if (count === 0) continue
      const slot = slots[cell >> strideBits] ?? 0
      const at = (slot << strideBits) + (cell & (statusStride - 1))
      counts[at] = (counts[at] ?? 0) + count
      if ((lastDays[slot] ?? 0) < day) lastDays[slot] = day
    }
  }

  /** The slot of a value, which gets one when it is first met. */
  slotOf(read: number): number {
    const value = read === this.#unknown ? absentValue : read
    const known = value < tableMax ? (this.#table[value] ?? 0) : (this.#map.get(value) ?? 0)
    const slot = known === 0 && this.#values.length <= this.#slotsMax ? this.#take(value) : known
    if (read !== value && read < tableMax) this.#table[read] = slot
    return slot
  }

  #take(value: number): number {
    const slot = this.#values.push(value) - 1
    if (value < tableMax) this.#table[value] = slot
    else this.#map.set(value, slot)
    if (slot >= this.#capacity) this.#grow()
    return slot
  }

  #planeOf(plane: number): Uint32Array {
    const counts = this.#planes[plane] ?? new Uint32Array(this.#capacity * statusStride)
    this.#planes[plane] = counts
    return counts
  }

  #grow(): void {
    this.#capacity *= 2
    const lastDays = new Int32Array(this.#capacity).fill(noDay)
    lastDays.set(this.#lastDays)
    this.#lastDays = lastDays
    this.#planes.forEach((counts, plane) => {
      if (counts === undefined) return
      const larger = new Uint32Array(this.#capacity * statusStride)
      larger.set(counts)
      this.#planes[plane] = larger
    })
  }
}

/** Stands for the value of each cell itself, and for none. */
const ownValue = -1
const skipped = -2

/** What the cells of a pair are counted by. */
function keyOfPair(pair: number, filter: CellFilter, group: CellGroup): number {
  if (!pairMatches(filter, pair)) return skipped
  if (group === 'value') return ownValue
  return valueOfCell(group === 'type' ? typeOfPair(pair) : sourceOfPair(pair))
}
