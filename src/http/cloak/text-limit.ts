import { createRateLimit, type RateVerdict } from '../../access/rate-limit.ts'

/** How many texts in a time of so many seconds; a count of 0 is no limit. */
export type TextRate = { readonly count: number; readonly seconds: number }

/** Takes tokens of a client; the verdict says when to come again. */
export type TextLimit = { take(name: string, tokens: number, now: number): RateVerdict }

const secondsOfMinute = 60

/**
 * A bucket of as many texts as the rate has in its time, which refills in that time. The limiter counts by the minute, so its clock runs slower by as many times as
 * the rate's own time is longer.
 */
export function createTextLimit({ count, seconds }: TextRate, seed: () => bigint): TextLimit {
  const slowness = seconds / secondsOfMinute
  const limit = createRateLimit({ rpm: count, burst: Math.max(1, count), seed })
  return {
    take: (name, tokens, now) => {
      const verdict = limit.take(name, tokens, Math.floor(now / slowness))
      return {
        ...verdict,
        resetSeconds: Math.ceil(verdict.resetSeconds * slowness),
        retryAfterSeconds: Math.ceil(verdict.retryAfterSeconds * slowness),
      }
    },
  }
}
