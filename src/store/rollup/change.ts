import { assert } from '../../base/assert.ts'
import { dayMs } from '../../base/clock.ts'
import { binOf } from '../count/histogram.ts'
import type { CountedRow } from '../derived.ts'
import { absentValue, dimensionRules, dimensions, valueOfCell } from '../dimension.ts'
import { countColumns, countedColumns } from '../run/columns.ts'
import { keyOfCell, pairOf } from './cells.ts'
import { rollupDimensions } from './key.ts'

const hourMs = 3_600_000
const durationPlace = countedColumns.indexOf('install_duration')
const firstPlace = countedColumns.length - dimensions.length
const scriptPlace = firstPlace + dimensions.indexOf('script')
const success = countColumns.indexOf('success')
const firstEnded = countColumns.indexOf('failed')
/** Statuses and bins share a number with the cell they belong to. */
export const statusesMax = 8
export const binsMax = 512

/** Of what durations are kept: of runs as such, and of each script. */
export const timedDimensions = ['run', 'script'] as const

/** Dimensions that runs are counted by as they are: the two that every run has come before them. */
const fixedCount = rollupDimensions.length - dimensions.length
const isEnded = dimensions.map((name) => 'ended' in dimensionRules[name])

/** What changes in the roll-ups of one day. All numbers are differences. */
export class RollupChange {
  /** For each of `rollupDimensions`: runs by cell and status. */
  readonly cells: readonly Map<number, number>[] = rollupDimensions.map(() => new Map())
  readonly times = { run: newTimes(), script: newTimes() }

  /** Counts a run in (`by` = 1) or out (`by` = -1), in the cells of its row. */
  count(row: CountedRow, status: number, by: 1 | -1): void {
    assert(status >= 0, 'a run reads as one of the statuses')
    const pair = pairOf(Number(row[3]), Number(row[4]))
    const base = keyOfCell(absentValue, pair)
    this.#bump(0, base, status, by)
    this.#bump(1, keyOfCell(valueOfCell(hourOf(Number(row[1]))), pair), status, by)
    for (let index = 0; index < dimensions.length; index++) {
      if (isEnded[index] && status < firstEnded) continue
      this.#bump(index + fixedCount, keyOfCell(valueOfCell(row[firstPlace + index]), pair), status, by)
    }
    const seconds = row[durationPlace]
    if (status !== success || typeof seconds !== 'number' || seconds <= 0) return
    addTime(this.times.run, base, seconds, by)
    addTime(this.times.script, keyOfCell(valueOfCell(row[scriptPlace]), pair), seconds, by)
  }

  #bump(index: number, cell: number, status: number, by: number): void {
    const cells = this.cells[index]
    if (cells !== undefined) add(cells, cell * statusesMax + status, by)
  }
}

/** Durations by cell and bin, and their sums by cell. */
export type Times = { readonly bins: Map<number, number>; readonly sums: Map<number, number> }

function newTimes(): Times {
  return { bins: new Map(), sums: new Map() }
}

function addTime({ bins, sums }: Times, cell: number, seconds: number, by: number): void {
  add(bins, cell * binsMax + binOf(seconds), by)
  add(sums, cell, by * seconds)
}

function add(map: Map<number, number>, key: number, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by)
}

/** The hour of the day, from 0. */
function hourOf(at: number): number {
  return Math.floor((((at % dayMs) + dayMs) % dayMs) / hourMs)
}
