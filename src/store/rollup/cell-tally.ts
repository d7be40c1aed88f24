import type { Totals } from '../count/totals.ts'
import { runsIn, totalsOf } from '../count/totals.ts'
import { absentValue } from '../dimension.ts'
import { CellReader, sourceOfPair, statusCount, typeOfPair } from './cells.ts'
import { grainOfId, periodOfId } from './key.ts'

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
const firstTable = 1_024
const firstValues = 64
const skipped = -2
const unmet = -1
const noDay = -1
/** Numbers that an entry of a map takes the room of. */
const mapCells = 4

/** Days whose runs are kept apart. */
export type TrendDays = { readonly firstDay: number; readonly days: number }

export type TallyParts = {
  readonly group?: CellGroup
  /** The value of the word `unknown`: a run that said so and one that said nothing read alike. */
  readonly unknown?: number
  readonly trend?: TrendDays
}

/** Adds up the cells of packed periods by value. */
export class CellTally {
  readonly #filter: CellFilter
  readonly #parts: TallyParts
  readonly #group: CellGroup
  readonly #unknown: number
  readonly #trend: TrendDays | undefined
  #values: number[] = []
  /** The index in `values` and one, by value; 0 for a value that was not met. */
  #table = new Uint16Array(firstTable)
  #others = new Map<number, number>()
  #periods: number[] = []
  #counts = new Float64Array(statusCount * firstValues)
  /** Runs by value and day of the trend. */
  #trends: Uint32Array

  constructor(filter: CellFilter, parts: TallyParts = {}) {
    const { group = 'value', unknown = absentValue, trend } = parts
    this.#filter = filter
    this.#parts = parts
    this.#group = group
    this.#unknown = unknown
    this.#trend = trend
    this.#trends = new Uint32Array((trend?.days ?? 0) * firstValues)
  }

  /** Another one with the same counts, to which more can be added. */
  copy(): CellTally {
    const copy = new CellTally(this.#filter, this.#parts)
    copy.#values = [...this.#values]
    copy.#table = this.#table.slice()
    copy.#others = new Map(this.#others)
    copy.#periods = [...this.#periods]
    copy.#counts = this.#counts.slice()
    copy.#trends = this.#trends.slice()
    return copy
  }

  /** The room it takes, about. */
  get bytes(): number {
    const lists = (this.#values.length + this.#periods.length + mapCells * this.#others.size) * Float64Array.BYTES_PER_ELEMENT
    return this.#table.byteLength + this.#counts.byteLength + this.#trends.byteLength + lists
  }

  /** Adds the cells of a period. Where periods come oldest first, `lastPeriod` is the newest that has a value. */
  add(blob: Uint8Array, id: number): void {
    const reader = new CellReader(blob)
    const keys = this.#keysOf(reader)
    const { status } = this.#filter
    const day = this.#trendDayOf(id)
    let value = Number.NaN
    let index = 0
    while (reader.next()) {
      const key = keys[reader.pairIndex] ?? skipped
      if (key === skipped || !reader.hasRuns(status)) continue
      const counted = key === everyValue ? reader.value : key
      if (counted !== value) {
        value = counted // Cells of one value follow each other.
        index = this.#take(this.#readAs(value, key))
        this.#periods[index] = id
      }
      const runs = reader.addTo(this.#counts, index * statusCount, status)
      if (day !== noDay) this.#addDay(index, day, runs)
    }
  }

  /** Adds a day to the trend of the values that are there, and to nothing else. */
  addTrend(blob: Uint8Array, id: number): void {
    const reader = new CellReader(blob)
    const keys = this.#keysOf(reader)
    const { status } = this.#filter
    const day = this.#trendDayOf(id)
    const counts = new Float64Array(statusCount)
    while (reader.next()) {
      const key = keys[reader.pairIndex] ?? skipped
      if (key === skipped) continue
      const index = this.#indexOf(this.#readAs(key === everyValue ? reader.value : key, key))
      if (index !== unmet && day !== noDay) this.#addDay(index, day, reader.addTo(counts, 0, status))
    }
  }

  values(): readonly number[] {
    return this.#values
  }

  /** The number of runs of a value. */
  runs(value: number): number {
    const index = this.#indexOf(value)
    return index === unmet ? 0 : runsIn(this.#counts, index * statusCount)
  }

  totals(value: number): Totals {
    const index = this.#indexOf(value)
    return index === unmet ? totalsOf([]) : totalsOf(this.#counts, index * statusCount)
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

  /** The runs of a value on each day of the trend, oldest first; nothing where none is kept. */
  trend(value: number): readonly number[] | undefined {
    const days = this.#trend?.days
    if (days === undefined) return undefined
    const index = this.#indexOf(value)
    return Array.from({ length: days }, (_, day) => (index === unmet ? 0 : (this.#trends[index * days + day] ?? 0)))
  }

  /** By loops here and below, as pages read thousands of periods. */
  #keysOf({ pairs }: CellReader): readonly number[] {
    const keys: number[] = []
    for (const pair of pairs) keys.push(this.#keyOfPair(pair))
    return keys
  }

  /** What the cells of a pair are added up by. */
  #keyOfPair(pair: number): number {
    if (!pairMatches(this.#filter, pair)) return skipped
    if (this.#group === 'value') return everyValue
    return this.#group === 'type' ? typeOfPair(pair) : sourceOfPair(pair)
  }

  #readAs(value: number, key: number): number {
    return value === this.#unknown && key === everyValue ? absentValue : value
  }

  /** The day of the trend that a period is, from 0. */
  #trendDayOf(id: number): number {
    if (this.#trend === undefined || grainOfId(id) !== 'day') return noDay
    const day = periodOfId(id) - this.#trend.firstDay
    return day < 0 || day >= this.#trend.days ? noDay : day
  }

  #addDay(index: number, day: number, runs: number): void {
    const place = index * (this.#trend?.days ?? 0) + day
    this.#trends[place] = (this.#trends[place] ?? 0) + runs
  }

  #indexOf(value: number): number {
    return (value < tableMax ? (this.#table[value] ?? 0) : (this.#others.get(value) ?? 0)) - 1
  }

  /** The index of a value, which gets one when it is first met. */
  #take(value: number): number {
    const known = this.#indexOf(value)
    if (known !== unmet) return known
    const next = this.#values.push(value)
    if (value < tableMax) this.#tableFor(value)[value] = next
    else this.#others.set(value, next)
    if (next * statusCount > this.#counts.length) this.#grow()
    return next - 1
  }

  #grow(): void {
    const counts = new Float64Array(this.#counts.length * 2)
    const trends = new Uint32Array(this.#trends.length * 2)
    counts.set(this.#counts)
    trends.set(this.#trends)
    this.#counts = counts
    this.#trends = trends
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
