import type { Database } from 'bun:sqlite'
import { dayOf } from '../base/clock.ts'
import { emptyDay, pageCount, type RateLimit, type SlotDay } from './rate-limit.ts'
import { decodePage, encodePage } from './rate-page.ts'

/** The rows of one limiter in `rate.db`, and what of them is up to date. All methods but `restore` run inside the caller's transaction. */
export type RateLane = {
  /** Gives the limiter back what the file knows of today and yesterday. */
  restore(now: number): void
  /** Writes the secrets of new days and deletes days that no longer count, with their secrets. True when something was deleted. */
  followDays(now: number): boolean
  /** Writes or clears pages, no more than the slice allows (but one page whatever its size). */
  writePages(now: number, slice: RateSlice): void
  /** Forgets what it believes of the file, so that all is written again. */
  distrust(now: number): void
}

/** What may be written at once. */
export type RateSlice = { readonly pagesMax: number; readonly bytesMax: number }

/** `clearAt` says for each page when its rows have run out, so that the page is looked at again; 0 for a page that the file does not hold. */
type KeptDay = { readonly slots: SlotDay; readonly clearAt: Float64Array; cursor: number }

const seedBytes = 8

/** Ties a limiter to its rows, which stand under `name`. */
export function createRateLane(database: Database, name: string, limit: RateLimit): RateLane {
  const rows = prepareRows(database)
  let kept: KeptDay[] = []
  let isFollowed = false

  function restore(now: number): void {
    if (limit.rpm === 0) return
    kept = [dayOf(now), dayOf(now) - 1].flatMap((day) => readDay(rows, { name, day, rpm: limit.rpm, now }) ?? [])
    if (kept.length === 0) return
    limit.restore(
      kept.map(({ slots }) => slots),
      now,
    )
  }

  function followDays(now: number): boolean {
    const days = limit.rpm === 0 ? [] : limit.days(now)
    if (isFollowed && days.length === kept.length && days.every((slots, index) => kept[index]?.slots === slots)) return false
    isFollowed = true
    kept = days.map((slots) => kept.find((before) => before.slots === slots) ?? keep(slots))
    for (const { day, seed } of days) rows.addSecret.run(name, day, bytesOf(seed))
    const oldest = days.at(-1)?.day ?? 1
    const newest = days[0]?.day ?? 0 // Without any day the bounds cross, and every row lies outside of them.
    rows.dropPages.run(name, oldest, newest)
    return rows.dropSecrets.run(name, oldest, newest).changes > 0
  }

  function writePages(now: number, { pagesMax, bytesMax }: RateSlice): void {
    let pages = 0
    let bytes = 0
    for (const day of kept) {
      for (let looked = 0; looked < pageCount && pages < pagesMax && bytes < bytesMax; looked += 1) {
        const page = day.cursor
        day.cursor = (page + 1) % pageCount
        if (!isDue(day, page, now)) continue
        bytes += writePage(day, page, now)
        pages += 1
      }
    }
  }

  function isDue({ slots, clearAt }: KeptDay, page: number, now: number): boolean {
    const clear = clearAt[page] ?? 0
    return slots.changed[page] === 1 || (clear > 0 && clear < now)
  }

  function writePage({ slots, clearAt }: KeptDay, page: number, now: number): number {
    slots.changed[page] = 0
    const bytes = encodePage(slots, { page, rpm: limit.rpm, now })
    if (bytes.length === 0) rows.dropPage.run(name, slots.day, page)
    else rows.putPage.run(name, slots.day, page, bytes)
    clearAt[page] = bytes.length === 0 ? 0 : now + limit.windowMs
    return bytes.length
  }

  function distrust(now: number): void {
    kept = []
    isFollowed = false
    if (limit.rpm > 0) for (const { changed } of limit.days(now)) changed.fill(1)
  }

  return { restore, followDays, writePages, distrust }
}

/** A day as the file has it; undefined when it has none. Throws on bytes that are no page of ours. */
function readDay(rows: LaneRows, { name, day, rpm, now }: { name: string; day: number; rpm: number; now: number }): KeptDay | undefined {
  const seed = rows.secret.get(name, day)?.seed
  if (seed?.length !== seedBytes) return undefined
  const kept = keep(emptyDay(day, Buffer.from(seed).readBigUInt64LE()))
  for (const { page, slots } of rows.pages.iterate(name, day)) {
    if (!decodePage(slots, kept.slots, { page, rpm, now })) throw new Error('a page of rate slots is damaged')
    kept.clearAt[page] = now
  }
  return kept
}

type LaneRows = ReturnType<typeof prepareRows>

/** By `query`, whose statements end with the database: one left open would keep the WAL, and a secret in it, beyond the close. */
function prepareRows(database: Database) {
  return {
    secret: database.query<{ seed: Uint8Array }, [string, number]>('SELECT seed FROM secret WHERE lane = ? AND day = ?'),
    pages: database.query<{ page: number; slots: Uint8Array }, [string, number]>('SELECT page, slots FROM page WHERE lane = ? AND day = ?'),
    addSecret: database.query(
      'INSERT INTO secret (lane, day, seed) VALUES (?, ?, ?) ON CONFLICT (lane, day) DO UPDATE SET seed = excluded.seed',
    ),
    putPage: database.query(
      'INSERT INTO page (lane, day, page, slots) VALUES (?, ?, ?, ?) ON CONFLICT (lane, day, page) DO UPDATE SET slots = excluded.slots',
    ),
    dropPage: database.query('DELETE FROM page WHERE lane = ? AND day = ? AND page = ?'),
    dropPages: database.query('DELETE FROM page WHERE lane = ? AND (day < ? OR day > ?)'),
    dropSecrets: database.query('DELETE FROM secret WHERE lane = ? AND (day < ? OR day > ?)'),
  }
}

function keep(slots: SlotDay): KeptDay {
  return { slots, clearAt: new Float64Array(pageCount), cursor: 0 }
}

function bytesOf(seed: bigint): Uint8Array {
  const bytes = Buffer.alloc(seedBytes)
  bytes.writeBigUInt64LE(seed)
  return bytes
}
