import type { Column } from './codec.ts'
import { chunkRuns } from './column.ts'
import type { Condition } from './filter.ts'

const everyPlace = Uint16Array.from({ length: chunkRuns }, (_, place) => place)
const allowed = new Uint8Array(chunkRuns)

/** The places of a block that are still meant. Narrowed by one column after the other, without an allocation. */
export class Selection {
  readonly places = new Uint16Array(chunkRuns)
  count = 0

  /** Every place. */
  fill(): void {
    this.places.set(everyPlace)
    this.count = chunkRuns
  }

  /** The places of another selection. */
  copy(other: Selection): void {
    this.places.set(other.places)
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
    if (column.size === 0 && only !== undefined) this.keepBetween(column, only, only)
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

  #keepPlaces(isKept: (place: number) => boolean): void {
    let count = 0
    for (let index = 0; index < this.count; index++) {
      const place = this.places[index] ?? 0
      this.places[count] = place
      count += isKept(place) ? 1 : 0
    }
    this.count = count
  }

  /** Keeps the places whose number lies from `from` to `to`, both included. */
  keepBetween(column: Column, from: number, to: number): void {
    let count = 0
    for (let index = 0; index < this.count; index++) {
      const place = this.places[index] ?? 0
      const value = column.valueAt(place)
      if (value >= from && value <= to) this.places[count++] = place
    }
    this.count = count
  }

  #keepNumbers({ bytes, offset, width }: Column): void {
    const { places } = this
    const isWide = width > 1
    let count = 0
    for (let index = 0; index < this.count; index++) {
      const place = places[index] ?? 0
      let number = bytes[offset + place] ?? 0
      if (isWide) number += (bytes[offset + chunkRuns + place] ?? 0) << 8
      places[count] = place
      count += allowed[number] ?? 0
    }
    this.count = count
  }
}
