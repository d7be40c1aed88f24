import { Column } from './codec.ts'
import { runsMax, type SegmentColumn } from './column.ts'
import type { Condition } from './filter.ts'
import type { SegmentScan, Span } from './scan.ts'

/** Which runs are meant: those of a span that meet all conditions. */
export type Matching = { readonly conditions: readonly Condition[]; readonly span: Span }

/** How many runs match. */
export function countMatches(scan: SegmentScan, { conditions, span }: Matching): number {
  let count = 0
  scan.walk(scan.blocks(span), (block) => {
    count += scan.select(block, conditions, span)
  })
  return count
}

const counts = new Uint32Array(runsMax)

/** How many runs match, by their value in a column. */
export function countByValue(scan: SegmentScan, { conditions, span }: Matching, name: SegmentColumn): ReadonlyMap<number, number> {
  const sums = new Map<number, number>()
  const column = new Column()
  scan.walk(scan.blocks(span), (block) => {
    if (scan.select(block, conditions, span) === 0) return
    scan.read(name, column)
    const { places, count } = scan.selection
    if (column.size === 0) {
      for (let index = 0; index < count; index++) add(sums, column.valueAt(places[index] ?? 0), 1)
      return
    }
    counts.fill(0, 0, column.size)
    for (let index = 0; index < count; index++) {
      const number = column.numberAt(places[index] ?? 0)
      counts[number] = (counts[number] ?? 0) + 1
    }
    for (let number = 0; number < column.size; number++)
      if (counts[number] !== 0) add(sums, column.values[number] ?? 0, counts[number] ?? 0)
  })
  return sums
}

/** How many runs match, by pieces of time of a length. Pieces are numbered from 1970. */
export function countByTime(scan: SegmentScan, { conditions, span }: Matching, pieceMs: number): ReadonlyMap<number, number> {
  const sums = new Map<number, number>()
  scan.walk(scan.blocks(span), (block) => {
    const count = scan.select(block, conditions, span)
    if (count === 0) return
    const first = Math.floor(block.firstAt / pieceMs)
    if (first === Math.floor(block.lastAt / pieceMs)) {
      add(sums, first, count)
      return
    }
    const times = scan.read('at')
    for (let index = 0; index < count; index++) add(sums, Math.floor(times.valueAt(scan.selection.places[index] ?? 0) / pieceMs), 1)
  })
  return sums
}

function add(sums: Map<number, number>, key: number, count: number): void {
  sums.set(key, (sums.get(key) ?? 0) + count)
}
