import { assert } from '../../base/assert.ts'
import { runsMax } from './column.ts'
import { type Joint, joinColumns, listValues, numbersMax } from './joint.ts'

/**
 * A segment: a header of `headerBytes` for each column, then lists and planes, of as many runs as its columns have. A column that differs from run to run, or has many values, is stored as
 * its distance from its smallest value, any other as a list of values and the place in it for each run. Distances and places lie as planes: first the low byte of every
 * run, then the next byte of every run, as many as the largest number needs; none when all runs agree. Columns of few values share one plane: their
 * lists then have an entry for each combination of values that occurs, and name a value more than once.
 *
 * The header: bytes of a number (0 to 6), bytes of a listed value, how many are listed (0: distances), how many runs a plane has, where the list and
 * where the planes begin, and the smallest value.
 */
const headerBytes = 24
const sizeAt = 2
const runsAt = 4
const listAt = 8
const planesAt = 12
const baseAt = 16
const byteBase = 256
/** Six bytes hold every distance between two moments. */
const widthMax = 6

/** The cells of one column, one for each place of a chunk. */
export type ColumnCells = Float64Array

export type CellColumn = { readonly cells: ColumnCells; readonly isSpread: boolean }

/** Packs columns into one segment. */
export function encodeSegment(columns: readonly CellColumn[]): Uint8Array {
  const packed: (Packed | undefined)[] = columns.map(() => undefined)
  const listed = columns.flatMap(({ cells, isSpread }, index) => (isSpread ? [] : [listValues(cells, index)]))
  for (const joint of joinColumns(listed)) {
    const lists = packLists(joint)
    const [only] = joint.members.length === 1 ? joint.members : []
    const cells = only && columns[only.index]?.cells
    if (cells !== undefined && joint.size > numbersMax(cells.length) && bytesOfDistances(cells) <= bytesIn(lists[0])) continue
    joint.members.forEach(({ index }, place) => {
      packed[index] = lists[place]
    })
  }
  return writeSegment(columns.map(({ cells }, index) => packed[index] ?? packDistances(cells)))
}

function writeSegment(packed: readonly Packed[]): Uint8Array {
  const bodies = new Map<Uint8Array, number>()
  let length = packed.length * headerBytes
  for (const body of packed.flatMap(({ list, planes }) => [list, planes])) {
    if (bodies.has(body)) continue
    bodies.set(body, length)
    length += body.length
  }
  const segment = new Uint8Array(length)
  const view = new DataView(segment.buffer)
  for (const [body, offset] of bodies) segment.set(body, offset)
  packed.forEach(({ width, valueBytes, size, runs, base, list, planes }, index) => {
    const header = index * headerBytes
    view.setUint8(header, width)
    view.setUint8(header + 1, valueBytes)
    view.setUint16(header + sizeAt, size, true)
    view.setUint32(header + runsAt, runs, true)
    view.setUint32(header + listAt, bodies.get(list) ?? 0, true)
    view.setUint32(header + planesAt, bodies.get(planes) ?? 0, true)
    view.setFloat64(header + baseAt, base, true)
  })
  return segment
}

/** One column of a segment, made to be read again and again without an allocation. */
export class Column {
  bytes: Uint8Array = new Uint8Array(0)
  /** How many bytes a number has; 0 when all runs agree. */
  width = 0
  /** Where the low bytes begin. */
  offset = 0
  /** How many values are listed, where one may stand more than once; 0 for a column of distances. */
  size = 0
  /** What distances are counted from. */
  base = 0
  /** How far the next byte of a number lies behind its low byte. */
  stride = 0
  readonly #values = new Uint32Array(runsMax)
  #listAt = 0
  #valueBytes = 0
  #isListRead = false

  /** Stands on the column with this index of a segment; its place 0 is the `first` one of the segment. */
  read(segment: Uint8Array, index: number, first = 0): this {
    const header = index * headerBytes
    this.bytes = segment
    this.width = segment[header] ?? 0
    this.size = readNumber(segment, header + sizeAt, 2)
    for (let byte = 0; byte < baseBytes.length; byte++) baseBytes[byte] = segment[header + baseAt + byte] ?? 0
    const base = baseNumber[0] ?? 0
    this.base = base === (base | 0) ? base | 0 : base // As a whole number of 32 bits, where it is one: adding to it is faster.
    this.stride = readNumber(segment, header + runsAt, 4)
    this.offset = readNumber(segment, header + planesAt, 4) + first
    this.#listAt = readNumber(segment, header + listAt, 4)
    this.#valueBytes = segment[header + 1] ?? 0
    this.#isListRead = false
    return this
  }

  /** The listed values, read when they are first asked for. */
  get values(): Uint32Array {
    if (!this.#isListRead) this.#readList()
    return this.#values
  }

  /** The number of a run: its distance from `base`, or its place in `values`. */
  numberAt(place: number): number {
    const { bytes, width, stride } = this
    const low = this.offset + place
    if (width === 1) return bytes[low] ?? 0
    if (width === 2) return (bytes[low] ?? 0) + ((bytes[low + stride] ?? 0) << 8)
    if (width === 4) {
      const half = (bytes[low] ?? 0) + ((bytes[low + stride] ?? 0) << 8) + ((bytes[low + 2 * stride] ?? 0) << 16)
      return half + (bytes[low + 3 * stride] ?? 0) * byteBase ** 3
    }
    let number = 0
    for (let plane = width - 1; plane >= 0; plane--) number = number * byteBase + (bytes[low + plane * stride] ?? 0)
    return number
  }

  /** The value of a run. Reads no list for it. */
  valueAt(place: number): number {
    const number = this.numberAt(place)
    if (this.size === 0) return this.base + number
    return this.base + readNumber(this.bytes, this.#listAt + number * this.#valueBytes, this.#valueBytes)
  }

  #readList(): void {
    const { bytes, size, base } = this
    const values = this.#values
    const [listAt, valueBytes] = [this.#listAt, this.#valueBytes]
    if (valueBytes === 1) for (let place = 0; place < size; place++) values[place] = base + (bytes[listAt + place] ?? 0)
    else if (valueBytes === 2)
      for (let place = 0, at = listAt; place < size; place++, at += 2) values[place] = base + (bytes[at] ?? 0) + ((bytes[at + 1] ?? 0) << 8)
    else for (let place = 0; place < size; place++) values[place] = base + readNumber(bytes, listAt + place * valueBytes, valueBytes)
    this.#isListRead = true
  }
}

const baseNumber = new Float64Array(1)
const baseBytes = new Uint8Array(baseNumber.buffer)

type Packed = PackedList & { readonly width: number; readonly size: number; readonly runs: number; readonly planes: Uint8Array }
type PackedList = { readonly valueBytes: number; readonly base: number; readonly list: Uint8Array }

const noList = new Uint8Array(0)

function packDistances(cells: ColumnCells): Packed {
  const { least, most } = boundsOf(cells)
  const width = bytesOf(most - least)
  return { width, size: 0, runs: cells.length, planes: packPlanes(cells, least, width), valueBytes: 0, base: least, list: noList }
}

function bytesOfDistances(cells: ColumnCells): number {
  const { least, most } = boundsOf(cells)
  return cells.length * bytesOf(most - least)
}

/** The columns that share a plane. */
function packLists({ numbers, size, members }: Joint): readonly Packed[] {
  const width = bytesOf(size - 1)
  const planes = packPlanes(numbers, 0, width)
  return members.map(({ values }) => ({ width, size, runs: numbers.length, planes, ...packList(values) }))
}

function bytesIn(packed: Packed | undefined): number {
  return packed === undefined ? 0 : packed.list.length + packed.planes.length
}

function packList(values: readonly number[]): PackedList {
  const { least, most } = boundsOf(values)
  const valueBytes = bytesOf(most - least)
  const list = new Uint8Array(values.length * valueBytes)
  values.forEach((value, place) => {
    let rest = value - least
    for (let byte = 0; byte < valueBytes; byte++) {
      list[place * valueBytes + byte] = rest % byteBase
      rest = Math.floor(rest / byteBase)
    }
  })
  return { valueBytes, base: least, list }
}

function packPlanes(numbers: ArrayLike<number>, least: number, width: number): Uint8Array {
  const runs = numbers.length
  const planes = new Uint8Array(width * runs)
  for (let plane = 0, scale = 1; plane < width; plane++, scale *= byteBase)
    for (let place = 0; place < runs; place++) planes[plane * runs + place] = Math.floor(((numbers[place] ?? 0) - least) / scale) % byteBase
  return planes
}

function boundsOf(cells: ArrayLike<number>): { readonly least: number; readonly most: number } {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let place = 0; place < cells.length; place++) {
    const cell = cells[place] ?? 0
    if (cell < least) least = cell
    if (cell > most) most = cell
  }
  return { least, most }
}

function bytesOf(number: number): number {
  let width = 0
  for (let rest = number; rest >= 1; rest = Math.floor(rest / byteBase)) width += 1
  assert(width <= widthMax, 'the cells of a column lie within six bytes of each other')
  return width
}

function readNumber(bytes: Uint8Array, offset: number, width: number): number {
  let number = 0
  for (let byte = width - 1; byte >= 0; byte--) number = number * byteBase + (bytes[offset + byte] ?? 0)
  return number
}
