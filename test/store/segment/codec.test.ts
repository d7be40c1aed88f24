import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { type CellColumn, Column, encodeSegment } from '../../../src/store/segment/codec.ts'
import { chunkRuns, runsMax } from '../../../src/store/segment/column.ts'
import { numbers } from './segment-history.ts'

/** A column of `distinct` values from `least` on, `step` apart, in an order that follows from the seed. */
function columnOf(seed: number, { distinct = 1, least = 0, step = 1, isSpread = false, runs = chunkRuns }): CellColumn {
  const below = numbers(seed)
  return { cells: Float64Array.from({ length: runs }, () => least + step * below(distinct)), isSpread }
}

function readCells(segment: Uint8Array, index: number, runs: number): Float64Array {
  const column = new Column().read(segment, index)
  return Float64Array.from({ length: runs }, (_, place) => column.valueAt(place))
}

test('whatever is packed together reads back, cell by cell and by the listed values', () => {
  const column = fc.record({
    seed: fc.nat(),
    distinct: fc.constantFrom(1, 2, 3, 7, 40, 200, 700, 5_000),
    least: fc.constantFrom(0, 1, 300, 70_000),
    step: fc.constantFrom(1, 3, 900),
    isSpread: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(column, { minLength: 1, maxLength: 7 }), fc.constantFrom(chunkRuns, runsMax), (list, runs) => {
      const columns = list.map(({ seed, ...shape }) => columnOf(seed, { ...shape, runs }))
      const segment = encodeSegment(columns)
      columns.forEach(({ cells }, index) => {
        expect(readCells(segment, index, runs)).toEqual(cells)
        const read = new Column().read(segment, index)
        if (read.size > 0) for (let place = 0; place < runs; place += 97) expect(read.values[read.numberAt(place)]).toBe(cells[place])
      })
    }),
    { numRuns: 60 },
  )
})

test('times before 1970 and far apart read back', () => {
  const times = columnOf(5, { distinct: 1_000, least: -62_135_596_800_000, step: 90_000_000_000, isSpread: true })
  expect(readCells(encodeSegment([times]), 0, chunkRuns)).toEqual(times.cells)
})

test('columns of few values share a plane, and one of many lists none where that is shorter', () => {
  const few = [2, 3, 5].map((distinct, seed) => columnOf(seed, { distinct, least: 2 }))
  const many = columnOf(9, { distinct: 600, least: 2 })
  const segment = encodeSegment([...few, columnOf(4, { distinct: 1, least: 8 }), many])
  const [one, two, three, same, plain] = [0, 1, 2, 3, 4].map((index) => new Column().read(segment, index))
  expect([one?.offset, two?.offset]).toEqual([three?.offset, three?.offset])
  expect([one?.size, one?.width]).toEqual([30, 1])
  expect([same?.size, same?.width]).toEqual([1, 0])
  expect([plain?.size, plain?.width]).toEqual([0, 2])
  expect(segment.length).toBeLessThan(3 * chunkRuns + 250)
})
