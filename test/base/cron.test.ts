import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { isCron, nextMoment, periodOf } from '../../src/base/cron.ts'

describe('a schedule', () => {
  test.each([
    ['40 2 * * *', '2026-03-28T12:00:00Z', '2026-03-29T02:40:00Z'], // The hour that clocks in Europe skip.
    ['40 2 * * *', '2026-03-29T02:40:00Z', '2026-03-30T02:40:00Z'],
    ['*/15 * * * *', '2026-01-01T00:07:00Z', '2026-01-01T00:15:00Z'],
    ['0 4 * * 0', '2026-01-01T00:00:00Z', '2026-01-04T04:00:00Z'],
    ['0 0 29 2 *', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
  ])('%s after %s is %s, by UTC', (fields, after, next) => {
    expect(new Date(nextMoment(fields, Date.parse(after))).toISOString()).toBe(next.replace('Z', '.000Z'))
  })

  test('has a period', () => {
    expect(periodOf('40 2 * * *', 0)).toBe(86_400_000)
  })

  test.each([
    ['40 2 * * *', true],
    ['0-30/10 1,13 * * 1-5', true],
    ['@daily', false],
    ['40 2 * *', false],
    ['0 40 2 * * *', false],
    ['61 2 * * *', false],
    ['0 0 31 2 *', false],
    ['', false],
  ])('%j is one: %p', (fields, is) => {
    expect(isCron(fields)).toBe(is)
  })
})

test('a machine with summer time has the same moments, in the hours that its clocks skip and repeat', () => {
  const program = `const { nextMoment } = await import(${JSON.stringify(join(import.meta.dir, '../../src/base/cron.ts'))})
    let at = Date.parse('2026-03-27T00:00:00Z')
    const moments = []
    for (let n = 0; n < 4; n += 1) moments.push((at = nextMoment('30 1,2 * * *', at)))
    at = Date.parse('2026-10-24T22:00:00Z')
    for (let n = 0; n < 4; n += 1) moments.push((at = nextMoment('30 1,2 * * *', at)))
    console.log(new Date(2026, 6, 1).getTimezoneOffset(), moments.map((moment) => new Date(moment).toISOString()).join(' '))`
  const run = (zone: string) =>
    Bun.spawnSync([process.execPath, '-e', program], { env: { ...process.env, TZ: zone } })
      .stdout.toString()
      .trim()
      .split(' ')
  const [offset, ...moments] = run('Europe/Berlin')
  expect([offset, moments.length]).toEqual(['-120', 8]) // The zone holds.
  expect(moments).toEqual(run('UTC').slice(1))
})
