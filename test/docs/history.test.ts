import { expect, test } from 'bun:test'
import { recentFailure, sampleScripts } from '../../script/picture/catalog.ts'
import { sampleHistory } from '../../script/picture/history.ts'
import { readWireObject } from '../../src/event/wire.ts'

const now = Date.parse('2026-11-15T20:40:00Z')
const size = { days: 4, runsADay: 300 } as const
const runs = [...sampleHistory(now, size)]

test('the history of the pictures is the same each time', () => {
  expect([...sampleHistory(now, size)]).toEqual(runs)
})

test('each of its reports is one that the service takes, dated within its days', () => {
  const reports = runs.flat()
  expect(reports.length).toBeGreaterThan(1_500)
  expect(reports.filter((report) => !readWireObject(report).ok)).toEqual([])
  expect(reports.filter(({ at }) => at > now || at < now - size.days * 86_400_000)).toEqual([])
})

test('its runs are of the scripts that there are, and begin with their first report', () => {
  const names = new Set<unknown>(sampleScripts.map(({ name }) => name))
  for (const reports of runs) {
    expect(reports.every(({ nsapp }) => names.has(nsapp))).toBe(true)
    expect(reports.map(({ at }) => at)).toEqual(reports.map(({ at }) => at).toSorted((one, other) => one - other))
  }
  expect([...names]).toContain(recentFailure.script)
})
