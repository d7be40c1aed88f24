import { statusCount, writePairs } from '../rollup/cells.ts'
import { ByteWriter } from '../rollup/varint.ts'

/** Numbers of each pair of a value: one for each status, and one to spare. */
export const statusStride = 8

/** Packs counts in the form of a roll-up's cells: `statusStride` for each pair of each value, both in ascending order. */
export function packCells(counts: Uint32Array, values: readonly number[], pairs: readonly number[]): Uint8Array {
  const writer = new ByteWriter()
  writePairs(writer, pairs)
  let last = 0
  for (let rank = 0; rank < values.length; rank++)
    for (let pair = 0; pair < pairs.length; pair++) {
      const first = (rank * pairs.length + pair) * statusStride
      let mask = 0
      for (let status = 0; status < statusCount; status++) if (counts[first + status] !== 0) mask |= 1 << status
      if (mask === 0) continue
      const place = (values[rank] ?? 0) * pairs.length + pair
      writer.varint(place - last)
      last = place
      writer.byte(mask)
      for (let status = 0; status < statusCount; status++) if (mask & (1 << status)) writer.varint(counts[first + status] ?? 0)
    }
  return writer.take()
}

/** Durations in the order of their cells (the rank of a value, then that of a pair) and bins. */
export type SortedDurations = {
  readonly cells: Uint32Array
  readonly bins: Int16Array
  readonly seconds: Uint32Array
  readonly values: readonly number[]
  readonly pairs: readonly number[]
}

/** Packs durations in the form of a roll-up's histograms. */
export function packDurations({ cells, bins, seconds, values, pairs }: SortedDurations): Uint8Array {
  const writer = new ByteWriter()
  const filled = new ByteWriter()
  writePairs(writer, pairs)
  let last = 0
  for (let index = 0; index < cells.length; ) {
    const cell = cells[index] ?? 0
    let sum = 0
    let lastBin = 0
    filled.clear()
    while (index < cells.length && cells[index] === cell) {
      const bin = bins[index] ?? 0
      let runs = 0
      for (; index < cells.length && cells[index] === cell && bins[index] === bin; index++) {
        runs += 1
        sum += seconds[index] ?? 0
      }
      filled.varint(bin - lastBin)
      filled.varint(runs)
      lastBin = bin
    }
    const place = (values[Math.floor(cell / pairs.length)] ?? 0) * pairs.length + (cell % pairs.length)
    writer.varint(place - last)
    last = place
    writer.varint(sum)
    writer.varint(filled.length)
    writer.append(filled)
  }
  return writer.take()
}
