import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { CellTally } from '../../../src/store/rollup/cell-tally.ts'
import { Cells, pairOf } from '../../../src/store/rollup/cells.ts'
import { KeptTallies } from '../../../src/store/rollup/kept-tally.ts'
import { type PackedPeriod, rollupId } from '../../../src/store/rollup/key.ts'

const daysMax = 6
/** Beyond what a tally has a table for as well. */
const values = [0, 1, 2, 70, 20_000]
const idOf = (day: number) => rollupId({ tenant: 1, dimension: 'script', grain: 'day', period: day })

/** The runs of some days, counted as the store counts them. */
class Days {
  readonly #cells = Array.from({ length: daysMax }, () => new Cells(undefined, 1_000))

  add(day: number, value: number, status: number): void {
    this.#cells[day]?.add(value, pairOf(1, 1), status, 1)
  }

  periods(from: number, to: number): readonly PackedPeriod[] {
    return this.#cells.map((cells, day) => ({ id: idOf(day), blob: cells.encode() })).slice(from, to + 1)
  }
}

const day = fc.integer({ min: 0, max: daysMax - 1 })
const step = fc.record({
  runs: fc.array(fc.record({ day, value: fc.constantFrom(...values), status: fc.integer({ min: 0, max: 6 }) }), { maxLength: 3 }),
  from: day,
  to: day,
  isFollowed: fc.boolean(),
})

function told(tally: CellTally) {
  return values.map((value) => [tally.totals(value), tally.lastPeriod(value), tally.trend(value)])
}

describe('kept sums', () => {
  test('say what all periods added up anew say, whatever changed in between and however little is kept', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.constantFrom(0, 3_000, 1_000_000), (steps, keptBytesMax) => {
        const days = new Days()
        const kept = new KeptTallies({ packedBytesMin: 0, keptBytesMax })
        for (const { runs, from, to, isFollowed } of steps) {
          for (const run of runs) days.add(run.day, run.value, run.status)
          const periods = days.periods(from, to)
          const begin = () => new CellTally({}, isFollowed ? { trend: { firstDay: 1, days: 4 } } : {})
          const plain = begin()
          for (const { blob, id } of periods) plain.add(blob, id)
          expect(told(kept.sum(String(isFollowed), periods, begin))).toEqual(told(plain))
        }
      }),
    )
  })

  test('are used again while only the last period changes, and made anew once another does', () => {
    const days = new Days()
    for (let each = 0; each < daysMax; each += 1) days.add(each, 1, 3)
    const kept = new KeptTallies({ packedBytesMin: 0, keptBytesMax: 1_000_000 })
    let begun = 0
    const ask = () =>
      kept.sum('runs', days.periods(0, daysMax - 1), () => {
        begun += 1
        return new CellTally({})
      })
    const counts = [ask(), ask()].map((tally) => tally.runs(1))
    days.add(daysMax - 1, 1, 3)
    counts.push(ask().runs(1))
    expect([counts, begun]).toEqual([[6, 6, 7], 1])
    days.add(2, 1, 3)
    expect([ask().runs(1), begun]).toEqual([8, 2])
  })

  test('go where there is no room, those asked for last at the end', () => {
    const days = new Days()
    for (let each = 0; each < daysMax; each += 1) days.add(each, 1, 3)
    const { bytes } = new CellTally({})
    const kept = new KeptTallies({ packedBytesMin: 0, keptBytesMax: 2.5 * bytes })
    const begun: string[] = []
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b'])
      kept.sum(name, days.periods(0, 3), () => {
        begun.push(name)
        return new CellTally({})
      })
    expect(begun).toEqual(['a', 'b', 'c', 'b'])
  })

  test('are nothing to whoever adds to one that was given', () => {
    const days = new Days()
    for (let each = 0; each < daysMax; each += 1) days.add(each, 20_000, 3)
    const kept = new KeptTallies({ packedBytesMin: 0, keptBytesMax: 1_000_000 })
    const ask = () => kept.sum('runs', days.periods(0, 2), () => new CellTally({}))
    const [more] = days.periods(4, 4)
    for (let round = 0; round < 3; round += 1) {
      const tally = ask()
      expect(tally.runs(20_000)).toBe(3)
      tally.add(more?.blob ?? new Uint8Array(), idOf(4))
    }
  })
})
