import { describe, expect, test } from 'bun:test'
import { openAlertFigureBook } from '../../src/access/alert-figure-book.ts'
import { openAlertMessageBook } from '../../src/access/alert-message-book.ts'
import { type AlertRuleBook, openAlertRuleBook } from '../../src/access/alert-rule-book.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import { createAlertDesk } from '../../src/alert/alert-desk.ts'
import type { TimerFacts } from '../../src/alert/judge.ts'
import type { AlertMessage } from '../../src/alert/message.ts'
import { hourLimits } from '../../src/alert/room.ts'
import { makeRule, type NewRule, ruleLimits, settingRuleId } from '../../src/alert/rule.ts'
import type { AlertSource } from '../../src/alert/source.ts'
import { keepRule, keptRules, keptStates, seedRules, watchOnce } from '../../src/alert/watch.ts'
import { silentLog } from '../../src/base/log.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'
import { put, type Report, stateOf } from '../store/run-fixture.ts'

const minute = 60_000
const day = 1_440 * minute
const noon = Date.UTC(2026, 2, 2, 12)
const everyMs = 15 * minute
const daily = (after: number) => after + day

function place() {
  const folder = temporaryFolder()
  const clock = fakeClock(noon)
  const store = openStoreWriter(folder.file('store.db'))
  const reader = openStoreReader(folder.file('store.db'))
  let database = openAccessDatabase(folder.file('access.db'))
  const facts = {
    lag: undefined as number | 'off' | undefined,
    disk: { freeBytes: 50, totalBytes: 100 },
    timers: {} as Record<string, TimerFacts>,
  }
  const muted = new Set<string>()
  const source: AlertSource = {
    reader: {
      recentScripts: async (query) => reader.recentScripts(query),
      analyse: async (query) => reader.analyse(query),
      errorGroups: async (tenant, fingerprints) => reader.errorGroups(tenant, fingerprints),
      totals: async (query) => reader.totals(query),
    },
    isMutedGroup: (_, fingerprint) => muted.has(fingerprint),
    mirrorLag: () => facts.lag,
    disk: async () => facts.disk,
    timer: (name) => facts.timers[name],
  }
  let runs = 0
  const open = () => ({
    rules: openAlertRuleBook(database, { clock }),
    messages: openAlertMessageBook(database),
    figures: openAlertFigureBook(database),
  })
  const look = () => watchOnce({ ...open(), source, channelNames: ['mail'], clock, log: silentLog, everyMs })
  const told = (tenant = 'default') =>
    open()
      .messages.history(tenant, 100)
      .toReversed()
      .map(({ body }) => JSON.parse(body) as AlertMessage)
  return {
    ...{ clock, facts, muted, source, open, look, told },
    add: (wanted: NewRule, id = 'a') => {
      const made = makeRule(wanted, id)
      if (!made.ok) throw new Error(made.fault)
      open().rules.put(keepRule(made.value), { actor: 'cli', limits: ruleLimits })
    },
    run: (report: Report, count = 1) => {
      for (let n = 0; n < count; n++) put(store, runs++, stateOf(report))
    },
    runOf: (tenant: string, report: Report, count: number) => {
      for (let n = 0; n < count; n++) put(store, runs++, stateOf(report), tenant)
    },
    list: () => createAlertDesk({ ...open(), clock, actor: 'cli', test: async () => undefined }).listAlerts(),
    restart: () => {
      database.close()
      database = openAccessDatabase(folder.file('access.db'))
    },
    [Symbol.dispose]: () => {
      database.close()
      reader.close()
      store.close()
      folder[Symbol.dispose]()
    },
  }
}

describe('the window of a rule', () => {
  test('P15 a failure rate over the threshold is told, over a window that slides past midnight', async () => {
    using here = place()
    here.add({ kind: 'failure_rate', source: 'ProxmoxVE', threshold: 20, windowMin: 60 })
    here.clock.set(Date.UTC(2026, 2, 3, 0, 5))
    here.run({ status: 'success', at: here.clock.now() - 61 * minute }, 100)
    here.run({ status: 'success', at: here.clock.now() - 10 * minute }, 8)
    here.run({ status: 'failed', exitCode: 100, at: here.clock.now() - 10 * minute }, 3)
    expect(await here.look()).toBe(1)
    expect(here.told()[0]).toMatchObject({ phase: 'firing', value: (3 / 11) * 100 })
    here.clock.pass(everyMs)
    expect(await here.look()).toBe(0)
    here.run({ status: 'success', at: here.clock.now() }, 40)
    expect(await here.look()).toBe(1)
    expect(here.told().map(({ phase }) => phase)).toEqual(['firing', 'ok'])
  })

  test('counts only the source and the script of the rule', async () => {
    using here = place()
    here.add({ kind: 'failure_rate', source: 'ProxmoxVED', script: 'immich' })
    here.run({ status: 'failed', exitCode: 1, repoSource: 'ProxmoxVE', nsapp: 'immich', at: noon }, 20)
    here.run({ status: 'failed', exitCode: 1, repoSource: 'ProxmoxVED', nsapp: 'alpine', at: noon }, 20)
    expect(await here.look()).toBe(0)
    here.run({ status: 'failed', exitCode: 1, repoSource: 'ProxmoxVED', nsapp: 'immich', at: noon }, 20)
    expect(await here.look()).toBe(1)
  })
})

describe('each kind of rule', () => {
  test('finds the script that fails more than in its own past four weeks, and no other', async () => {
    using here = place()
    here.add({ kind: 'script_worse' })
    for (const nsapp of ['immich', 'flaky']) {
      here.run({ nsapp, at: noon - 5 * day }, nsapp === 'immich' ? 90 : 50)
      here.run({ nsapp, status: 'failed', exitCode: 1, at: noon - 5 * day }, nsapp === 'immich' ? 10 : 50)
      here.run({ nsapp, at: noon - minute }, 20)
      here.run({ nsapp, status: 'failed', exitCode: 1, at: noon - minute }, 20)
    }
    expect(await here.look()).toBe(1)
    expect(here.told()[0]).toMatchObject({
      subject: 'immich',
      title: 'Alert: a script fails more than usual (immich), 50.0 % instead of 10.0 %',
    })
  })

  test('finds a new error among more groups than one answer describes, each with more runs', async () => {
    using here = place()
    here.add({ kind: 'new_error', threshold: 3 })
    const isOdd = (group: number) => group % 2 === 1
    const error = (group: number) =>
      `no ${'abcdefghij'[group % 10]}${'klmnopqrst'[Math.floor(group / 10) % 10]}${'uvwxyz'[Math.floor(group / 100)]} here`
    for (let group = 0; group < 590; group += 1) {
      here.run({ status: 'failed', exitCode: 1, error: error(group), at: noon - 9 * day })
      here.run({ status: 'failed', exitCode: 1, error: error(group), at: isOdd(group) ? noon - minute : noon - day + minute }, 4)
    }
    expect(await here.look()).toBe(0)
    here.run({ status: 'failed', exitCode: 7, error: 'brand new trouble', at: noon }, 3)
    expect(await here.look()).toBe(1)
    expect(here.told()[0]?.summary).toBe('brand new trouble')
  })

  test('tells of a new error with its cloaked text once, and not of muted or old ones', async () => {
    using here = place()
    here.add({ kind: 'new_error', threshold: 2 })
    here.run({ status: 'failed', exitCode: 1, error: 'old trouble with the lock', at: noon - 3 * day }, 3)
    here.run({ status: 'failed', exitCode: 1, error: 'old trouble with the lock', at: noon }, 3)
    here.run({ status: 'failed', exitCode: 7, error: 'brand new trouble', at: noon }, 1)
    expect(await here.look()).toBe(0)
    here.run({ status: 'failed', exitCode: 7, error: 'brand new trouble', trace: 'a trace that stays here', at: noon }, 1)
    expect(await here.look()).toBe(1)
    expect(here.told()[0]?.summary).toBe('brand new trouble')
    expect(JSON.stringify(here.told())).not.toContain('a trace that stays here')
    here.clock.pass(2 * day)
    expect(await here.look()).toBe(0) // Nobody wants to hear that a new error is new no longer.
    here.run({ status: 'failed', exitCode: 9, error: 'another new trouble', at: here.clock.now() }, 2)
    const [group] = await hereGroups(here.source, here.clock.now())
    here.muted.add(group ?? '')
    expect(await here.look()).toBe(0)
  })

  test('tells nobody of a new error of quiet hours that somebody muted in them', async () => {
    using here = place()
    here.clock.set(Date.UTC(2026, 2, 2, 23))
    here.add({ kind: 'new_error', threshold: 2, windowMin: 60, quiet: '22-6' })
    here.run({ status: 'failed', exitCode: 7, error: 'brand new trouble', at: here.clock.now() }, 2)
    expect(await here.look()).toBe(0)
    const [group] = await hereGroups(here.source, here.clock.now())
    here.muted.add(group ?? '')
    here.clock.pass(8 * 60 * minute)
    expect(await here.look()).toBe(0)
    here.muted.clear()
    expect(await here.look()).toBe(0)
  })

  test.each(['failure_rate', 'script_worse', 'new_error', 'disk_full'] as const)(
    'of kind %s has no data until it is looked at, and one state from then on',
    async (kind) => {
      using here = place()
      here.add({ kind, windowMin: 60 })
      expect(await here.list()).toMatchObject([{ worst: 'no_data', reason: 'not looked at yet', subjects: [] }])
      here.run({ at: noon, nsapp: 'immich' }, 20)
      await here.look()
      const [looked] = await here.list()
      expect(looked).toMatchObject({ worst: 'ok', since: noon, subjects: [] })
      expect(looked).not.toHaveProperty('reason')
    },
  )

  test('tells that no runs arrive, but not before the first one', async () => {
    using here = place()
    here.add({ kind: 'no_data', windowMin: 60 })
    expect(await here.look()).toBe(0)
    here.run({ at: noon })
    here.clock.pass(61 * minute)
    expect(await here.look()).toBe(1)
    here.run({ at: here.clock.now() })
    here.clock.pass(minute)
    expect(await here.look()).toBe(1)
    expect(here.told().map(({ phase }) => phase)).toEqual(['no_data', 'ok'])
  })

  test('tells of runs without an end, a mirror that is behind, a full disk, a failed backup and damage', async () => {
    using here = place()
    here.add({ kind: 'stuck_runs', threshold: 2 }, 'stuck')
    here.add({ kind: 'mirror_behind', threshold: 10 }, 'mirror')
    here.add({ kind: 'disk_full' }, 'disk')
    here.add({ kind: 'backup_failed' }, 'backup')
    here.add({ kind: 'integrity_failed' }, 'integrity')
    here.run({ status: 'installing', at: noon - 60 * minute }, 5)
    expect(await here.look()).toBe(0)
    here.run({ status: 'installing', at: noon - 180 * minute }, 2)
    const timers = {
      backup: { nextAt: daily, doneAt: noon - day, failedRuns: 1 },
      sums: { nextAt: daily, doneAt: noon - 3 * day, failedRuns: 0 },
    }
    Object.assign(here.facts, { lag: 10, disk: { freeBytes: 5, totalBytes: 100 }, timers })
    expect(await here.look()).toBe(5)
    expect(
      here
        .told()
        .map(({ rule }) => rule)
        .toSorted(),
    ).toEqual(['backup', 'disk', 'integrity', 'mirror', 'stuck'])
  })

  test('says of a mirror and of backups that are off that there is nothing to watch, at once and to nobody', async () => {
    using here = place()
    here.add({ kind: 'mirror_behind', holdMin: 30 }, 'mirror')
    here.add({ kind: 'backup_failed', holdMin: 30 }, 'backup')
    here.facts.lag = 'off'
    expect(await here.look()).toBe(0)
    expect((await here.list()).map(({ rule, worst, reason }) => [rule.id, worst, reason])).toEqual([
      ['backup', 'no_data', 'nothing to watch: the timer is off'],
      ['mirror', 'no_data', 'nothing to watch: PB_URL is not set'],
    ])
    here.facts.lag = 0
    here.clock.pass(everyMs)
    expect(await here.look()).toBe(0)
    expect((await here.list())[1]).toMatchObject({ worst: 'ok', value: 0 })
    expect((await here.list())[1]?.reason).toBeUndefined()
  })

  test('that cannot be looked at does not hold up the others', async () => {
    using here = place()
    here.add({ kind: 'disk_full' }, 'disk')
    here.add({ kind: 'failure_rate' }, 'rate')
    here.facts.disk = { freeBytes: 1, totalBytes: 100 }
    const broken: AlertSource = {
      ...here.source,
      reader: { ...here.source.reader, recentScripts: () => Promise.reject(new Error('closed')) },
    }
    const parts = { ...here.open(), source: broken, channelNames: [], clock: here.clock, log: silentLog, everyMs }
    expect(await watchOnce(parts)).toBe(1)
  })
})

async function hereGroups({ reader }: AlertSource, now: number): Promise<readonly string[]> {
  const today = Math.floor(now / day)
  const { by } = await reader.analyse({ tenant: 'default', range: { fromDay: today, toDay: today }, filter: {}, by: { error: 10 } })
  return (by.error?.groups ?? []).map(({ value }) => value)
}

describe('what is kept', () => {
  test('one breach is one message whatever restarts lie between, and its end another', async () => {
    using here = place()
    here.add({ kind: 'disk_full' })
    here.facts.disk = { freeBytes: 1, totalBytes: 100 }
    for (let n = 0; n < 5; n++) {
      await here.look()
      here.restart()
      here.clock.pass(everyMs)
    }
    here.facts.disk = { freeBytes: 90, totalBytes: 100 }
    for (let n = 0; n < 5; n++) {
      await here.look()
      here.restart()
      here.clock.pass(everyMs)
    }
    expect(here.told().map(({ phase }) => phase)).toEqual(['firing', 'ok'])
    expect(here.open().messages.waiting()).toBe(2)
    expect(keptStates(here.open().messages).get('a')?.get('')).toMatchObject({ phase: 'ok', told: 'ok' })
  })

  test('no more than so many messages are told within an hour, the rest afterwards', async () => {
    using here = place()
    const count = hourLimits.ofTenant + 3
    for (let n = 0; n < count; n++) here.add({ kind: 'disk_full' }, `disk-${n}`)
    here.facts.disk = { freeBytes: 1, totalBytes: 100 }
    expect(await here.look()).toBe(hourLimits.ofTenant)
    here.clock.pass(30 * minute)
    expect(await here.look()).toBe(0)
    here.clock.pass(31 * minute)
    expect(await here.look()).toBe(3)
  })

  test('a tenant with more to tell than may go out holds up no other', async () => {
    using here = place()
    here.run({ status: 'failed', exitCode: 1, at: noon }, 10)
    for (let n = 0; n < hourLimits.ofTenant + 3; n++) here.add({ kind: 'disk_full' }, `disk-${n}`)
    here.add({ kind: 'failure_rate', tenant: 'other' }, 'z')
    here.runOf('other', { status: 'failed', exitCode: 1, at: noon }, 10)
    here.facts.disk = { freeBytes: 1, totalBytes: 100 }
    expect(await here.look()).toBe(hourLimits.ofTenant + 1)
    expect(here.told('other').map(({ rule }) => rule)).toEqual(['z'])
  })

  test.each([
    ['removed', (rules: AlertRuleBook) => rules.remove('a', 'cli'), 0],
    ['muted', (rules: AlertRuleBook) => rules.mute('a', noon + minute, 'cli'), 0],
    ['left alone', () => true, 1],
  ])('a rule that is %s while it is looked at', async (_, act, told) => {
    using here = place()
    here.add({ kind: 'disk_full' })
    const disk = async () => {
      act(here.open().rules)
      return { freeBytes: 1, totalBytes: 100 }
    }
    const parts = { ...here.open(), source: { ...here.source, disk }, channelNames: [], clock: here.clock, log: silentLog, everyMs }
    expect(await watchOnce(parts)).toBe(told)
  })

  test('the first rules are written once; the one of the settings follows them; what was removed stays so', () => {
    using here = place()
    const { rules } = here.open()
    seedRules(rules, { threshold: 20, cooldownMin: 60 })
    expect(rules.remove('new-error', 'cli')).toBe(true)
    seedRules(rules, { threshold: 33, cooldownMin: 5, quiet: '22-06' })
    const kept = keptRules(rules).map(({ rule }) => rule)
    expect(kept.map(({ id }) => id)).not.toContain('new-error')
    expect(kept.find(({ id }) => id === settingRuleId)).toMatchObject({ threshold: 33, cooldownMin: 5, quiet: '22-6' })
  })

  test('the first rules are written also where another one was added before alerts were turned on', () => {
    using here = place()
    here.add({ kind: 'no_data' })
    const { rules } = here.open()
    seedRules(rules, { threshold: 20, cooldownMin: 60 })
    expect(keptRules(rules).map(({ rule }) => rule.kind)).toEqual(
      expect.arrayContaining(['no_data', 'failure_rate', 'disk_full', 'new_error']),
    )
  })

  test('a muted rule is quiet until the moment it names', async () => {
    using here = place()
    here.add({ kind: 'disk_full' })
    here.facts.disk = { freeBytes: 1, totalBytes: 100 }
    here.open().rules.mute('a', noon + 60 * minute, 'cli')
    expect(await here.look()).toBe(0)
    here.clock.pass(61 * minute)
    expect(await here.look()).toBe(1)
  })
})
