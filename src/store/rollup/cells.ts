import { assert } from '../../base/assert.ts'
import { absentValue, foldedValue } from '../dimension.ts'
import { countColumns } from '../run/columns.ts'
import { ByteReader, ByteWriter, continued } from './varint.ts'

/** Numbers that a cell holds: one for each status, in the order of `countColumns`. */
export const statusCount = countColumns.length

/** Types and sources are closed lists, so their codes stay small. */
const sourcesMax = 64
const pairsMax = 64 * sourcesMax

/** Type and source as one number. */
export function pairOf(type: number, source: number): number {
  assert(type < pairsMax / sourcesMax && source < sourcesMax, 'codes of types and sources are small')
  return type * sourcesMax + source
}

export const typeOfPair = (pair: number): number => Math.floor(pair / sourcesMax)
export const sourceOfPair = (pair: number): number => pair % sourcesMax

/** Value and pair as one number, which sorts by the value first. */
export const keyOfCell = (value: number, pair: number): number => value * pairsMax + pair
export const valueOfKey = (key: number): number => Math.floor(key / pairsMax)
export const pairOfKey = (key: number): number => key % pairsMax

/** The counts of one period of one dimension, as they are changed. A cell and a value that were there once stay, whatever is counted out. */
export class Cells {
  readonly #valuesMax: number
  readonly #places = new Map<number, number>()
  readonly #values = new Set<number>()
  #counts: Int32Array

  constructor(blob: Uint8Array | undefined, valuesMax: number) {
    this.#valuesMax = valuesMax
    this.#counts = new Int32Array(statusCount * 4)
    if (blob !== undefined) this.addPacked(blob)
  }

  /** Adds a period as it lies packed. Every value that it keeps apart is kept apart here, whatever the limit. */
  addPacked(blob: Uint8Array): void {
    const reader = new CellReader(blob)
    while (reader.next()) {
      const place = this.#placeOf(reader.value, reader.pair) // First, since it may make room.
      reader.addTo(this.#counts, place)
    }
  }

  get size(): number {
    return this.#places.size
  }

  /** Where a value counts: as itself when it is among the first ones of the period, else together with all later ones. */
  kept(value: number): number {
    return value === absentValue || this.#values.has(value) ? value : foldedValue
  }

  /** Counts `by` runs more. A new value takes its place in the list while there is one. */
  add(value: number, pair: number, status: number, by: number): void {
    const isNew = value !== absentValue && !this.#values.has(value)
    const counted = isNew && this.#values.size >= this.#valuesMax ? foldedValue : value
    const index = this.#placeOf(counted, pair) + status
    const count = (this.#counts[index] ?? 0) + by
    assert(count >= 0, 'a run is counted out only where it was counted in')
    this.#counts[index] = count
  }

  /** Each count that is not 0. */
  *counts(): Iterable<{ readonly value: number; readonly pair: number; readonly status: number; readonly count: number }> {
    for (const [key, place] of this.#places)
      for (let status = 0; status < statusCount; status++) {
        const count = this.#counts[place + status] ?? 0
        if (count !== 0) yield { value: valueOfKey(key), pair: pairOfKey(key), status, count }
      }
  }

  encode(): Uint8Array {
    const keys = Float64Array.from(this.#places.keys()).sort()
    const pairs = [...new Set([...keys].map(pairOfKey))].sort((left, right) => left - right)
    const indexes = new Map(pairs.map((pair, index) => [pair, index]))
    const writer = new ByteWriter()
    writePairs(writer, pairs)
    let last = 0
    for (const key of keys) {
      const place = valueOfKey(key) * pairs.length + (indexes.get(pairOfKey(key)) ?? 0)
      writer.varint(place - last)
      last = place
      this.#writeCounts(writer, this.#places.get(key) ?? 0)
    }
    return writer.take()
  }

  /** A byte that says which counts are there, and these. */
  #writeCounts(writer: ByteWriter, place: number): void {
    let mask = 0
    for (let status = 0; status < statusCount; status++) if (this.#counts[place + status] !== 0) mask |= 1 << status
    writer.byte(mask)
    for (let status = 0; status < statusCount; status++) if (mask & (1 << status)) writer.varint(this.#counts[place + status] ?? 0)
  }

  #placeOf(value: number, pair: number): number {
    const key = keyOfCell(value, pair)
    const known = this.#places.get(key)
    if (known !== undefined) return known
    const place = this.#places.size * statusCount
    this.#places.set(key, place)
    if (value !== absentValue && value !== foldedValue) this.#values.add(value)
    if (place + statusCount > this.#counts.length) {
      const larger = new Int32Array(this.#counts.length * 2)
      larger.set(this.#counts)
      this.#counts = larger
    }
    return place
  }
}

/**
 * Walks the cells of a packed period: `value` and `pairIndex` (into `pairs`) are those of the cell it stands on. Pages walk some hundred thousand
 * cells, so nothing is made for a cell: its counts are added to those of the asker, or passed; and nearly every number is one byte, which is read
 * without a call.
 */
export class CellReader {
  readonly pairs: readonly number[]
  readonly #bytes: Uint8Array
  readonly #pairCount: number
  value = 0
  pairIndex = 0
  /** The count that it stands on within the cell, and of which status. */
  status = 0
  count = 0
  #at: number
  #mask = 0

  constructor(blob: Uint8Array) {
    const reader = new ByteReader(blob)
    this.pairs = readPairs(reader)
    this.#bytes = blob
    this.#at = reader.at
    this.#pairCount = this.pairs.length
  }

  get pair(): number {
    return this.pairs[this.pairIndex] ?? 0
  }

  /** Goes to the next cell, past counts that nobody asked for. */
  next(): boolean {
    const bytes = this.#bytes
    for (let mask = this.#mask; mask !== 0; mask &= mask - 1) while ((bytes[this.#at++] ?? 0) >= continued);
    this.#mask = 0
    if (this.#at >= bytes.length) return false
    const step = bytes[this.#at++] ?? 0
    this.pairIndex += step < continued ? step : this.#finish()
    if (this.pairIndex >= this.#pairCount) {
      const values = Math.floor(this.pairIndex / this.#pairCount)
      this.value += values
      this.pairIndex -= values * this.#pairCount
    }
    this.#mask = bytes[this.#at++] ?? 0
    return true
  }

  /** Goes to the next count of the cell. Not mixed with `addTo`. */
  nextCount(): boolean {
    const mask = this.#mask
    if (mask === 0) return false
    this.status = lowestBit(mask)
    this.#mask = mask & (mask - 1)
    const byte = this.#bytes[this.#at++] ?? 0
    this.count = byte < continued ? byte : this.#finish()
    return true
  }

  /** Adds the counts of the cell to those that begin at `place`; of one status only, where `only` names it. Gives the number of runs. Once for each cell. */
  addTo(counts: Float64Array | Int32Array, place: number, only = everyStatus): number {
    const bytes = this.#bytes
    let runs = 0
    for (let mask = this.#mask, status = 0; mask !== 0; mask >>= 1, status++) {
      if ((mask & 1) === 0) continue
      const byte = bytes[this.#at++] ?? 0
      const count = byte < continued ? byte : this.#finish()
      if (only !== everyStatus && only !== status) continue
      counts[place + status] = (counts[place + status] ?? 0) + count
      runs += count
    }
    this.#mask = 0
    return runs
  }

  /** Whether the cell has a run; of one status only, where `only` names it. */
  hasRuns(only = everyStatus): boolean {
    return (only === everyStatus ? this.#mask : this.#mask & (1 << only)) !== 0
  }

  /** The number of which the first byte, read last, says that more follow. */
  #finish(): number {
    const reader = new ByteReader(this.#bytes, this.#at - 1)
    const number = reader.varint()
    this.#at = reader.at
    return number
  }
}

const everyStatus = -1
const highestBit = 31

function lowestBit(mask: number): number {
  return highestBit - Math.clz32(mask & -mask)
}

/** The pairs that the cells of a period name by their place in this list. */
export function writePairs(writer: ByteWriter, pairs: readonly number[]): void {
  writer.varint(pairs.length)
  for (const pair of pairs) writer.varint(pair)
}

/** The pairs that the cells of a period name, in their order. */
export function readPairs(reader: ByteReader): readonly number[] {
  const pairs: number[] = []
  for (let left = reader.varint(); left > 0; left--) pairs.push(reader.varint())
  return pairs
}
