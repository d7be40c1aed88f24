import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { dayMs } from '../../../src/base/clock.ts'
import { valuesOfFilter } from '../../../src/http/question/filter-value.ts'
import { explainRefusal, grainOf, type QuestionRules, queryTextOf, readQuestion } from '../../../src/http/question/question.ts'
import { type FilterName, filterTitles, periods } from '../../../src/page/address.ts'

const today = 20_514 // 2026-03-02
const now = today * dayMs + 86_399_999

function read(query: string, rules?: QuestionRules) {
  return readQuestion(new URLSearchParams(query), now, rules)
}

describe('a period', () => {
  test.each<[query: string, fromDay: number, toDay: number]>([
    ['', today - 29, today],
    ['period=', today - 29, today],
    ['period=today', today, today],
    ['period=7d', today - 6, today],
    ['period=30d', today - 29, today],
    ['period=90d', today - 89, today],
    ['period=365d', today - 364, today],
    ['from=2026-02-27&to=2026-03-01', today - 3, today - 1],
    ['from=2026-02-27', today - 3, today],
    ['from=2026-02-27&to=2099-01-01', today - 3, today],
    ['period=all&from=2026-03-02&to=2026-03-02', today, today],
    ['period=7d&from=&to=', today - 6, today],
  ])('%j means its days of UTC, and the previous as many just before', (query, fromDay, toDay) => {
    const question = read(query)
    expect(question.ok && question.value.range).toEqual({ fromDay, toDay })
    expect(question.ok && question.value.previous).toEqual({ fromDay: fromDay - (toDay - fromDay + 1), toDay: fromDay - 1 })
  })

  test('all has no range and nothing to compare with', () => {
    const question = read('period=all')
    expect(question.ok && question.value).toEqual({ selection: { period: 'all', compares: true, filter: {} } })
  })

  test('compare=none compares with nothing', () => {
    const question = read('period=7d&compare=none')
    expect(question.ok && question.value.previous).toBeUndefined()
  })

  test('a page may have another default', () => {
    const question = read('', { periodDefault: 'today' })
    expect(question.ok && question.value.range).toEqual({ fromDay: today, toDay: today })
  })
})

describe('a filter', () => {
  test.each<[query: string, filter: Readonly<Record<string, string>>]>([
    ['source=ProxmoxVED&type=lxc', { source: 'ProxmoxVED', type: 'lxc' }],
    ['script=o%27reilly+%25_x', { script: "o'reilly %_x" }],
    ['slug=community-scripts%2FProxmoxVE', { slug: 'community-scripts/ProxmoxVE' }],
    ['os=debian&os_version=debian+12', { os: 'debian', os_version: 'debian 12' }],
    ['os=unknown&category=apt&status=failed', { os: 'unknown', category: 'apt', status: 'failed' }],
    ['exit_code=0&ram=2048&disk=unknown', { exit_code: '0', ram: '2048', disk: 'unknown' }],
    ['error=0123456789abcdef', { error: '0123456789abcdef' }],
    ['gpu=nvidia+dgpu&cpu_vendor=amd', { gpu: 'nvidia dgpu', cpu_vendor: 'amd' }],
    ['script=&os=', {}],
  ])('%j', (query, filter) => {
    const question = read(query)
    expect(question.ok && question.value.selection.filter).toEqual(filter)
  })

  test.each(Object.keys(filterTitles) as FilterName[])(
    '%s takes what its runs read as when they named nothing, or says which values there are',
    (name) => {
      expect(read(`${name}=unknown`).ok).toBe(name !== 'source' && name !== 'type')
      for (const value of valuesOfFilter(name) ?? []) expect(read(new URLSearchParams({ [name]: value }).toString()).ok).toBe(true)
    },
  )
})

describe('a refusal names the parameter and what would be right', () => {
  test.each<[query: string, field: string, rule: string, words: RegExp]>([
    ['statsu=failed', 'status', 'nearest_to_unknown', /no such parameter.*status/],
    ['Period=7d', 'period', 'nearest_to_unknown', /period/],
    ['repository=a', 'slug', 'nearest_to_unknown', /slug/],
    ['repo=all', 'source', 'nearest_to_unknown', /source/],
    ['days=7', 'period', 'nearest_to_unknown', /period/],
    ['period=7', 'period', 'nearest_value_7d', /no such value.*7d/],
    ['period=30D', 'period', 'nearest_value_30d', /30d/],
    ['compare=nothing', 'compare', 'nearest_value_none', /none/],
    ['status=fail', 'status', 'nearest_value_failed', /failed/],
    ['os=Debian', 'os', 'nearest_value_debian', /debian/],
    ['source=proxmoxve', 'source', 'nearest_value_ProxmoxVE', /ProxmoxVE/],
    ['exit_code=one', 'exit_code', 'not_a_number', /whole number/],
    ['cores=-1', 'cores', 'not_a_number', /whole number/],
    ['error=xyz', 'error', 'not_a_fingerprint', /not a fingerprint/],
    [`script=${'x'.repeat(129)}`, 'script', 'too_long', /longer/],
    ['os=debian&os=ubuntu', 'os', 'repeated', /twice/],
    ['to=2026-03-01', 'from', 'without_from', /first/],
    ['from=2026-3-1', 'from', 'not_a_day', /2026-03-01/],
    ['from=2026-02-30', 'from', 'not_a_day', /2026-03-01/],
    ['from=2026-02-01&to=x', 'to', 'not_a_day', /2026-03-01/],
    ['from=2026-03-03', 'from', 'in_the_future', /future/],
    ['from=2026-03-02&to=2026-03-01', 'from', 'after_to', /after/],
    ['from=1999-01-01', 'from', 'too_many_days', /ten years/],
  ])('%j', (query, field, rule, words) => {
    const question = read(query)
    expect(question).toEqual({ ok: false, fault: { code: 'parameter_invalid', field, rule } })
    expect(!question.ok && explainRefusal(question.fault)).toMatch(words)
  })

  test('parameters of the route itself are left to it', () => {
    expect(read('sort=runs', { also: ['sort'] }).ok).toBe(true)
    expect(read('sorted=runs', { also: ['sort'] })).toMatchObject({ fault: { field: 'sort' } })
  })
})

describe('everybody, without a sign-in', () => {
  test.each<[query: string, field: string | undefined]>([
    ['', undefined],
    ['period=365d&os=debian', undefined],
    ['from=2026-03-01', 'from'],
    ['os=debian&type=lxc', 'os'],
    ['script=immich&status=failed', 'status'],
  ])('%j is open only with a fixed period and one filter', (query, field) => {
    const question = read(query, { isPublic: true })
    expect(question.ok ? undefined : question.fault).toEqual(
      field === undefined ? undefined : { code: 'parameter_invalid', field: expect.any(String), rule: 'not_public' },
    )
  })
})

test('the way back asks the same question again', () => {
  const names = Object.keys(filterTitles) as FilterName[]
  const filters = fc
    .uniqueArray(fc.constantFrom(...names), { maxLength: 4 })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, sampleValue(name)]))))
  const days = fc
    .integer({ min: 0, max: 3_000 })
    .chain((length) => fc.record({ length: fc.constant(length), end: fc.integer({ min: 0, max: 400 }) }))
  const period = fc.oneof(
    fc.constantFrom(...periods).map((word) => `period=${word}`),
    days.map(({ length, end }) => `from=${dayText(today - end - length)}&to=${dayText(today - end)}`),
  )
  fc.assert(
    fc.property(period, fc.boolean(), filters, (when, compares, filter) => {
      const asked = read(`${when}&compare=${compares ? '' : 'none'}&${new URLSearchParams(filter)}`)
      expect(asked.ok && read(queryTextOf(asked.value))).toEqual(asked)
      expect(asked.ok).toBe(true)
    }),
  )
})

function sampleValue(name: FilterName): fc.Arbitrary<string> {
  const values = valuesOfFilter(name)
  if (values !== undefined) return fc.constantFrom(...values)
  if (name === 'error') return fc.constant('00ff00ff00ff00ff')
  const isNumber = ['exit_code', 'ct_type', 'cores', 'ram', 'disk'].includes(name)
  return isNumber ? fc.nat(99_999).map(String) : fc.string({ minLength: 1, maxLength: 40 }).map((text) => `x${text}x`)
}

function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

test.each<[days: number, grain: string]>([
  [1, 'hour'],
  [2, 'day'],
  [92, 'day'],
  [93, 'week'],
  [365, 'week'],
  [732, 'month'],
])('%d days are drawn by %s', (days, grain) => {
  expect(grainOf({ fromDay: today - days + 1, toDay: today })).toBe(grain as never)
  expect(grainOf(undefined)).toBe('month')
})
