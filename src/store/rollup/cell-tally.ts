import { runsIn, totalsOf } from '../count/totals.ts'
import { absentValue } from '../dimension.ts'
import type { Totals } from '../reader-port.ts'
import { CellReader, sourceOfPair, statusCount, typeOfPair } from './cells.ts'

/** Which cells count, by the codes of their type and source, and which of their counts. What is absent filters nothing. */
export type CellFilter = { readonly type?: number; readonly source?: number; readonly status?: number }

/** What cells are added up by: their value, or the type or source that they all have. */
export type CellGroup = 'value' | 'type' | 'source'

/** Whether cells of a type and source count. */
export function pairMatches({ type, source }: CellFilter, pair: number): boolean {
  return (type === undefined || typeOfPair(pair) === type) && (source === undefined || sourceOfPair(pair) === source)
}

/** Adds up the cells of packed periods by value. */
export class CellTally {
  readonly #filter: CellFilter
  readonly #group: CellGroup
  readonly #unknown: number
  readonly #places = new Map<number, number>()
  readonly #periods: number[] = []
  #counts = new Float64Array(statusCount * 16)

  /** `unknown` is the value of the word `unknown`: a run that said so and one that said nothing read alike. */
  constructor(filter: CellFilter, group: CellGroup = 'value', unknown = absentValue) {
    this.#filter = filter
    this.#group = group
    this.#unknown = unknown
  }

  /** Adds the cells of a period. Where periods come oldest first, `lastPeriod` is the newest that has a value. */
  add(blob: Uint8Array, id: number): void {
    const reader = new CellReader(blob)
    const keys = reader.pairs.map((pair) => this.#keyOfPair(pair))
    const { status } = this.#filter
    while (reader.next()) {
      const key = keys[reader.pairIndex]
      if (key === undefined || !reader.hasRuns(status)) continue
      const place = this.#placeOf(key === everyValue ? this.#named(reader.value) : key)
      reader.addTo(this.#counts, place, status)
      this.#periods[place / statusCount] = id
    }
  }

  values(): readonly number[] {
    return [...this.#places.keys()]
  }

  /** The number of runs of a value. */
  runs(value: number): number {
    const place = this.#places.get(value)
    return place === undefined ? 0 : runsIn(this.#counts, place)
  }

  totals(value: number): Totals {
    const place = this.#places.get(value)
    return place === undefined ? totalsOf([]) : totalsOf(this.#counts, place)
  }

  /** The rowid of the period added last that has runs of a value. */
  lastPeriod(value: number): number | undefined {
    const place = this.#places.get(value)
    return place === undefined ? undefined : this.#periods[place / statusCount]
  }

  /** What the cells of a pair are added up by; nothing when the filter leaves them out. */
  #keyOfPair(pair: number): number | undefined {
    if (!pairMatches(this.#filter, pair)) return undefined
    if (this.#group === 'value') return everyValue
    return this.#group === 'type' ? typeOfPair(pair) : sourceOfPair(pair)
  }

  #named(value: number): number {
    return value === this.#unknown ? absentValue : value
  }

  #placeOf(value: number): number {
    const known = this.#places.get(value)
    if (known !== undefined) return known
    const place = this.#places.size * statusCount
    this.#places.set(value, place)
    if (place + statusCount > this.#counts.length) {
      const larger = new Float64Array(this.#counts.length * 2)
      larger.set(this.#counts)
      this.#counts = larger
    }
    return place
  }
}

/** Stands for the value of each cell itself. */
const everyValue = -1
