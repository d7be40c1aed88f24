import { formatDay } from '../../base/format.ts'
import { units } from '../count/bucket.ts'
import { binCount, Histogram } from '../count/histogram.ts'
import { absentValue, foldedValue } from '../dimension.ts'
import { countColumns } from '../run/columns.ts'
import { nameValue } from '../value-name.ts'
import type { Words } from '../words.ts'
import { CellReader, keyOfCell, pairOfKey, sourceOfPair, statusCount, typeOfPair, valueOfKey } from './cells.ts'
import { binsMax, statusesMax, type Times } from './change.ts'
import { DurationReader } from './durations.ts'
import { placeOfId, type RollupPlace, rollupId } from './key.ts'

/** A number that does not agree with the runs: of runs with a status, of durations in a bin, or of seconds in all. */
export type Difference = {
  readonly place: RollupPlace
  readonly cell: number
  readonly what: string
  readonly stored: number
  readonly expected: number
}

/** The same in words. `period` is the first day of the day, week or month, as 2026-01-31. */
export type RollupDifference = {
  readonly tenant: string
  readonly dimension: string
  readonly grain: string
  readonly period: string
  readonly value: string
  readonly type: string
  readonly source: string
  readonly what: string
  readonly stored: number
  readonly expected: number
}

/** The counts of one packed period that differ from what the runs give. The period itself says which values it keeps apart. */
export function* compareCounts(
  place: RollupPlace,
  blob: Uint8Array | undefined,
  expected: ReadonlyMap<number, number>,
  valuesMax: number,
): Iterable<Difference> {
  const stored = new Map<number, number>()
  if (blob !== undefined) {
    const reader = new CellReader(blob)
    while (reader.next()) {
      const counts = new Int32Array(statusCount)
      reader.addTo(counts, 0)
      for (const [status, count] of counts.entries()) add(stored, keyOfCell(reader.value, reader.pair) * statusesMax + status, count)
    }
  }
  const keep = keeperOf(blob, valuesMax)
  const folded = new Map<number, number>()
  for (const [key, count] of expected) add(folded, keep(Math.floor(key / statusesMax)) * statusesMax + (key % statusesMax), count)
  yield* compare(place, stored, folded, statusesMax, (status) => countColumns[status] ?? '')
}

/** The durations of one packed period that differ; `cells` are the counts of the same period, which say which values it keeps apart. */
export function* compareDurations(
  place: RollupPlace,
  packed: { readonly cells: Uint8Array | undefined; readonly bins: Uint8Array | undefined; readonly limit: number },
  expected: Times,
): Iterable<Difference> {
  const stored = { bins: new Map<number, number>(), sums: new Map<number, number>() }
  if (packed.bins !== undefined) {
    const reader = new DurationReader(packed.bins)
    while (reader.next()) {
      const cell = keyOfCell(reader.value, reader.pair)
      const histogram = new Histogram()
      reader.addTo(histogram)
      for (let bin = 0; bin < binCount; bin++) add(stored.bins, cell * binsMax + bin, histogram.bins[bin] ?? 0)
      add(stored.sums, cell, histogram.sum)
    }
  }
  const keep = keeperOf(packed.cells, packed.limit)
  const folded = { bins: new Map<number, number>(), sums: new Map<number, number>() }
  for (const [key, count] of expected.bins) add(folded.bins, keep(Math.floor(key / binsMax)) * binsMax + (key % binsMax), count)
  for (const [cell, seconds] of expected.sums) add(folded.sums, keep(cell), seconds)
  yield* compare(place, stored.bins, folded.bins, binsMax, (bin) => `durations in bin ${bin}`)
  yield* compare(place, stored.sums, folded.sums, 1, () => 'seconds')
}

/** The difference in the words of the dictionary. */
export function spellDifference({ place, cell, ...rest }: Difference, words: Words): RollupDifference {
  const { day, ...spelt } = spellCell(rollupId(place), cell, words)
  return { tenant: words.text('tenant', place.tenant), grain: place.grain, period: day, ...spelt, ...rest }
}

/** What a cell of a packed period counts, in the words of the dictionary. `day` is the first one of the period, as 2026-01-31. */
export function spellCell(id: number, cell: number, words: Words) {
  const place = placeOfId(id)
  const pair = pairOfKey(cell)
  const firstDay = units[place.grain].firstDay(place.period)
  return {
    day: formatDay(firstDay),
    dimension: place.dimension,
    value: nameCell(place, valueOfKey(cell), words),
    type: words.text('type', typeOfPair(pair)),
    source: words.text('repo_source', sourceOfPair(pair)),
  }
}

function nameCell({ dimension }: RollupPlace, value: number, words: Words): string {
  if (value === foldedValue) return 'other'
  if (dimension === 'run') return ''
  return dimension === 'hour' ? String(value - 2) : nameValue(dimension, value, words)
}

function* compare(
  place: RollupPlace,
  stored: ReadonlyMap<number, number>,
  expected: ReadonlyMap<number, number>,
  perCell: number,
  name: (part: number) => string,
): Iterable<Difference> {
  for (const key of new Set([...stored.keys(), ...expected.keys()])) {
    const [has, shall] = [stored.get(key) ?? 0, expected.get(key) ?? 0]
    if (has !== shall) yield { place, cell: Math.floor(key / perCell), what: name(key % perCell), stored: has, expected: shall }
  }
}

/** Where a cell counts, given the values that a packed period keeps apart. */
function keeperOf(blob: Uint8Array | undefined, valuesMax: number): (cell: number) => number {
  const values = new Set<number>()
  if (blob !== undefined) {
    const reader = new CellReader(blob)
    while (reader.next()) if (reader.value > absentValue) values.add(reader.value)
  }
  return (cell) => {
    const value = valueOfKey(cell)
    const isKept = value === absentValue || values.has(value) || values.size < valuesMax
    return isKept ? cell : keyOfCell(foldedValue, pairOfKey(cell))
  }
}

function add(map: Map<number, number>, key: number, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by)
}
