import { countLeading } from '../../base/search.ts'
import { Column } from '../segment/codec.ts'
import type { SegmentColumn } from '../segment/column.ts'
import type { Matching } from '../segment/count.ts'
import { rowidAt, type SegmentScan, type Span } from '../segment/scan.ts'
import type { Block } from '../segment/source.ts'

/** A run's place in the order of lists: by time, and among runs of one moment by rowid. */
export type RunPlace = { readonly at: number; readonly id: number }
export type ValuedPlace = RunPlace & { readonly value: number }

/** Older runs first. */
export function comparePlaces(left: RunPlace, right: RunPlace): number {
  return left.at - right.at || left.id - right.id
}

/** Every run that matches, in no order, with its value in a column. */
export function collectPlaces(scan: SegmentScan, { conditions, span }: Matching, name: SegmentColumn): ValuedPlace[] {
  const found: ValuedPlace[] = []
  const values = new Column()
  const times = new Column()
  scan.walk(scan.blocks(span), (block) => {
    if (scan.select(block, conditions, span) === 0) return
    scan.read(name, values)
    scan.read('at', times)
    const { places, count } = scan.selection
    for (let index = 0; index < count; index++) {
      const place = places[index] ?? 0
      found.push({ at: times.valueAt(place), id: rowidAt(block, place), value: values.valueAt(place) })
    }
  })
  return found
}

/** Offers the runs that match to `nearest`, the nearest blocks first, and stops as soon as no other can hold one that belongs there. */
export function collectNearest(scan: SegmentScan, { conditions, span }: Matching, nearest: Nearest): void {
  const asked = nearest.narrow(span)
  const blocks = [...scan.blocks(asked)].sort((left, right) => nearest.compareBlocks(left, right))
  scan.walk(blocks, (block) => {
    if (!nearest.wants(block)) return true
    if (scan.select(block, conditions, asked) === 0) return false
    const times = scan.read('at')
    const { places, count } = scan.selection
    for (let index = 0; index < count; index++) {
      const place = places[nearest.isTowardsOlder ? count - 1 - index : index] ?? 0 // Nearly in the order of time: most of what follows is too far.
      nearest.offer(times.valueAt(place), rowidAt(block, place))
    }
    return false
  })
}

/** The first places beyond a cursor, in one direction of time. */
export class Nearest {
  readonly #max: number
  readonly #sign: 1 | -1
  readonly #cursor: RunPlace | undefined
  /** Nearest first. */
  readonly places: RunPlace[] = []

  /** `sign` is 1 towards newer runs, -1 towards older ones. */
  constructor(max: number, sign: 1 | -1, cursor: RunPlace | undefined) {
    this.#max = max
    this.#sign = sign
    this.#cursor = cursor
  }

  get isTowardsOlder(): boolean {
    return this.#sign === -1
  }

  /** The part of a span that lies on this side of the cursor. */
  narrow({ from, to }: Span): Span {
    if (this.#cursor === undefined) return { from, to }
    const { at } = this.#cursor
    return this.#sign === 1 ? { from: Math.max(from, at), to } : { from, to: Math.min(to, at) }
  }

  /** Blocks that begin nearest come first. */
  compareBlocks(left: Block, right: Block): number {
    return this.#sign === 1 ? left.firstAt - right.firstAt : right.lastAt - left.lastAt
  }

  /** Whether a block may hold a place that belongs here. */
  wants({ firstAt, lastAt }: Block): boolean {
    const farthest = this.#farthest()
    return farthest === undefined || this.#sign * ((this.#sign === 1 ? firstAt : lastAt) - farthest.at) <= 0
  }

  offer(at: number, id: number): void {
    if (this.#cursor !== undefined && this.#compare(at, id, this.#cursor) <= 0) return
    const farthest = this.#farthest()
    if (farthest !== undefined && this.#compare(at, id, farthest) >= 0) return
    const before = countLeading(this.places.length, (number) => {
      const there = this.places[number]
      return there !== undefined && this.#compare(at, id, there) > 0
    })
    this.places.splice(before, 0, { at, id })
    if (this.places.length > this.#max) this.places.pop()
  }

  /** The last place, once there are as many as are wanted. */
  #farthest(): RunPlace | undefined {
    return this.places[this.#max - 1]
  }

  #compare(at: number, id: number, other: RunPlace): number {
    return this.#sign * (at - other.at || id - other.id)
  }
}
