import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { binCount, binOf, Histogram } from '../../../src/store/count/histogram.ts'

const day = 86_400
/** Short and long ones alike: an integer drawn evenly from a day would hardly ever be under a minute. */
const seconds = fc.integer({ min: 0, max: 1_000 }).map((step) => Math.min(day, Math.max(1, Math.round(day ** (step / 1_000)))))

test('quantiles lie within 2 % of the exact ones by nearest rank, from 20 durations of a second or more on', () => {
  fc.assert(
    fc.property(fc.array(seconds, { minLength: 20, maxLength: 400 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
      const histogram = new Histogram()
      for (const value of values) histogram.add(binOf(value), 1)
      for (const at of [0.5, 0.95, share]) {
        const exact = values.toSorted((left, right) => left - right)[Math.ceil(at * values.length) - 1] ?? 0
        expect(Math.abs(histogram.quantile(at) - exact) / exact).toBeLessThanOrEqual(0.02)
      }
    }),
  )
})

test('a histogram whose parts are added and taken away again is the one without them', () => {
  fc.assert(
    fc.property(fc.array(seconds), fc.array(seconds, { minLength: 1 }), (kept, taken) => {
      const [plain, changed] = [new Histogram(), new Histogram()]
      for (const value of kept) plain.add(binOf(value), 1)
      for (const value of [...kept, ...taken]) changed.add(binOf(value), 1)
      for (const value of taken) changed.add(binOf(value), -1)
      expect(changed.bins).toEqual(plain.bins)
    }),
  )
})

test.each([
  ['a second', 1, 0],
  ['less than a second', 0.2, 0],
  ['a day', day, binCount - 1],
  ['more than a day', day * 9, binCount - 1],
])('%s has a bin', (_, value, bin) => expect(binOf(value)).toBe(bin))

test('without durations there is no quantile to speak of', () => {
  expect(new Histogram().count()).toBe(0)
  expect(new Histogram().quantile(0.5)).toBe(0)
})
