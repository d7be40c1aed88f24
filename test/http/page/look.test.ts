import { describe, expect, test } from 'bun:test'
import { dayMs } from '../../../src/base/clock.ts'
import { failingQuery, looksOf, unendedQuery } from '../../../src/http/page/look.ts'
import type { ServiceState } from '../../../src/http/page/service-state.ts'
import { unendedBefore } from '../../../src/http/question/unended.ts'
import type { Analysis } from '../../../src/store/analysis-port.ts'
import type { Totals } from '../../../src/store/count/totals.ts'

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
    const [found] = look(
      {},
      { ...nothing, previous: { counts: noRuns }, by: { script: { groups: [group], distinct: 1, rest: noRuns, folded: noRuns } } },
    )
    expect(found).toEqual({
      tone: 'bad',
      text: 'a/b fails 37.5 % of its runs in the last two days (9.0 % in the 28 days before, n 112).',
      link: { href: '/scripts/a%2Fb?from=2024-10-03&to=2024-10-04&os=debian', text: 'a/b' },
    })
  })

  const counts = (success: number, failed: number, unknown = 0): Totals => ({ ...noRuns, success, failed, unknown })
  const whole = (now: Totals, before: Totals): Analysis => ({ ...nothing, total: { counts: now }, previous: { counts: before } })
  const all = { period: '30d', compares: true, filter: { os: 'debian' } } as const
  const facts = { now: noon, selection: all, state: calm } as const

  test('is a fall of all runs together, unless the page is about one script', () => {
    const recent = whole(counts(690, 310), counts(8_800, 1_200))
    expect(looksOf({ recent, ...facts })).toEqual([
      {
        tone: 'bad',
        text: '31.0 % of all runs failed in the last two days (12.0 % in the 28 days before, n 1,000).',
        link: { href: '/error-analysis?from=2024-10-03&to=2024-10-04&os=debian', text: 'Their errors' },
      },
    ])
    expect(look({}, recent)).toEqual([])
    expect(looksOf({ recent: whole(counts(850, 150), counts(8_800, 1_200)), ...facts })).toEqual([])
  })

  test('is a script without a past that fails more than all others, and those beyond five in one line', () => {
    const groups = Array.from({ length: 12 }, (_, index) => ({ value: `new-${index}`, counts: counts(0, 50), lastDay: today }))
    const by = { script: { groups, distinct: 12, rest: noRuns, folded: noRuns } }
    const looks = looksOf({ recent: { ...whole(counts(9_000, 600), counts(9_100, 900)), by }, ...facts })
    expect(looks.map(({ text }) => text)).toEqual([
      ...[0, 1, 2, 3, 4].map(
        (index) =>
          `new-${index} fails 100.0 % of its runs in the last two days (too new for a rate of its own; all others 9.0 % in the 28 days before, n 50).`,
      ),
      '7 more scripts fail so.',
    ])
    expect(looks[5]?.link.href).toBe('/script-analysis?from=2024-10-03&to=2024-10-04&os=debian&sort=success')
  })

  test.each<[name: string, now: Totals, before: Totals, tone: string, usual: string]>([
    ['more than usual', counts(265, 0, 35), counts(2_900, 0, 100), 'odd', '; 3.3 % in the 28 days before'],
    ['as usual', counts(265, 0, 35), counts(2_700, 0, 300), 'usual', '; 10.0 % in the 28 days before'],
    ['without a past', counts(265, 0, 35), counts(10, 0, 1), 'odd', ''],
  ])('tells of runs whose end nobody knows: %s', (_, now, before, tone, usual) => {
    expect(looksOf({ recent: whole(now, before), unended: 35, ...facts })).toEqual([
      {
        tone: tone as 'odd' | 'usual',
        text: `The end of 35 runs of the last two days is not known (11.7 % of all${usual}).`,
        link: { href: '/records?from=2024-10-03&to=2024-10-04&os=debian&unended=yes', text: 'Their records' },
      },
    ])
  })

  test('tells who did not sign in of scripts alone', () => {
    const recent: Analysis = { ...nothing, total: { counts: { ...noRuns, installing: 99 } } }
    expect(looksOf({ recent, now: noon, selection })).toEqual([])
  })
})

test('the line between running and stuck is drawn at a whole hour, in the recent days', () => {
  expect(unendedBefore(noon)).toBe(today * dayMs + 10 * hourMs)
  for (const hours of [0, 0.5, 1.99, 2, 23.99]) {
    const now = today * dayMs + hours * hourMs
    const { range } = unendedQuery(now)
    expect(unendedBefore(now)).toBeGreaterThan(range.fromDay * dayMs)
    expect(unendedBefore(now)).toBeLessThanOrEqual((range.toDay + 1) * dayMs)
    expect(unendedQuery(now).unendedBefore).toBe(unendedBefore(now))
    const failing = failingQuery(now)
    expect([failing.range, failing.previous]).toEqual([
      { fromDay: today - 1, toDay: today },
      { fromDay: today - 29, toDay: today - 2 },
    ])
  }
})
