import { assert } from '../base/assert.ts'
import { dayMs, dayOf } from '../base/clock.ts'

/** One day's slots. The seed decides which slot a name has. */
export type SlotDay = {
  readonly day: number
  readonly seed: bigint
  readonly fullAt: SlotTable
  /** One byte a page of slots: 1 when it changed since the writer of the file looked. */
  readonly changed: Uint8Array
}

/** The answer to one question, with what `RateLimit-*` and `Retry-After` tell the client. A `limit` of 0 means that the limiter is off: no headers then. */
export type RateVerdict = {
  readonly allowed: boolean
  /** Tokens of a full bucket. */
  readonly limit: number
  readonly remaining: number
  /** Until the bucket is full. */
  readonly resetSeconds: number
  /** Until the same question is allowed; 0 when it is. */
  readonly retryAfterSeconds: number
}

export type RateLimitOptions = {
  /** Tokens a minute; 0 turns the limiter off. */
  readonly rpm: number
  /** Tokens of a full bucket, all of which may be taken at once. */
  readonly burst: number
  /** Makes the secret of a new day: 64 random bits. */
  readonly seed: () => bigint
}

export type RateLimit = {
  /**
   * Takes tokens for the client of that name, or none at all when they do not suffice. A refusal costs the client nothing.
   * More tokens than the burst are never allowed, so a caller refuses such a batch by its size. 0 tokens only look.
   */
  take(name: string, tokens: number, now: number): RateVerdict
  /** Today's slots, and yesterday's as long as they count, for the writer of the file. Turns the day when nobody else did. */
  days(now: number): readonly SlotDay[]
  /** Continues with days that a file kept. */
  restore(days: readonly SlotDay[], now: number): void
  readonly rpm: number
  /** How long an empty bucket takes to fill: after that a slot says nothing. */
  readonly windowMs: number
}

export const slotCount = 2 ** 20
export const pageSlots = 1_024
export const pageCount = slotCount / pageSlots
export const rpmMax = 100_000_000

/** A tick is 1/rpm of a millisecond, so that a token is a whole number of ticks and no division ever rounds: the limiter is exact (up to 34 million rpm). */
const ticksPerToken = 60_000
const slotMask = BigInt(slotCount - 1)
const unlimited: RateVerdict = { allowed: true, limit: 0, remaining: 0, resetSeconds: 0, retryAfterSeconds: 0 }

/** The largest bucket for a rate: it must fill within a day, because no slot lives longer than the day after it. */
export function burstMax(rpm: number): number {
  return rpm * 1_440
}

/**
 * A token bucket for each client (as GCRA: one number, the time when the bucket is full again) in a fixed table of slots.
 * Slots are found by wyhash with a secret seed. wyhash is no cryptographic hash and need not be one: a client sees neither seed nor slot, only its own
 * remaining tokens, so to hit another one's slot it must spray all 2^20; the seed dies daily; and two names of one slot merely share a bucket.
 */
export function createRateLimit(options: RateLimitOptions): RateLimit {
  const { rpm, burst } = options
  assert(Number.isInteger(rpm) && rpm >= 0 && rpm <= rpmMax, `rpm is a whole number up to ${rpmMax}`)
  assert(rpm === 0 || (Number.isInteger(burst) && burst >= 1 && burst <= burstMax(rpm)), 'burst is a whole number that fills within a day')
  const windowTicks = burst * ticksPerToken
  const windowMs = rpm === 0 ? 0 : windowTicks / rpm
  const dayTicks = dayMs * rpm
  let today = emptyDay(-1, 0n)
  let yesterday: SlotDay | undefined

  function take(name: string, tokens: number, now: number): RateVerdict {
    if (rpm === 0) return unlimited
    turnTo(now)
    const nowTicks = (now - slotBase(today.day)) * rpm
    const most = nowTicks + windowTicks
    const slot = slotOf(name, today.seed)
    const stored = today.fullAt.read(slot)
    const full = Math.min(Math.max(nowTicks, stored, carriedOver(name, most)), most)
    const wanted = full + tokens * ticksPerToken
    const allowed = wanted <= most
    const next = allowed ? wanted : full
    // Also on a refusal: after a clock was set back, a slot lies ahead of what can be, and only its lowered word lets it refill.
    if (next !== stored && next > nowTicks) {
      today.fullAt.write(slot, next)
      today.changed[Math.floor(slot / pageSlots)] = 1
    }
    return verdict(allowed, next - nowTicks, tokens)
  }

  /** What the client owes from yesterday, while yesterday counts. More than a bucket can owe is from a clock that was set back since, and is let go. */
  function carriedOver(name: string, most: number): number {
    if (yesterday === undefined) return 0
    const full = yesterday.fullAt.read(slotOf(name, yesterday.seed)) - dayTicks
    return full <= most ? full : 0
  }

  function verdict(allowed: boolean, owedTicks: number, tokens: number): RateVerdict {
    const waitTicks = allowed ? 0 : owedTicks + Math.min(tokens, burst) * ticksPerToken - windowTicks
    return {
      allowed,
      limit: burst,
      remaining: Math.floor((windowTicks - owedTicks) / ticksPerToken),
      resetSeconds: seconds(owedTicks),
      retryAfterSeconds: allowed ? 0 : Math.max(1, seconds(waitTicks)),
    }
  }

  /**
   * A new day has a new secret and empty slots. Yesterday's slots are asked as well until all of their buckets are full, so midnight gives nobody a second
   * burst and takes nothing from anybody. A clock set back by less than a day stays in the day it had.
   */
  function turnTo(now: number): void {
    const day = dayOf(now)
    if (day > today.day || day < today.day - 1) {
      yesterday = day === today.day + 1 ? today : undefined
      today = emptyDay(day, options.seed())
    }
    if (yesterday !== undefined && now > today.day * dayMs + windowMs) yesterday = undefined
  }

  function days(now: number): readonly SlotDay[] {
    turnTo(now)
    return yesterday === undefined ? [today] : [today, yesterday]
  }

  function restore(kept: readonly SlotDay[], now: number): void {
    today = kept.find(({ day }) => day === dayOf(now)) ?? emptyDay(dayOf(now), options.seed())
    yesterday = kept.find(({ day }) => day === dayOf(now) - 1)
  }

  const seconds = (ticks: number): number => Math.ceil(ticks / (1_000 * rpm))
  return { take, days, restore, rpm, windowMs }
}

/** Slots of a day that nobody used yet. */
export function emptyDay(day: number, seed: bigint): SlotDay {
  return { day, seed, fullAt: new SlotTable(), changed: new Uint8Array(pageCount) }
}

/**
 * When the bucket of each of the `slotCount` slots is full again, in ticks since `slotBase(day)`; 0 for one that was never used. A page takes memory once
 * one of its slots is used: the collector counts what is allocated, touched or not, and lets its heap grow in proportion.
 */
export class SlotTable {
  readonly #pages: (Float64Array | undefined)[] = Array.from({ length: pageCount }, () => undefined)

  /** How many pages are there, `pageCount` at the most. */
  get usedPages(): number {
    return this.#pages.filter((page) => page !== undefined).length
  }

  read(slot: number): number {
    return this.#pages[Math.floor(slot / pageSlots)]?.[slot % pageSlots] ?? 0
  }

  write(slot: number, ticks: number): void {
    const place = Math.floor(slot / pageSlots)
    const page = this.#pages[place] ?? new Float64Array(pageSlots)
    this.#pages[place] = page
    page[slot % pageSlots] = ticks
  }
}

/** The moment from which a day's slots count, in ms. It lies a day before midnight, so that a clock set back stays above 0, the mark of an unused slot. */
export function slotBase(day: number): number {
  return (day - 1) * dayMs
}

function slotOf(name: string, seed: bigint): number {
  return Number(Bun.hash.wyhash(name, seed) & slotMask)
}
