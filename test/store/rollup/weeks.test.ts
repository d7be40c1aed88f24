import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { weekOfDay } from '../../../src/store/count/week.ts'
import { checkRollups } from '../../../src/store/rollup/check.ts'
import { grainOfId, periodOfId, type RollupDimension, rollupId } from '../../../src/store/rollup/key.ts'
import { openStoreReader } from '../../../src/store/sqlite-reader.ts'
import { Words } from '../../../src/store/words.ts'
import { openStoreWriter } from '../../../src/store/writer.ts'
import { temporaryFolder } from '../folder.ts'
import { keyOf, put, type Report, stateOf } from '../run-fixture.ts'

const dayMs = 86_400_000
const monday = 20_514 // 2026-03-02

describe('a week of the roll-ups', () => {
  test('is added up once a run comes two days after its end, not before', () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    write(path, [{ day: monday }, { day: monday + 6 }, { day: monday + 7 }])
    expect(weeksOf(path)).toEqual([])
    write(path, [{ day: monday }, { day: monday + 6 }, { day: monday + 7 }, { day: monday + 8 }])
    expect(weeksOf(path)).toEqual([weekOfDay(monday)])
  })

  test('changes with its days from then on: late runs, corrections and removals, also of values that a day does not keep apart', () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    const valuesMax = { script: 1, os: 1 }
    const [redis, minio] = ['redis', 'minio'].map((nsapp) => ({ nsapp, osType: nsapp, installDuration: 60 }))
    write(path, [{ day: monday, ...redis }, { day: monday, ...minio }, { day: monday + 1, ...minio }, { day: monday + 9 }], valuesMax)
    const store = openStoreWriter(path, { valuesMax })
    put(store, 0, stateOf({ at: monday * dayMs, ...redis, status: 'failed', exitCode: 1 }))
    put(store, 1, stateOf({ at: monday * dayMs, ...redis }))
    put(store, 20, stateOf({ at: (monday + 1) * dayMs, ...redis }))
    put(store, 21, stateOf({ at: (monday + 5) * dayMs, ...minio, installDuration: 90 }))
    store.remove([{ tenant: 'default', key: keyOf(2) }])
    store.close()
    expect(weeksOf(path)).toEqual([weekOfDay(monday)])
    expect(checkOf(path, valuesMax).differences).toEqual([])
  })

  test('is read from its days where it has no row', () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    const days = [monday - 7, monday - 7, monday, monday + 3, monday + 7, monday + 20, monday + 20] // A batch adds up one week.
    write(
      path,
      days.map((day) => ({ day, nsapp: `script-${day % 2}`, installDuration: 60 })),
    )
    expect(weeksOf(path)).toHaveLength(3)
    const whole = ask(path)
    expect(whole.total.counts.success).toBe(5)
    for (const week of weeksOf(path)) {
      forget(path, week)
      expect(ask(path)).toEqual(whole)
    }
    expect(weeksOf(path)).toEqual([])
  })

  test('is added up again once it has no row and a run of a newer day comes', () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    write(path, [{ day: monday }, { day: monday + 9 }])
    forget(path, weekOfDay(monday))
    write(path, [{ day: monday }, { day: monday + 9 }, { day: monday + 10 }])
    expect(weeksOf(path)).toEqual([weekOfDay(monday)])
  })

  test('is found by the check where it is not the sum of its days', () => {
    using folder = temporaryFolder()
    const path = folder.file('store.db')
    write(path, [{ day: monday }, { day: monday + 1 }, { day: monday + 9 }])
    expect(checkOf(path).differences).toEqual([])
    remove(path, 'rollup', [idOf('platform', weekOfDay(monday))])
    const difference = { dimension: 'platform', grain: 'week', period: '2026-03-02', what: 'success', stored: 0, expected: 2 }
    expect(checkOf(path).differences).toMatchObject([difference])
  })
})

type DayRun = Report & { readonly day: number }

/** Writes runs, each in a batch of its own, over those that are there. */
function write(path: string, runs: readonly DayRun[], valuesMax = {}): void {
  const store = openStoreWriter(path, { valuesMax })
  for (const [n, { day, ...report }] of runs.entries()) put(store, n, stateOf({ ...report, at: day * dayMs }))
  store.close()
}

function ask(path: string) {
  const reader = openStoreReader(path)
  const range = { fromDay: monday - 9, toDay: monday + 14 }
  const by = { script: 9, type: 9, error: 9 }
  const answer = reader.analyse({ tenant: 'default', range, previous: range, filter: {}, by, grain: 'week', trendDays: 3 })
  reader.close()
  return answer
}

const idOf = (dimension: RollupDimension, week: number) => rollupId({ tenant: 1, dimension, grain: 'week', period: week })

/** The weeks that are added up, oldest first. */
function weeksOf(path: string): readonly number[] {
  const weeks = weekIds(path, 'rollup').filter((id) => id === idOf('run', periodOfId(id)))
  return weeks.map(periodOfId)
}

function weekIds(path: string, table: 'rollup' | 'rollup_duration'): readonly number[] {
  const database = new Database(path, { readonly: true })
  const rows = database.query<{ id: number }, []>(`SELECT id FROM ${table} ORDER BY id`).all()
  database.close()
  return rows.map(({ id }) => id).filter((id) => grainOfId(id) === 'week')
}

/** Removes a week behind the back of the store. */
function forget(path: string, week: number): void {
  for (const table of ['rollup', 'rollup_duration'] as const)
    remove(
      path,
      table,
      weekIds(path, table).filter((id) => periodOfId(id) === week),
    )
}

function remove(path: string, table: string, ids: readonly number[]): void {
  const database = new Database(path)
  for (const id of ids) database.run(`DELETE FROM ${table} WHERE id = ?`, [id])
  database.close()
}

function checkOf(path: string, valuesMax = {}) {
  const database = new Database(path, { readonly: true })
  const check = checkRollups(database, new Words(database), valuesMax)
  database.close()
  return check
}
