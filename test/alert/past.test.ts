import { describe, expect, test } from 'bun:test'
import { openAlertFigureBook } from '../../src/access/alert-figure-book.ts'
import { openAlertMessageBook } from '../../src/access/alert-message-book.ts'
import { openAlertRuleBook } from '../../src/access/alert-rule-book.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import type { AlertMessage } from '../../src/alert/message.ts'
import { pastDays, readPast } from '../../src/alert/past.ts'
import { openPasts } from '../../src/alert/pasts.ts'
import { makeRule, type NewRule, type Rule, ruleLimits } from '../../src/alert/rule.ts'
import type { AlertSource } from '../../src/alert/source.ts'
import { keepRule, watchOnce } from '../../src/alert/watch.ts'
import { dayOf } from '../../src/base/clock.ts'
import { silentLog } from '../../src/base/log.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'
import { put, type Report, stateOf } from '../store/run-fixture.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const noon = Date.UTC(2026, 2, 2, 12)
const everyMs = 15 * minute

function ruleOf(wanted: NewRule): Rule {
  const made = makeRule(wanted, 'a')
  if (!made.ok) throw new Error(made.fault)
  return made.value
}

function place() {
  const folder = temporaryFolder()
  const clock = fakeClock(noon)
  const store = openStoreWriter(folder.file('store.db'))
  const reader = openStoreReader(folder.file('store.db'))
  const database = openAccessDatabase(folder.file('access.db'))
  const figures = openAlertFigureBook(database)
  const asked = { recent: 0 }
  const facts = { freeBytes: 50 }
  const source: AlertSource = {
    reader: {
      recentScripts: async (query) => {
        asked.recent += 1
        return reader.recentScripts(query)
      },
      analyse: async (query) => reader.analyse(query),
      errorGroups: async (tenant, fingerprints) => reader.errorGroups(tenant, fingerprints),
      totals: async (query) => reader.totals(query),
    },
    isMutedGroup: () => false,
    mirrorLag: () => 'off',
    disk: async () => ({ freeBytes: facts.freeBytes, totalBytes: 100 }),
    timer: () => undefined,
  }
  const messages = openAlertMessageBook(database)
  const rules = openAlertRuleBook(database, { clock })
  let runs = 0
  return {
    ...{ clock, source, figures, facts, asked, database },
    past: (wanted: NewRule) => readPast(ruleOf(wanted), { source, figures, now: clock.now(), everyMs }),
    run: (report: Report, count = 1) => {
      for (let n = 0; n < count; n++) put(store, runs++, stateOf(report))
    },
    add: (wanted: NewRule) => rules.put(keepRule(ruleOf(wanted)), { actor: 'cli', limits: ruleLimits }),
    look: () => watchOnce({ rules, messages, figures, source, channelNames: [], clock, log: silentLog, everyMs }),
    told: () =>
      messages
        .history('default', 1_000)
        .map(({ body }) => JSON.parse(body) as AlertMessage)
        .toReversed(),
    [Symbol.dispose]: () => {
      database.close()
      reader.close()
      store.close()
      folder[Symbol.dispose]()
    },
  }
}

type Place = ReturnType<typeof place>

/** Twenty days of runs, one an hour, with two bad times: six hours of the tenth day and two of the fifteenth. */
function fill(here: Place): void {
  const from = noon - 20 * day
  for (let n = 0; n < 20 * 24; n += 1) {
    const isBad = (n >= 240 && n < 246) || (n >= 360 && n < 362)
    here.run({ at: from + n * hour + minute, ...(isBad && { status: 'failed', exitCode: 100, error: 'no room' }) }, 4)
  }
}

describe('the past of a rule', () => {
  test.each<[string, NewRule]>([
    ['a window of three hours', { kind: 'failure_rate', threshold: 50, windowMin: 180, runsMin: 10 }],
    ['a hold', { kind: 'failure_rate', threshold: 50, windowMin: 180, runsMin: 10, holdMin: 180 }],
    ['a cooldown over both', { kind: 'failure_rate', threshold: 50, windowMin: 180, runsMin: 10, cooldownMin: 28 * 1_440 }],
    ['a threshold that none reaches', { kind: 'failure_rate', threshold: 99.5, windowMin: 1_440 }],
    ['quiet hours', { kind: 'failure_rate', threshold: 50, windowMin: 180, runsMin: 10, quiet: '9-20' }],
    ['a window of a day', { kind: 'failure_rate', threshold: 20, windowMin: 1_440 }],
    ['silence', { kind: 'no_data', threshold: 20, windowMin: 360 }],
  ])('with %s tells what the rounds told, at the same looks', async (_, wanted) => {
    using here = place()
    fill(here)
    const past = await here.past(wanted)
    here.add(wanted)
    here.clock.set(noon - 20 * day)
    while (here.clock.now() < noon) {
      here.clock.pass(past.stepMs)
      here.clock.set(here.clock.now() - 1) // A look is the last millisecond of its step.
      await here.look()
      here.clock.pass(1)
    }
    const alarms = here.told().filter(({ phase }) => phase !== 'ok')
    expect(past.firedAt).toEqual(alarms.map(({ at }) => at))
  })

  test('has the worst figure of each day, and nothing of days before the first run', async () => {
    using here = place()
    fill(here)
    const { days } = await here.past({ kind: 'failure_rate', windowMin: 180, runsMin: 10 })
    expect([days.length, days.at(-1)?.day]).toEqual([pastDays, dayOf(noon)])
    const bad = new Map(days.map(({ day: of, value }) => [of, value]))
    expect([bad.get(dayOf(noon - 10 * day)), bad.get(dayOf(noon - 7 * day)), bad.get(dayOf(noon - 25 * day))]).toEqual([100, 0, undefined])
  })

  test('counts each run once, however wide the window is', async () => {
    using here = place()
    fill(here)
    await here.past({ kind: 'failure_rate', windowMin: 1_440 })
    expect(here.asked.recent).toBeLessThan((pastDays + 2) * 24)
  })

  test('of a service without a run is none, and a young one was not silent before its first run', async () => {
    using here = place()
    expect((await here.past({ kind: 'no_data' })).since).toBeUndefined()
    here.run({ at: noon - 2 * hour }, 4)
    const past = await here.past({ kind: 'no_data' })
    expect([past.firedAt, past.since]).toEqual([[], Date.UTC(2026, 2, 2, 11) - 1])
  })

  test('knows scripts that became worse and errors that were new', async () => {
    using here = place()
    for (const [at, status] of [
      [noon - 20 * day, 'success'],
      [noon - 3 * day, 'failed'],
    ] as const)
      here.run({ nsapp: 'immich', at, status, ...(status === 'failed' && { exitCode: 1, error: 'the new trouble' }) }, 40)
    expect((await here.past({ kind: 'script_worse' })).firedAt).toHaveLength(1)
    expect((await here.past({ kind: 'new_error' })).firedAt).toHaveLength(1)
    expect((await here.past({ kind: 'new_error', threshold: 41 })).firedAt).toEqual([])
  })

  test('of the machine is what rounds saw, judged by any threshold; before the first look there is none', async () => {
    using here = place()
    expect((await here.past({ kind: 'disk_full' })).since).toBeUndefined()
    here.add({ kind: 'disk_full' })
    for (let n = 0; n < 40 * 24; n += 1) {
      here.facts.freeBytes = n % 240 < 2 ? 8 : 50
      await here.look()
      here.clock.pass(hour)
    }
    const past = await here.past({ kind: 'disk_full' })
    expect(past.firedAt).toHaveLength(here.told().filter(({ phase, at }) => phase === 'firing' && at >= here.clock.now() - 30 * day).length)
    expect(past.firedAt).toHaveLength(3)
    expect(new Set(past.days.map(({ value }) => value))).toEqual(new Set([8, 50]))
    expect((await here.past({ kind: 'disk_full', threshold: 8 })).firedAt).toEqual([])
    expect((await here.past({ kind: 'disk_full', holdMin: 180 })).firedAt).toEqual([])
    expect(here.figures.list('disk_full')).toHaveLength(30 * 24 + 1)
  })

  test('is counted without a trace, and once for however many ask', async () => {
    using here = place()
    fill(here)
    const pasts = openPasts({ source: here.source, figures: here.figures, clock: here.clock, everyMs })
    const before = here.database.serialize()
    const rule = ruleOf({ kind: 'failure_rate' })
    const first = pasts(rule)
    expect(await pasts({ ...rule })).toBe(await first)
    expect(here.database.serialize()).toEqual(before)
    const asked = here.asked.recent
    await pasts(ruleOf({ kind: 'failure_rate', threshold: 21 }))
    expect(here.asked.recent).toBeGreaterThan(asked)
    here.clock.pass(15 * minute)
    expect(await pasts(rule)).not.toBe(await first)
  })
})
