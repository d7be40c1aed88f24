import type { Column } from './codec.ts'
import { runsMax } from './column.ts'
import type { Condition } from './filter.ts'

const allowed = new Uint8Array(runsMax)

/** The places of a block that are still meant. Narrowed by one column after the other, without an allocation. */
export class Selection {
  readonly places = new Uint16Array(runsMax)
  count = 0

  /** The first `count` places. */
  fill(count: number): void {
    const { places } = this
    for (let place = 0; place < count; place++) places[place] = place
    this.count = count
  }

  /** The places of another selection. */
  copy(other: Selection): void {
    const { places } = this
    for (let index = 0; index < other.count; index++) places[index] = other.places[index] ?? 0
    this.count = other.count
  }

  /** Leaves out some places. */
  drop(left: ReadonlySet<number>): void {
    let count = 0
    for (let index = 0; index < this.count; index++) {
      const place = this.places[index] ?? 0
      if (!left.has(place)) this.places[count++] = place
    }
    this.count = count
  }

  /** Keeps the places whose value is allowed. */
  keepValues(column: Column, { allows, only }: Condition): void {
    if (column.size === 0 && column.width <= 2 && only !== undefined) this.#keepEqual(column, only)
    else if (column.size === 0 && only !== undefined) this.keepBetween(column, only, only)
    else if (column.size === 0) this.#keepPlaces((place) => allows(column.valueAt(place)))
    else this.#keepListed(column, allows)
  }

  #keepListed(column: Column, allows: Condition['allows']): void {
    const { values } = column
    let kept = 0
    for (let number = 0; number < column.size; number++) {
      allowed[number] = allows(values[number] ?? 0) ? 1 : 0
      kept += allowed[number] ?? 0
    }
    if (kept === column.size) return
    if (kept === 0) this.count = 0
    else this.#keepNumbers(column)
  }

  #keepEqual({ bytes, offset, stride, base, width }: Column, value: number): void {
    const { places } = this
    const [low, high] = [width > 0 ? 0xff : 0, width > 1 ? 0xff : 0]
    const wanted = value - base
    let count = 0
    for (let index = 0; index < this.count; index++) {
      const place = places[index] ?? 0
      const at = offset + place
      const number = ((bytes[at] ?? 0) & low) + (((bytes[at + stride] ?? 0) & high) << 8)
      places[count] = place
      count += number === wanted ? 1 : 0
    }
    this.count = count
  }

  #keepPlaces(isKept: (place: number) => boolean): void {
    let count = 0
    for (let index = 0; index < this.count; index++) {
      const place = this.places[index] ?? 0
      this.places[count] = place
      count += isKept(place) ? 1 : 0
    }
    this.count = count
  }

  /** Keeps the places whose value lies from `from` to `to`, both included. */
  keepBetween(column: Column, from: number, to: number): void {
    let count = 0
    for (let index = 0; index < this.count; index++) {
      const place = this.places[index] ?? 0
      const value = column.valueAt(place)
      if (value >= from && value <= to) this.places[count++] = place
    }
    this.count = count
  }

  #keepNumbers({ bytes, offset, width, stride }: Column): void {
    const { places } = this
    const isWide = width > 1
    let count = 0
    for (let index = 0; index < this.count; index++) {
      const place = places[index] ?? 0
      let number = bytes[offset + place] ?? 0
      if (isWide) number += (bytes[offset + stride + place] ?? 0) << 8
      places[count] = place
      count += allowed[number] ?? 0
    }
    this.count = count
  }
}
