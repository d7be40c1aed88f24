import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { checkStoreFile } from '../../../src/store/check.ts'
import { CrossedReader } from '../../../src/store/crossed/reader.ts'
import type { StoreWriter } from '../../../src/store/port.ts'
import { analyseSegments } from '../../../src/store/segment/analysis.ts'
import { SegmentScan } from '../../../src/store/segment/scan.ts'
import { Words } from '../../../src/store/words.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { temporaryFolder } from '../folder.ts'
import { keyOf, put, type Report, stateOf } from '../run-fixture.ts'

const dayMs = 86_400_000
const first = 20_514 // 2026-03-02
const debian: Report = { osType: 'debian', nsapp: 'redis', installDuration: 60 }

describe('a day counted by the values of its dimensions', () => {
  test('is made once a run came two days later, not before', () => {
    using store = openStore()
    store.write(0, first)
    store.write(1, first + 1)
    expect(store.writer.crossDay()).toBe(false)
    store.write(2, first + 2)
    expect(store.writer.crossDay()).toBe(true)
    expect(store.days()).toEqual([first])
    expect(store.writer.crossDay()).toBe(false)
  })

  test('is made whatever order the runs came in, the newest day first', () => {
    using store = openStore()
    for (const [n, day] of [3, 0, 4, 1, 2].entries()) store.write(n, first + day)
    const made = [store.writer.crossDay() && store.days(), store.crossAll()]
    expect(made).toEqual([[first + 2], [first, first + 1, first + 2]])
  })

  test('has no rows where it has few runs', () => {
    using store = openStore({ crossedRunsMin: 2 })
    store.write(0, first)
    store.write(1, first + 2)
    expect(store.crossAll()).toEqual([])
    store.write(2, first)
    expect(store.crossAll()).toEqual([first])
  })

  test('has none for a value that few of its runs have', () => {
    using store = openStore()
    for (let n = 0; n < 40; n++) store.write(n, first, n === 0 ? { osType: 'alpine' } : debian)
    store.write(40, first + 2)
    store.crossAll()
    expect(store.rows()).toBeGreaterThan(0)
    expect(store.count({ os: 'debian' })).toEqual([39, 1])
    expect(store.count({ os: 'alpine' })).toEqual([1, 0])
  })

  test('loses its rows to a late report, a correction and a removal, and is made again under another number', () => {
    using store = openStore()
    store.write(0, first)
    store.write(1, first + 2)
    store.crossAll()
    const numbers = new Set([store.number()])
    for (const change of [
      () => store.write(9, first),
      () => store.write(0, first, { ...debian, status: 'failed', exitCode: 1 }),
      () => store.writer.remove([{ tenant: 'default', key: keyOf(9) }]),
    ]) {
      change()
      expect(store.days()).toEqual([])
      expect(store.rows()).toBe(0)
      expect(store.crossAll()).toEqual([first])
      numbers.add(store.number())
      expect(checkStoreFile(store.path).differences).toEqual([])
    }
    expect(numbers.size).toBe(4)
  })

  test('keeps its rows where a report changes nothing that is counted', () => {
    using store = openStore()
    store.write(0, first)
    store.write(1, first + 2)
    store.crossAll()
    store.write(0, first)
    expect(store.days()).toEqual([first])
  })

  test('goes with its runs and is not made again once it is sealed', () => {
    using store = openStore()
    store.write(0, first)
    store.write(1, first + 2)
    store.write(2, first + 3)
    expect(store.crossAll()).toEqual([first])
    store.writer.seal(first)
    store.writer.retire(10)
    expect(store.crossAll()).toEqual([])
  })

  test('is left out of an answer where a run changed while it was given', () => {
    using store = openStore()
    for (let n = 0; n < 5; n++) store.write(n, first)
    store.write(5, first + 2)
    store.crossAll()
    expect(store.count({ os: 'debian' }, () => store.writer.remove([{ tenant: 'default', key: keyOf(0) }]))).toEqual([4, 1])
  })

  test('is found by the check where it does not agree with its runs', () => {
    using store = openStore()
    store.write(0, first)
    store.write(1, first + 2)
    store.crossAll()
    store.run("UPDATE crossed SET cells = x'00' WHERE id = (SELECT min(id) FROM crossed)")
    const difference = { dimension: 'script', value: 'redis', period: '2026-03-02', stored: 1 }
    expect(checkStoreFile(store.path)).toMatchObject({ differing: 1, differences: [difference] })
  })

  test('is dropped where it was made in another way', () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    for (const version of [undefined, 'all another'] as const) {
      const writer = openStoreWriter(path, { crossedRunsMin: 1 })
      for (const day of [first, first + 2]) put(writer, day, stateOf({ ...debian, at: day * dayMs }))
      writer.crossDay()
      writer.close()
      if (version === undefined) continue
      const database = new Database(path)
      database.run("UPDATE fact SET value = ? WHERE name = 'derived:crossed'", [version])
      database.close()
    }
    openStoreWriter(path).close()
    const database = new Database(path, { readonly: true })
    expect(database.query('SELECT count(*) AS count FROM crossed').get()).toEqual({ count: 0 })
    database.close()
  })
})

function openStore(options = { crossedRunsMin: 1 }) {
  const folder = temporaryFolder()
  const path = folder.file('store.db')
  const writer: StoreWriter = openStoreWriter(path, options)
  const database = new Database(path)
  const read = (sql: string) => database.query<{ id: number }, []>(sql).all()
  const days = () => read('SELECT id % 4194304 - 1048576 AS id FROM crossed_day WHERE made > 0').map(({ id }) => id)
  return {
    path,
    writer,
    run: (sql: string) => void database.run(sql),
    write: (n: number, day: number, report: Report = debian) => put(writer, n, stateOf({ ...report, at: day * dayMs })),
    days,
    /** Makes every day that is open. Gives the days that are made. */
    crossAll: () => {
      while (writer.crossDay());
      return days()
    },
    /** The how manieth making the first day is. */
    number: () => read('SELECT made AS id FROM crossed_day ORDER BY id LIMIT 1')[0]?.id,
    rows: () => read('SELECT id FROM crossed').length,
    /** How many runs a filter leaves on the first days, and how many days were counted before. `during` happens while they are counted. */
    count: (filter: { readonly os: string }, during?: () => void) => {
      const words = new Words(database)
      const crossed = new CrossedReader(database, words)
      const range = { fromDay: first, toDay: first }
      const { days, state } = crossed.find('default', filter, [range])
      during?.()
      Object.assign(crossed, { find: () => ({ days, state }) })
      const { total } = analyseSegments(
        { database, words, scan: new SegmentScan(database, words), crossed },
        { tenant: 'default', range, filter, by: {} },
      )
      return [total.counts.success, days.size]
    },
    [Symbol.dispose]() {
      database.close()
      writer.close()
      folder[Symbol.dispose]()
    },
  }
}
