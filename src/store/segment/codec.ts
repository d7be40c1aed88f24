import { assert } from '../../base/assert.ts'
import { chunkRuns } from './column.ts'

/**
 * A segment: a header of `headerBytes` for each column, then the columns. A column that differs from run to run is stored as its distance from its
 * smallest value, any other as a list of its values and the place in it for each run. Both lie as planes: first the low byte of every run, then
 * the next byte of every run, as many as the largest number needs; none when all runs agree.
 *
 * The header: bytes of a number (0 to 6), bytes of a listed value (0: distances), how many are listed, where the column begins, and the smallest value.
 */
const headerBytes = 16
const sizeAt = 2
const offsetAt = 4
const baseAt = 8
const byteBase = 256
/** Six bytes hold every distance between two moments. */
const widthMax = 6

/** The cells of one column, one for each place of a chunk. */
export type ColumnCells = Float64Array

export type CellColumn = { readonly cells: ColumnCells; readonly isSpread: boolean }

/** Packs columns into one segment. */
export function encodeSegment(columns: readonly CellColumn[]): Uint8Array {
  const packed = columns.map(({ cells, isSpread }) => (isSpread ? packDistances(cells) : packValues(cells)))
  const length = packed.reduce((sum, { body }) => sum + body.length, columns.length * headerBytes)
  const segment = new Uint8Array(length)
  const view = new DataView(segment.buffer)
  let offset = columns.length * headerBytes
  packed.forEach(({ width, valueBytes, size, base, body }, index) => {
    const header = index * headerBytes
    view.setUint8(header, width)
    view.setUint8(header + 1, valueBytes)
    view.setUint16(header + sizeAt, size, true)
    view.setUint16(header + offsetAt, offset, true)
    view.setFloat64(header + baseAt, base, true)
    segment.set(body, offset)
    offset += body.length
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
  /** How many values are listed in `values`; 0 for a column of distances. */
  size = 0
  readonly values = new Uint32Array(chunkRuns)
  /** What distances are counted from. */
  base = 0

  /** Stands on the column with this index of a segment. */
  read(segment: Uint8Array, index: number): this {
    const header = index * headerBytes
    this.bytes = segment
    this.width = segment[header] ?? 0
    this.size = readNumber(segment, header + sizeAt, 2)
    for (let byte = 0; byte < baseBytes.length; byte++) baseBytes[byte] = segment[header + baseAt + byte] ?? 0
    this.base = baseNumber[0] ?? 0
    this.offset = readNumber(segment, header + offsetAt, 2)
    const valueBytes = segment[header + 1] ?? 0
    for (let place = 0; place < this.size; place++, this.offset += valueBytes)
      this.values[place] = this.base + readNumber(segment, this.offset, valueBytes)
    return this
  }

  /** The number of a run: its distance from `base`, or its place in `values`. */
  numberAt(place: number): number {
    let number = 0
    for (let plane = this.width - 1; plane >= 0; plane--)
      number = number * byteBase + (this.bytes[this.offset + plane * chunkRuns + place] ?? 0)
    return number
  }

  /** The value of a run. */
  valueAt(place: number): number {
    const number = this.numberAt(place)
    return this.size === 0 ? this.base + number : (this.values[number] ?? 0)
  }
}

const baseNumber = new Float64Array(1)
const baseBytes = new Uint8Array(baseNumber.buffer)

type Packed = {
  readonly width: number
  readonly valueBytes: number
  readonly size: number
  readonly base: number
  readonly body: Uint8Array
}

function packDistances(cells: ColumnCells): Packed {
  const { least, most } = boundsOf(cells)
  const width = bytesOf(most - least)
  const body = new Uint8Array(width * chunkRuns)
  for (let place = 0; place < chunkRuns; place++) writePlanes(body, place, (cells[place] ?? 0) - least, width)
  return { width, valueBytes: 0, size: 0, base: least, body }
}

function packValues(cells: ColumnCells): Packed {
  const places = new Map<number, number>()
  const numbers = new Uint16Array(chunkRuns)
  for (let place = 0; place < chunkRuns; place++) {
    const value = cells[place] ?? 0
    let number = places.get(value)
    if (number === undefined) {
      number = places.size
      places.set(value, number)
    }
    numbers[place] = number
  }
  const { least, most } = boundsOf(cells)
  const valueBytes = bytesOf(most - least)
  const width = bytesOf(places.size - 1)
  const body = new Uint8Array(places.size * valueBytes + width * chunkRuns)
  let offset = 0
  for (const value of places.keys()) {
    writeNumber(body, offset, value - least, valueBytes)
    offset += valueBytes
  }
  const planes = body.subarray(offset)
  for (let place = 0; place < chunkRuns; place++) writePlanes(planes, place, numbers[place] ?? 0, width)
  return { width, valueBytes, size: places.size, base: least, body }
}

function boundsOf(cells: ColumnCells): { readonly least: number; readonly most: number } {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const cell of cells) {
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

function writePlanes(body: Uint8Array, place: number, number: number, width: number): void {
  let rest = number
  for (let plane = 0; plane < width; plane++) {
    body[plane * chunkRuns + place] = rest % byteBase
    rest = Math.floor(rest / byteBase)
  }
}

function writeNumber(body: Uint8Array, offset: number, number: number, width: number): void {
  let rest = number
  for (let byte = 0; byte < width; byte++) {
    body[offset + byte] = rest % byteBase
    rest = Math.floor(rest / byteBase)
  }
}

function readNumber(bytes: Uint8Array, offset: number, width: number): number {
  let number = 0
  for (let byte = width - 1; byte >= 0; byte--) number = number * byteBase + (bytes[offset + byte] ?? 0)
  return number
}
