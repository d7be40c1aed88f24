import { heapStats } from 'bun:jsc'
import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { burstMax, createRateLimit, pageCount, type RateLimit, type RateLimitOptions } from '../../src/access/rate-limit.ts'
import { dayMs } from '../../src/base/clock.ts'
import { countedSeeds } from './sample.ts'

const noon = Date.UTC(2026, 2, 1, 12)
const midnight = Date.UTC(2026, 2, 2)

const limitOf = (options: Partial<RateLimitOptions> = {}): RateLimit =>
  createRateLimit({ rpm: 60, burst: 20, seed: countedSeeds(), ...options })
const allowedOf = (limit: RateLimit, name: string, times: number, now: number): number =>
  Array.from({ length: times }, () => limit.take(name, 1, now)).filter(({ allowed }) => allowed).length

describe('a bucket', () => {
  test('P13 60 a minute with a burst of 20 allows 20 at once and one a second after', () => {
    const limit = limitOf()
    expect(allowedOf(limit, 'a', 30, noon)).toBe(20)
    for (let second = 1; second <= 100; second += 1) {
      expect(allowedOf(limit, 'a', 3, noon + second * 1_000 - 1)).toBe(0)
      expect(allowedOf(limit, 'a', 3, noon + second * 1_000)).toBe(1)
    }
  })

  test.each([
    { rpm: 1, burst: 1 },
    { rpm: 7, burst: 20 },
    { rpm: 600, burst: 200 },
    { rpm: 1_000_000, burst: 5_000 },
    { rpm: 100_000_000, burst: 100_000 },
  ])('P13 the limit is what the settings say: $rpm a minute, $burst at once', ({ rpm, burst }) => {
    const limit = limitOf({ rpm, burst })
    expect(limit.take('a', burst, noon)).toMatchObject({ allowed: true, limit: burst, remaining: 0 })
    expect(limit.take('a', 1, noon).allowed).toBe(false)
    const minute = limit.take('a', Math.min(burst, rpm), noon + 60_000)
    expect(minute.allowed).toBe(true)
  })

  test('P13 each client has a bucket of its own', () => {
    const limit = limitOf()
    expect(allowedOf(limit, 'a', 30, noon)).toBe(20)
    expect(allowedOf(limit, 'b', 30, noon)).toBe(20)
  })

  test('says what is left, when the bucket is full and when to come again', () => {
    const limit = limitOf()
    expect(limit.take('a', 5, noon)).toEqual({ allowed: true, limit: 20, remaining: 15, resetSeconds: 5, retryAfterSeconds: 0 })
    expect(limit.take('a', 15, noon + 500)).toEqual({ allowed: true, limit: 20, remaining: 0, resetSeconds: 20, retryAfterSeconds: 0 })
    expect(limit.take('a', 3, noon + 500)).toEqual({ allowed: false, limit: 20, remaining: 0, resetSeconds: 20, retryAfterSeconds: 3 })
    expect(limit.take('a', 3, noon + 3_500).allowed).toBe(true)
  })

  test('gives a batch all of its tokens or none', () => {
    const limit = limitOf()
    expect(limit.take('a', 12, noon).allowed).toBe(true)
    expect(limit.take('a', 12, noon)).toMatchObject({ allowed: false, remaining: 8, retryAfterSeconds: 4 })
    expect(limit.take('a', 8, noon).allowed).toBe(true)
  })

  test('never gives more than the burst, and refusing it costs nothing', () => {
    const limit = limitOf()
    expect(limit.take('a', 21, noon)).toMatchObject({ allowed: false, remaining: 20, retryAfterSeconds: 1 })
    expect(limit.take('a', 20, noon).allowed).toBe(true)
  })

  test('shows its state for no token', () => {
    const limit = limitOf()
    limit.take('a', 20, noon)
    expect(limit.take('a', 0, noon)).toMatchObject({ allowed: true, remaining: 0, resetSeconds: 20 })
    expect(limit.take('a', 0, noon + 20_000)).toMatchObject({ allowed: true, remaining: 20, resetSeconds: 0 })
  })

  test('is off at 0 a minute', () => {
    const limit = limitOf({ rpm: 0 })
    expect(allowedOf(limit, 'a', 1_000, noon)).toBe(1_000)
    expect(limit.take('a', 1, noon).limit).toBe(0)
  })

  test.each([
    ['a rate below 0', -1, 1],
    ['a rate that is no whole number', 0.5, 1],
    ['a rate over its bound', 100_000_001, 1],
    ['no burst', 60, 0],
    ['a burst that takes more than a day to fill', 1, 1_441],
  ])('is not made with %s', (_, rpm, burst) => {
    expect(() => limitOf({ rpm, burst })).toThrow('invariant broken')
  })
})

/** The same limit as a plain token bucket in whole numbers: 60,000 parts a token, of which `rpm` flow in each millisecond. */
function modelOf(rpm: number, burst: number, start: number) {
  const full = burst * 60_000
  let level = full
  let last = start
  const flow = (now: number) => {
    level = Math.min(full, level + (now - last) * rpm)
    last = now
  }
  return (tokens: number, now: number) => {
    flow(now)
    const allowed = level >= tokens * 60_000
    if (allowed) level -= tokens * 60_000
    return { allowed, remaining: Math.floor(level / 60_000), resetSeconds: Math.ceil((full - level) / rpm / 1_000) }
  }
}

describe('the limiter and a token bucket', () => {
  const bucket = fc
    .tuple(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 300 }))
    .map(([rpm, burst]) => ({ rpm, burst: Math.min(burst, burstMax(rpm)) }))
  const steps = fc.array(
    fc.record({
      wait: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: 0, max: 2 * dayMs })),
      tokens: fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 40 })),
    }),
    { maxLength: 60 },
  )

  test('agree on every question, over every number of midnights', () => {
    fc.assert(
      fc.property(bucket, steps, fc.integer({ min: -30_000, max: 30_000 }), ({ rpm, burst }, questions, offset) => {
        const limit = limitOf({ rpm, burst })
        let now = midnight + offset
        const model = modelOf(rpm, burst, now)
        for (const { wait, tokens } of questions) {
          now += wait
          const { allowed, remaining, resetSeconds } = limit.take('a', tokens, now)
          expect({ allowed, remaining, resetSeconds }).toEqual(model(tokens, now))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('Retry-After is the first whole second at which the same question is allowed', () => {
    fc.assert(
      fc.property(bucket, fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 999 }), ({ rpm, burst }, wanted, wait) => {
        const tokens = Math.min(wanted, burst)
        const limit = limitOf({ rpm, burst })
        limit.take('a', burst, noon)
        const now = noon + wait
        const { allowed, retryAfterSeconds } = limit.take('a', tokens, now)
        if (allowed) return expect(retryAfterSeconds).toBe(0)
        if (retryAfterSeconds > 1) expect(limit.take('a', tokens, now + (retryAfterSeconds - 1) * 1_000).allowed).toBe(false)
        expect(limit.take('a', tokens, now + retryAfterSeconds * 1_000).allowed).toBe(true)
      }),
    )
  })
})

describe('a new day', () => {
  test('gives nobody a second burst and takes nothing from anybody', () => {
    const limit = limitOf()
    expect(allowedOf(limit, 'busy', 30, midnight - 1)).toBe(20)
    expect(allowedOf(limit, 'busy', 30, midnight)).toBe(0)
    expect(allowedOf(limit, 'fresh', 30, midnight)).toBe(20)
    expect(allowedOf(limit, 'busy', 30, midnight + 999)).toBe(1)
    expect(allowedOf(limit, 'busy', 30, midnight + 20_000)).toBe(19)
  })

  test('has another secret, and yesterday is gone once its buckets are full', () => {
    const limit = limitOf()
    limit.take('a', 20, midnight - 1)
    const [before] = limit.days(midnight - 1)
    expect(limit.days(midnight).map(({ day }) => day)).toEqual([midnight / dayMs, midnight / dayMs - 1])
    expect(limit.days(midnight)[0]?.seed).not.toBe(before?.seed)
    expect(limit.days(midnight + 20_000)).toHaveLength(2)
    expect(limit.days(midnight + 20_001)).toHaveLength(1)
  })

  test('begins empty when the day before was not seen', () => {
    const limit = limitOf()
    limit.take('a', 20, noon)
    expect(limit.take('a', 20, noon + 3 * dayMs).allowed).toBe(true)
    expect(limit.days(noon + 3 * dayMs)).toHaveLength(1)
  })

  test.each([
    ['an hour', 3_600_000],
    ['past midnight', 13 * 3_600_000],
    ['ten days', 10 * dayMs],
  ])('a clock set back by %s locks nobody out for longer than a bucket takes to fill', (_, back) => {
    const limit = limitOf()
    limit.take('busy', 20, noon)
    const now = noon - back
    expect(limit.take('fresh', 20, now).allowed).toBe(true)
    limit.take('busy', 1, now)
    expect(limit.take('busy', 20, now + 21_000).allowed).toBe(true)
  })
})

describe('a flood', () => {
  test('of 5 million addresses leaves nothing behind for any of them, and a normal client alone', () => {
    const limit = limitOf()
    const floodMs = 100_000
    const count = 5_000_000
    limit.take('warm', 1, noon)
    const before = countObjects()
    let refusals = 0
    for (let index = 0; index < count; index += 1) {
      const now = noon + Math.floor((index / count) * floodMs)
      limit.take(`6${index.toString(16)}`, 1, now)
      if (index % (count / 100) === 0 && !limit.take('4cb007109', 1, now).allowed) refusals += 1
    }
    expect(refusals).toBe(0)
    expect(countObjects() - before).toBeLessThan(count / 100)
    expect(limit.days(noon + floodMs).map(({ fullAt }) => fullAt.usedPages)).toEqual([pageCount])
  })
})

test('slots take memory only where somebody uses them', () => {
  const limit = limitOf()
  expect(limit.days(noon)[0]?.fullAt.usedPages).toBe(0)
  limit.take('one', 1, noon)
  expect(limit.days(noon)[0]?.fullAt.usedPages).toBe(1)
})

/** What is alive after a collection. Counted in objects: resident memory also holds what the collector has not given back yet. */
function countObjects(): number {
  Bun.gc(true)
  return heapStats().objectCount
}
