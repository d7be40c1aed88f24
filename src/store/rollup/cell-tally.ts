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

/** Values below it find their place in a table, others in a map. */
const tableMax = 16_384
const firstTable = 256
const skipped = -2

/** Adds up the cells of packed periods by value. */
export class CellTally {
  readonly #filter: CellFilter
  readonly #group: CellGroup
  readonly #unknown: number
  readonly #values: number[] = []
  /** The index in `values` and one, by value; 0 for a value that was not met. */
  #table = new Uint16Array(firstTable)
  readonly #others = new Map<number, number>()
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
    const keys: number[] = [] // By a loop, as pages read thousands of periods.
    for (const pair of reader.pairs) keys.push(this.#keyOfPair(pair))
    const { status } = this.#filter
    let value = Number.NaN
    let index = 0
    while (reader.next()) {
      const key = keys[reader.pairIndex] ?? skipped
      if (key === skipped || !reader.hasRuns(status)) continue
      const counted = key === everyValue ? reader.value : key
      if (counted !== value) {
        value = counted // Cells of one value follow each other.
        index = this.#take(value === this.#unknown && key === everyValue ? absentValue : value)
      }
      reader.addTo(this.#counts, index * statusCount, status)
      this.#periods[index] = id
    }
  }

  values(): readonly number[] {
    return this.#values
  }

  /** The number of runs of a value. */
  runs(value: number): number {
    const index = this.#indexOf(value)
    return index === -1 ? 0 : runsIn(this.#counts, index * statusCount)
  }

  totals(value: number): Totals {
    return this.sum([value])
  }

  /** The counts of several values as those of one. */
  sum(values: readonly number[]): Totals {
    const sum = new Float64Array(statusCount)
    for (const value of values) {
      const place = this.#indexOf(value) * statusCount
      if (place >= 0)
        for (let status = 0; status < statusCount; status++) sum[status] = (sum[status] ?? 0) + (this.#counts[place + status] ?? 0)
    }
    return totalsOf(sum)
  }

  /** The rowid of the period added last that has runs of a value. */
  lastPeriod(value: number): number | undefined {
    return this.#periods[this.#indexOf(value)]
  }

  /** What the cells of a pair are added up by. */
  #keyOfPair(pair: number): number {
    if (!pairMatches(this.#filter, pair)) return skipped
    if (this.#group === 'value') return everyValue
    return this.#group === 'type' ? typeOfPair(pair) : sourceOfPair(pair)
  }

  #indexOf(value: number): number {
    return (value < tableMax ? (this.#table[value] ?? 0) : (this.#others.get(value) ?? 0)) - 1
  }

  /** The index of a value, which gets one when it is first met. */
  #take(value: number): number {
    const known = this.#indexOf(value)
    if (known !== -1) return known
    const next = this.#values.push(value)
    if (value < tableMax) this.#tableFor(value)[value] = next
    else this.#others.set(value, next)
    if (next * statusCount > this.#counts.length) {
      const larger = new Float64Array(this.#counts.length * 2)
      larger.set(this.#counts)
      this.#counts = larger
    }
    return next - 1
  }

  #tableFor(value: number): Uint16Array {
    if (value < this.#table.length) return this.#table
    let length = this.#table.length
    while (length <= value) length *= 2
    const larger = new Uint16Array(length)
    larger.set(this.#table)
    this.#table = larger
    return larger
  }
}

/** Stands for the value of each cell itself. */
const everyValue = -1
