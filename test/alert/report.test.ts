import { describe, expect, test } from 'bun:test'
import { openAlertFigureBook } from '../../src/access/alert-figure-book.ts'
import { openAlertMessageBook } from '../../src/access/alert-message-book.ts'
import { openAlertRuleBook } from '../../src/access/alert-rule-book.ts'
import { openAccessDatabase } from '../../src/access/database.ts'
import { openAlerts, testChannels } from '../../src/alert/alerts.ts'
import { writeMail } from '../../src/alert/mail-text.ts'
import type { AlertMessage } from '../../src/alert/message.ts'
import type { Channel } from '../../src/alert/outbox.ts'
import { composeReport, reportId, weekBefore } from '../../src/alert/report.ts'
import type { AlertSource } from '../../src/alert/source.ts'
import { dayMs, dayOf } from '../../src/base/clock.ts'
import { silentLog } from '../../src/base/log.ts'
import { err, ok } from '../../src/base/result.ts'
import { openStoreReader } from '../../src/store/sqlite-reader.ts'
import { openStoreWriter } from '../../src/store/writer.ts'
import { fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'
import { put, type Report, stateOf } from '../store/run-fixture.ts'
import { until } from '../wait.ts'

test.each([
  ['in the middle of a week', '2026-03-04T12:00Z', '2026-02-23', '2026-03-01', 2026, 9],
  ['on a Monday', '2026-03-02T00:00Z', '2026-02-23', '2026-03-01', 2026, 9],
  ['on a Sunday', '2026-03-01T23:59Z', '2026-02-16', '2026-02-22', 2026, 8],
  ['after a year of 53 weeks', '2027-01-05T00:00Z', '2026-12-28', '2027-01-03', 2026, 53],
  ['where the week began in the old year', '2026-01-05T00:00Z', '2025-12-29', '2026-01-04', 2026, 1],
])('the week before, %s', (_, now, from, to, year, week) => {
  const found = weekBefore(Date.parse(now))
  expect(found).toEqual({ fromDay: dayOf(Date.parse(from)), toDay: dayOf(Date.parse(to)), year, week })
})

function place() {
  const folder = temporaryFolder()
  const clock = fakeClock('2026-03-02T08:00Z')
  const store = openStoreWriter(folder.file('store.db'))
  const reader = openStoreReader(folder.file('store.db'))
  const database = openAccessDatabase(folder.file('access.db'))
  const source: AlertSource = {
    reader: {
      recentScripts: async (query) => reader.recentScripts(query),
      analyse: async (query) => reader.analyse(query),
      errorGroups: async (tenant, fingerprints) => reader.errorGroups(tenant, fingerprints),
      totals: async (query) => reader.totals(query),
    },
    ...{ isMutedGroup: () => false, mirrorLag: () => undefined, disk: async () => undefined, timer: () => undefined },
  }
  const got: AlertMessage[] = []
  const mail: Channel = {
    name: 'mail',
    send: async (message) => {
      got.push(message)
      return ok(undefined)
    },
  }
  let runs = 0
  return {
    ...{ clock, source, got },
    open: (channels: readonly Channel[] = [mail], more: { readonly isOff?: true } = {}) =>
      openAlerts({
        rules: openAlertRuleBook(database, { clock }),
        messages: openAlertMessageBook(database),
        figures: openAlertFigureBook(database),
        ...{ source, channels, clock, log: silentLog, everyMs: 60_000, reportsWeekly: true },
        ...(more.isOff === undefined && { settingRule: { threshold: 20, cooldownMin: 60 } }),
      }),
    run: (report: Report, count = 1) => {
      for (let n = 0; n < count; n++) put(store, runs++, stateOf(report))
    },
    [Symbol.dispose]: () => {
      database.close()
      reader.close()
      store.close()
      folder[Symbol.dispose]()
    },
  }
}

const inWeek = Date.parse('2026-02-25T10:00Z')

describe('the weekly report', () => {
  test('is of the printed week, both weeks by the formula of the dashboard', async () => {
    using here = place()
    here.run({ nsapp: 'immich', at: inWeek, osType: 'debian' }, 15)
    here.run({ nsapp: 'immich', status: 'failed', exitCode: 1, at: inWeek }, 5)
    here.run({ nsapp: 'immich', status: 'aborted', exitCode: 130, at: inWeek }, 5)
    here.run({ nsapp: 'alpine', at: inWeek - 7 * dayMs }, 10)
    here.run({ nsapp: 'alpine', at: Date.parse('2026-03-02T01:00Z') }, 100) // Of the week that has just begun.
    const { title, summary, report } = await composeReport(here.source, { tenant: 'default', now: here.clock.now() })
    expect(title).toBe('Weekly report, week 9, 2026')
    expect(summary).toBe('25 runs from 2026-02-23 to 2026-03-01 (UTC): 75.0 % succeeded, 5 failed.')
    expect(report?.total).toEqual({ runs: 25, success: 15, failed: 5, aborted: 5, other: 0, successShare: 0.75 })
    expect(report?.before).toEqual({ runs: 10, success: 10, failed: 0, aborted: 0, other: 0, successShare: 1 })
    expect(report?.days.map(({ day, runs }) => [day, runs])).toEqual([
      ['2026-02-23', 0],
      ['2026-02-24', 0],
      ['2026-02-25', 25],
      ...['2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01'].map((day) => [day, 0]),
    ])
    expect(report?.failing).toEqual([
      { name: 'immich', path: '/scripts/immich?from=2026-02-23&to=2026-03-01', share: 0.25, failed: 5, ended: 20 },
    ])
    expect(report?.errors.rows).toEqual([
      {
        fingerprint: expect.any(String),
        path: expect.stringMatching(/^\/errors\/[0-9a-f]{16}$/),
        title: expect.any(String),
        runs: 5,
        runsBefore: 0,
        isNew: true,
      },
    ])
  })

  test('lists every type, and counts what it does not list under others', async () => {
    using here = place()
    for (const type of ['lxc', 'vm', 'turnkey', 'pve', 'addon', 'tool'] as const) here.run({ nsapp: `app-${type}`, type, at: inWeek }, 2)
    const { report } = await composeReport(here.source, { tenant: 'default', now: here.clock.now() })
    expect(report?.types.rows.map(({ name }) => name).toSorted()).toEqual(['addon', 'lxc', 'pve', 'tool', 'turnkey', 'vm'])
    expect(report?.types.others).toBeUndefined()
    expect([report?.scripts.rows.length, report?.scripts.others]).toEqual([5, { count: 1, runs: 2 }])
  })

  test('of a week without runs says so', async () => {
    using here = place()
    const message = await composeReport(here.source, { tenant: 'default', now: here.clock.now() })
    expect(message.summary).toBe('No run from 2026-02-23 to 2026-03-01 (UTC).')
    const { text, html } = writeMail(message, 'https://t.test')
    for (const words of [text, html]) expect(words).toContain('no ended run')
    expect(html).not.toContain('NaN')
  })

  test('comes once a week from Monday 08:00 on, whatever restarts happen', async () => {
    using here = place()
    here.run({ at: inWeek })
    here.run({ at: inWeek - 7 * dayMs })
    here.clock.set(Date.parse('2026-03-02T07:59Z'))
    for (let hour = 0; hour < 24 * 14; hour++) {
      const alerts = here.open()
      await alerts.report()
      await alerts.stop()
      here.clock.pass(3_600_000)
    }
    expect(here.got.map(({ title }) => title)).toEqual([
      'Weekly report, week 8, 2026', // The one that was still missing.
      'Weekly report, week 9, 2026',
      'Weekly report, week 10, 2026',
    ])
    expect(new Set(here.got.map(({ id }) => id)).size).toBe(3)
    expect(here.got[1]?.id).toBe(reportId({ year: 2026, week: 9 }, 'default'))
  })

  test('is of no week before the service and its runs began, and of each one after, also without runs', async () => {
    using here = place()
    here.clock.set(Date.parse('2026-03-01T12:00Z')) // A Sunday.
    for (let hour = 0; hour < 24 * 9; hour++) {
      const alerts = here.open()
      await alerts.report()
      await alerts.stop()
      here.clock.pass(3_600_000)
    }
    expect(here.got.map(({ title, summary }) => [title, summary])).toEqual([
      ['Weekly report, week 9, 2026', 'No run from 2026-02-23 to 2026-03-01 (UTC).'],
      ['Weekly report, week 10, 2026', 'No run from 2026-03-02 to 2026-03-08 (UTC).'],
    ])
  })

  test('is of a week before alerts were on, where runs had come by then', async () => {
    using here = place()
    here.run({ at: inWeek - 28 * dayMs })
    const alerts = here.open()
    expect(await alerts.report()).toBe(1)
    await alerts.stop()
    expect(here.got.map(({ summary }) => summary)).toEqual(['No run from 2026-02-23 to 2026-03-01 (UTC).'])
  })
})

describe('alerts', () => {
  test('that are off look at nothing and send nothing', async () => {
    using here = place()
    const alerts = here.open([], { isOff: true })
    await alerts.check()
    expect([alerts.isEnabled, alerts.channelNames, alerts.history('default', 10)]).toEqual([false, [], []])
    await alerts.stop()
  })

  test('tell, keep a history and send by themselves', async () => {
    using here = place()
    here.run({ status: 'failed', exitCode: 1, at: here.clock.now() - 1 }, 12)
    const alerts = here.open()
    await alerts.check()
    await until(() => here.got.length === 2)
    await alerts.stop()
    expect(here.got.map(({ rule }) => rule).toSorted()).toEqual(['failure-rate', 'new-error'])
    expect(alerts.history('default', 10)).toHaveLength(2)
  })

  test('are tested past the queue, and say by channel what went wrong', async () => {
    const broken: Channel = { name: 'webhook', send: async () => err('status_500') }
    const channels = [{ name: 'mail', send: async () => ok(undefined) }, broken]
    expect(await testChannels(channels, fakeClock('2026-03-01'))).toEqual({ webhook: 'status_500' })
  })
})
