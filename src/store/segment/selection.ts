import type { Column } from './codec.ts'
import { runsMax } from './column.ts'
import type { Condition } from './filter.ts'

const allowed = new Uint8Array(runsMax)

/** The places of a block that are still meant. Narrowed by one column after the other, without an allocation. */
export class Selection {
  readonly places = new Uint16Array(runsMax)
  count = 0
  /** Whether the first places are meant, which are written down only once they have to be. */
  #isWhole = false

  /** The first `count` places. Call `close` before they are read. */
  fill(count: number): void {
    this.count = count
    this.#isWhole = true
  }

  /** Writes down the places that are meant. */
  close(): void {
    if (!this.#isWhole) return
    this.#isWhole = false
    const { places, count } = this
    for (let place = 0; place < count; place++) places[place] = place
  }

  /** The places of another selection. */
  copy(other: Selection): void {
    this.places.set(other.places.subarray(0, other.count))
    this.count = other.count
  }

  /** Leaves out some places. */
  drop(left: ReadonlySet<number>): void {
    this.close()
    let count = 0
    for (let index = 0; index < this.count; index++) {
      const place = this.places[index] ?? 0
      if (!left.has(place)) this.places[count++] = place
    }
    this.count = count
  }

  /** Keeps the places whose value is allowed. */
  keepValues(column: Column, { allows, only }: Condition): void {
    if (column.size > 0) this.#keepListed(column, allows)
    else this.#keepPlain(column, allows, only)
  }

  #keepPlain(column: Column, allows: Condition['allows'], only: number | undefined): void {
    this.close()
    if (column.width <= 2 && only !== undefined) this.#keepEqual(column, only)
    else if (only !== undefined) this.keepBetween(column, only, only)
    else this.#keepPlaces((place) => allows(column.valueAt(place)))
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
    else if (this.#isWhole && column.width === 1) this.#keepFirst(column)
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
    this.close()
    let count = 0
    for (let index = 0; index < this.count; index++) {
      const place = this.places[index] ?? 0
      const value = column.valueAt(place)
      if (value >= from && value <= to) this.places[count++] = place
    }
    this.count = count
  }

  /** The same as `#keepNumbers` while no place is left out. */
  #keepFirst({ bytes, offset }: Column): void {
    const { places } = this
    const whole = this.count
    let count = 0
    for (let place = 0; place < whole; place++) {
      places[count] = place
      count += allowed[bytes[offset + place] ?? 0] ?? 0
    }
    this.count = count
    this.#isWhole = false
  }

  #keepNumbers({ bytes, offset, width, stride }: Column): void {
    this.close()
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
