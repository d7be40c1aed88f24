import type { Column } from './codec.ts'
import type { Selection } from './selection.ts'

/** Numbers of each value, one for each status, and one to spare, so that a place is a shift away. */
export const statusStride = 8
export const strideBits = 3
const numbersMax = 256

/** How many runs have which number of a plane and which status, by number and status. */
type PlaneCount = Int32Array

type Counted = { readonly counts: PlaneCount; bytes: Uint8Array; offset: number }

/** Counts the runs of a unit by the numbers of a plane of one byte: once for all columns that share it. */
export class PlaneCounts {
  readonly #counted: Counted[] = []
  #used = 0

  /** Forgets what was counted, for the next unit. */
  clear(): void {
    this.#used = 0
  }

  /** The counts of a column's plane. They stand until `clear`. */
  count({ bytes, offset, size }: Column, selection: Selection, statuses: Uint8Array): PlaneCount {
    for (let index = 0; index < this.#used; index++) {
      const known = this.#counted[index]
      if (known !== undefined && known.offset === offset && known.bytes === bytes) return known.counts
    }
    const counted = this.#counted[this.#used] ?? newCounted()
    this.#counted[this.#used] = counted
    this.#used += 1
    counted.bytes = bytes
    counted.offset = offset
    addUp(counted, size, selection, statuses)
    return counted.counts
  }
}

function newCounted(): Counted {
  return { counts: new Int32Array(2 * cellsMax), bytes: new Uint8Array(0), offset: 0 }
}

const cellsMax = numbersMax * statusStride

/** Runs that follow each other mostly agree: every other one is counted beside, so that none waits for the one before it. */
function addUp({ counts, bytes, offset }: Counted, size: number, { places, count }: Selection, statuses: Uint8Array): void {
  const cells = size << strideBits
  counts.fill(0, 0, cells)
  counts.fill(0, cellsMax, cellsMax + cells)
  let index = 0
  for (; index + 1 < count; index += 2) {
    const cell = ((bytes[offset + (places[index] ?? 0)] ?? 0) << strideBits) + (statuses[index] ?? 0)
    const next = cellsMax + ((bytes[offset + (places[index + 1] ?? 0)] ?? 0) << strideBits) + (statuses[index + 1] ?? 0)
    counts[cell] = (counts[cell] ?? 0) + 1
    counts[next] = (counts[next] ?? 0) + 1
  }
  if (index < count) {
    const cell = ((bytes[offset + (places[index] ?? 0)] ?? 0) << strideBits) + (statuses[index] ?? 0)
    counts[cell] = (counts[cell] ?? 0) + 1
  }
  for (let cell = 0; cell < cells; cell++) counts[cell] = (counts[cell] ?? 0) + (counts[cellsMax + cell] ?? 0)
}
