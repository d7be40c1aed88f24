import { describe, expect, test } from 'bun:test'
import { addressOf, errorPath, type Href, recordPath, refilter, type Selection, scriptPath } from '../../src/page/address.ts'
import { recordsBehind } from '../../src/page/counting.ts'

const month: Selection = { period: '30d', compares: true, filter: {} }

describe('an address', () => {
  test.each<[name: string, address: Href, expected: string]>([
    ['names its period', addressOf('/records', month), '/records?period=30d'],
    [
      'names its first and last day',
      addressOf('/records', { ...month, period: { from: '2026-03-01', to: '2026-03-02' } }),
      '/records?from=2026-03-01&to=2026-03-02',
    ],
    ['says that nothing is compared', addressOf('/dashboard', { ...month, compares: false }), '/dashboard?period=30d&compare=none'],
    [
      'names each filter',
      addressOf('/records', { ...month, filter: { os: 'debian', status: 'failed' } }),
      '/records?period=30d&os=debian&status=failed',
    ],
    [
      'names what is asked of the page',
      addressOf('/records', month, { sort: '-runs', after: undefined, empty: '' }),
      '/records?period=30d&sort=-runs',
    ],
    [
      'keeps signs of its own from values',
      addressOf('/records', { ...month, filter: { script: 'a&b=c #?' } }),
      '/records?period=30d&script=a%26b%3Dc+%23%3F',
    ],
    ['keeps a name with a slash in one step', scriptPath('../x'), '/scripts/..%2Fx'],
    ['leads to an error', errorPath('7f3a'), '/errors/7f3a'],
    ['leads to a record', recordPath('a b'), '/records/a%20b'],
  ])('%s', (_, address, expected) => {
    expect(address).toBe(expected as Href)
  })

  test('loses a filter that is taken away, and no other', () => {
    const filtered = refilter(month, { os: 'debian', status: 'failed' })
    expect(refilter(filtered, { os: undefined }).filter).toEqual({ status: 'failed' })
  })
})

describe('a count', () => {
  const counting = {
    selection: { ...month, compares: false, filter: { os: 'debian' } },
    range: { fromDay: 100, toDay: 129 },
    canOpen: true,
  }

  test('opens the records of its filters and of what it counts', () => {
    expect(recordsBehind(counting, { status: 'failed' })).toBe('/records?period=30d&os=debian&status=failed')
  })

  test.each([
    ['who did not sign in', { ...counting, canOpen: false }],
    ['days of which some are sealed', { ...counting, sealedDay: 100 }],
  ])('opens nothing for %s', (_, closed) => {
    expect(recordsBehind(closed, {})).toBeUndefined()
  })

  test('opens records after the last sealed day', () => {
    expect(recordsBehind({ ...counting, sealedDay: 99 }, {})).toBeDefined()
  })
})
