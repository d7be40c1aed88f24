import type { Column } from './codec.ts'
import { chunkRuns } from './column.ts'
import type { Selection } from './selection.ts'

/** Numbers of each value, one for each status, and one to spare, so that a place is a shift away. */
export const statusStride = 8
export const strideBits = 3
const numbersMax = 256

/** How many runs have which number of a plane and which status: `counts` by cell (number and status), `cells` names those that are not 0. */
export type PlaneCount = { readonly counts: Uint32Array; readonly cells: Uint16Array; readonly size: number }

type Counted = { counts: Uint32Array; cells: Uint16Array; size: number; bytes: Uint8Array; offset: number }

/** Counts the runs of a unit by the numbers of a plane of one byte: once for all columns that share it. */
export class PlaneCounts {
  readonly #counted: Counted[] = []
  #used = 0

  /** Forgets what was counted, for the next unit. */
  clear(): void {
    for (let index = 0; index < this.#used; index++) {
      const counted = this.#counted[index]
      if (counted === undefined) continue
      const { counts, cells, size } = counted
      for (let place = 0; place < size; place++) counts[cells[place] ?? 0] = 0
    }
    this.#used = 0
  }

  /** The counts of a column's plane. They stand until `clear`. */
  count({ bytes, offset }: Column, selection: Selection, statuses: Uint8Array): PlaneCount {
    for (let index = 0; index < this.#used; index++) {
      const known = this.#counted[index]
      if (known !== undefined && known.offset === offset && known.bytes === bytes) return known
    }
    const counted = this.#counted[this.#used] ?? newCounted()
    this.#counted[this.#used] = counted
    this.#used += 1
    counted.bytes = bytes
    counted.offset = offset
    counted.size = addUp(counted, selection, statuses)
    return counted
  }
}

function newCounted(): Counted {
  return {
    counts: new Uint32Array(numbersMax * statusStride),
    cells: new Uint16Array(chunkRuns + 1),
    size: 0,
    bytes: new Uint8Array(0),
    offset: 0,
  }
}

/** Gives the number of cells that are met. */
function addUp({ counts, cells, bytes, offset }: Counted, { places, count }: Selection, statuses: Uint8Array): number {
  let size = 0
  for (let index = 0; index < count; index++) {
    const cell = ((bytes[offset + (places[index] ?? 0)] ?? 0) << strideBits) + (statuses[index] ?? 0)
    const known = counts[cell] ?? 0
    cells[size] = cell
    size += known === 0 ? 1 : 0
    counts[cell] = known + 1
  }
  return size
}
