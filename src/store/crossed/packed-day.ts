import { type Dimension, dimensions } from '../dimension.ts'
import type { CellFilter } from '../rollup/cell-tally.ts'
import { timedDimensions } from '../rollup/change.ts'
import { ByteReader, ByteWriter } from '../rollup/varint.ts'

/** What the runs of one day that share a value are counted by: runs as such, and each dimension. */
export const countedNames = ['run', ...dimensions] as const
const partCount = countedNames.length + timedDimensions.length

/** Packs the cells of each of `countedNames` and the durations of each of `timedDimensions`, in the form of roll-ups. */
export function packDay(parts: readonly Uint8Array[]): Uint8Array {
  const writer = new ByteWriter()
  for (const part of parts) writer.varint(part.length)
  for (const part of parts) writer.bytes(part)
  return writer.take()
}

/** One day of the runs that share a value, as it lies packed. `filter` says which of its cells count. */
export class PackedDay {
  readonly day: number
  readonly filter: CellFilter
  readonly #parts: readonly Uint8Array[]

  constructor(day: number, bytes: Uint8Array, filter: CellFilter) {
    this.day = day
    this.filter = filter
    this.#parts = splitParts(bytes)
  }

  /** The counts of a dimension; of runs as such all under one value. */
  cells(name: 'run' | Dimension): Uint8Array {
    return this.#parts[countedNames.indexOf(name)] ?? nothing
  }

  durations(name: 'run' | 'script'): Uint8Array {
    return this.#parts[countedNames.length + timedDimensions.indexOf(name)] ?? nothing
  }
}

const nothing = new Uint8Array(0)

function splitParts(bytes: Uint8Array): readonly Uint8Array[] {
  const reader = new ByteReader(bytes)
  const lengths = Array.from({ length: partCount }, () => reader.varint())
  let at = reader.at
  return lengths.map((length) => {
    at += length
    return bytes.subarray(at - length, at)
  })
}
