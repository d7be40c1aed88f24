import { describe, expect, test } from 'bun:test'
import { dayMs } from '../../../src/base/clock.ts'
import { failingQuery, looksOf, unendedQuery } from '../../../src/http/page/look.ts'
import type { ServiceState } from '../../../src/http/page/service-state.ts'
import { unendedBefore } from '../../../src/http/question/unended.ts'
import type { Analysis } from '../../../src/store/analysis-port.ts'
import type { Totals } from '../../../src/store/reader-port.ts'

const hourMs = 3_600_000
const today = 20_000
const noRuns: Totals = { installing: 0, validation: 0, configuring: 0, success: 0, failed: 0, aborted: 0, unknown: 0 }
const calm: ServiceState = {
  ingestRefusedBy: undefined,
  storeHeldUpBy: undefined,
  pocketbase: 'connected',
  pocketbaseFault: undefined,
  parked: 0,
  lagEvents: 0,
  mirrorLag: 0,
}
const nothing: Analysis = { total: { counts: noRuns }, series: [], by: {} }
const selection = { period: '30d', compares: true, filter: { os: 'debian', script: 'docker' } } as const
const noon = today * dayMs + 12.5 * hourMs
const look = (state: Partial<ServiceState>, recent: Analysis = nothing, unended = 0) =>
  looksOf({ recent, unended, now: noon, selection, state: { ...calm, ...state } })

describe('what needs a look', () => {
  test('is nothing where all is well', () => expect(look({})).toEqual([]))

  test.each<[state: Partial<ServiceState>, words: string]>([
    [{ ingestRefusedBy: 'disk_full' }, 'Events are refused (disk_full).'],
    [{ storeHeldUpBy: 'disk_full' }, 'Events do not reach the store (disk_full); they wait in the journal.'],
    [{ pocketbase: 'disconnected', mirrorLag: 318, pocketbaseFault: 'refused' }, 'PocketBase is behind by 318 changes (refused).'],
    [{ parked: 1 }, 'PocketBase refused 1 run, which is parked.'],
  ])('%o', (state, text) => {
    expect(look(state)).toEqual([expect.objectContaining({ text, link: { href: '/system', text: 'System' } })])
  })

  test('is a script that fails more than it used to, with the other filters of the page', () => {
    const counts = (success: number, failed: number): Totals => ({ ...noRuns, success, failed })
    const group = { value: 'a/b', counts: counts(70, 42), previous: counts(910, 90), lastDay: today }
    const [found] = look({}, { ...nothing, by: { script: { groups: [group], distinct: 1, rest: noRuns, folded: noRuns } } })
    expect(found).toEqual({
      tone: 'bad',
      text: 'a/b fails 37.5 % of its runs in the last two days (9.0 % in the 28 days before, n 112).',
      link: { href: '/scripts/a%2Fb?from=2024-10-03&to=2024-10-04&os=debian', text: 'a/b' },
    })
  })

  test('is a run without an end, unless it began less than two whole hours ago', () => {
    expect(unendedQuery(noon).unendedBefore).toBe(today * dayMs + 10 * hourMs)
    expect(look({}, nothing, 35)).toEqual([
      {
        tone: 'odd',
        text: '35 runs of the last 30 days are without an end for more than two hours.',
        link: { href: '/records?from=2024-09-05&to=2024-10-04&os=debian&script=docker&unended=yes', text: 'Its records' },
      },
    ])
  })

  test('tells who did not sign in of scripts alone', () => {
    const recent: Analysis = { ...nothing, total: { counts: { ...noRuns, installing: 99 } } }
    expect(looksOf({ recent, now: noon, selection })).toEqual([])
  })
})

test('the line between running and stuck is drawn at a whole hour, and lies in the last day that is asked for', () => {
  expect(unendedBefore(noon)).toBe(today * dayMs + 10 * hourMs)
  for (const hours of [0, 0.5, 1.99, 2, 23.99]) {
    const now = today * dayMs + hours * hourMs
    const { range } = unendedQuery(now)
    expect(unendedBefore(now)).toBeGreaterThan(range.toDay * dayMs)
    expect(unendedBefore(now)).toBeLessThanOrEqual((range.toDay + 1) * dayMs)
    expect(range.toDay - range.fromDay).toBe(29)
    const failing = failingQuery(now)
    expect([failing.range, failing.previous]).toEqual([
      { fromDay: today - 1, toDay: today },
      { fromDay: today - 29, toDay: today - 2 },
    ])
  }
})
