import { Database } from 'bun:sqlite'
import { describe, expect, test } from 'bun:test'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { addressKey, readAddress } from '../../src/access/address.ts'
import { openRateFile, sliceBytesMax, slicePagesMax } from '../../src/access/rate-file.ts'
import { createRateLimit, pageCount, pageSlots, type RateLimit } from '../../src/access/rate-limit.ts'
import { dayMs } from '../../src/base/clock.ts'
import { type FakeClock, fakeClock } from '../fake-clock.ts'
import { temporaryFolder } from '../store/folder.ts'
import { bytesIn, countedSeeds, listeningLog } from './sample.ts'

const noon = Date.UTC(2026, 2, 1, 12)
const midnight = Date.UTC(2026, 2, 2)

/** A process: limiters that start empty and the file they continue. Each has secrets of its own, so only the file can make them agree. */
function start(path: string, clock: FakeClock, { rpm = 60, burst = 20 } = {}) {
  seeds += 1_000
  const address = createRateLimit({ rpm, burst, seed: countedSeeds(seeds) })
  const key = createRateLimit({ rpm, burst, seed: countedSeeds(seeds + 500) })
  const log = listeningLog()
  return { address, key, log, file: openRateFile({ path, limits: { address, key }, clock, log }) }
}
let seeds = 0

const takeAll = (limit: RateLimit, clock: FakeClock, name = 'busy') => limit.take(name, 20, clock.now())
const pagesIn = (path: string) => {
  using database = new Database(path, { readonly: true })
  return database.query<{ lane: string; day: number; n: number }, []>('SELECT lane, day, count(*) AS n FROM page GROUP BY lane, day').all()
}

describe('a restart', () => {
  test.each([
    ['that was asked for', true],
    ['by SIGKILL after a slice', false],
  ])('%s keeps the limits', (_, isGraceful) => {
    using folder = temporaryFolder()
    const clock = fakeClock(noon)
    const before = start(folder.file('rate.db'), clock)
    takeAll(before.address, clock)
    takeAll(before.key, clock, 'key id')
    if (isGraceful) before.file.close()
    else before.file.writeSlice()

    clock.pass(5_000)
    const after = start(folder.file('rate.db'), clock)
    expect(after.address.take('busy', 6, clock.now())).toMatchObject({ allowed: false, remaining: 5 })
    expect(after.key.take('key id', 6, clock.now())).toMatchObject({ allowed: false, remaining: 5 })
    expect(after.address.take('busy', 5, clock.now()).allowed).toBe(true)
    expect(after.address.take('fresh', 20, clock.now()).allowed).toBe(true)
    expect(after.key.take('busy', 20, clock.now()).allowed).toBe(true)
    expect(after.log.lines).toEqual([])
    after.file.close()
  })

  test('over midnight keeps them as well', () => {
    using folder = temporaryFolder()
    const clock = fakeClock(midnight - 1_000)
    const before = start(folder.file('rate.db'), clock)
    takeAll(before.address, clock)
    before.file.close()
    clock.set(midnight + 1_000)
    const after = start(folder.file('rate.db'), clock)
    expect(after.address.take('busy', 3, clock.now())).toMatchObject({ allowed: false, remaining: 2 })
    after.file.close()
    clock.pass(1_000)
    const third = start(folder.file('rate.db'), clock)
    expect(third.address.take('busy', 4, clock.now())).toMatchObject({ allowed: false, remaining: 3 })
    third.file.close()
  })

  test('with another limit keeps the time until a bucket is full, within the new bucket', () => {
    using folder = temporaryFolder()
    const clock = fakeClock(noon)
    const before = start(folder.file('rate.db'), clock)
    takeAll(before.address, clock)
    before.file.close()
    const after = start(folder.file('rate.db'), clock, { rpm: 600, burst: 50 })
    expect(after.address.take('busy', 1, clock.now())).toMatchObject({ allowed: false, resetSeconds: 5 })
    after.file.close()
  })

  test('with the limiter off forgets what it held', () => {
    using folder = temporaryFolder()
    const clock = fakeClock(noon)
    const before = start(folder.file('rate.db'), clock)
    takeAll(before.address, clock)
    before.file.close()
    start(folder.file('rate.db'), clock, { rpm: 0 }).file.close()
    expect(pagesIn(folder.file('rate.db'))).toEqual([])
  })
})

describe('a slice', () => {
  test('is small, and slices reach everything however many slots changed', () => {
    using folder = temporaryFolder()
    const clock = fakeClock(noon)
    const { address, key, file } = start(folder.file('rate.db'), clock)
    for (let index = 0; index < 100_000; index += 1) address.take(`client ${index}`, 1, clock.now())
    takeAll(key, clock)
    const written: number[] = []
    for (let slice = 0; slice < pageCount / slicePagesMax; slice += 1) {
      file.writeSlice()
      written.push(pagesIn(folder.file('rate.db')).find(({ lane }) => lane === 'address')?.n ?? 0)
      expect(pagesIn(folder.file('rate.db')).find(({ lane }) => lane === 'key')?.n).toBe(1)
    }
    expect(written).toEqual(Array.from({ length: pageCount / slicePagesMax }, (_, slice) => (slice + 1) * slicePagesMax))
    file.close()
  })

  test('stays small in a flood', () => {
    using folder = temporaryFolder()
    const clock = fakeClock(noon)
    const { address, file } = start(folder.file('rate.db'), clock)
    for (let index = 0; index < 400_000; index += 1) address.take(`client ${index}`, 1, clock.now())
    file.writeSlice()
    using database = new Database(folder.file('rate.db'), { readonly: true })
    const bytes = database.query<{ n: number }, []>('SELECT sum(length(slots)) AS n FROM page').get()?.n ?? 0
    expect(bytes).toBeGreaterThanOrEqual(sliceBytesMax)
    expect(bytes).toBeLessThan(sliceBytesMax + 6 * pageSlots) // The last page may go beyond.
    file.close()
  })

  test('clears what has run out, so that the file holds only clients of the last moments', () => {
    using folder = temporaryFolder()
    const clock = fakeClock(noon)
    const { address, file } = start(folder.file('rate.db'), clock)
    takeAll(address, clock)
    file.writeSlice()
    expect(pagesIn(folder.file('rate.db'))).toHaveLength(1)
    clock.pass(20_001)
    file.writeSlice()
    expect(pagesIn(folder.file('rate.db'))).toEqual([])
    file.close()
  })
})

test('P2 rate.db holds no address in any form, and each slot in it fits many addresses', () => {
  using folder = temporaryFolder()
  const clock = fakeClock(noon)
  const { address: limit, file } = start(folder.file('rate.db'), clock)
  const texts = ['203.0.113.77', '198.51.100.254', '2001:db8:aaaa:bbbb:cccc::1']
  const keys = texts.map((text) => {
    const read = readAddress(text)
    if (read === undefined) throw new Error('the row is wrong')
    return addressKey(read)
  })
  for (const key of keys) limit.take(key, 20, clock.now())
  file.writeSlice()
  const whileOpen = bytesIn(folder.path)
  const [day] = limit.days(clock.now())
  if (day === undefined) throw new Error('a day exists once it was asked for')
  file.close()

  for (const bytes of [whileOpen, bytesIn(folder.path)]) {
    for (const [index, key] of keys.entries()) {
      const binary = Buffer.from(key.slice(1), 'hex')
      const digest = Buffer.alloc(8)
      digest.writeBigUInt64LE(Bun.hash.wyhash(key, day.seed))
      const forms = [
        Buffer.from(texts[index] ?? ''),
        Buffer.from(key),
        binary,
        Buffer.from(binary).reverse(),
        digest,
        Buffer.from(digest).reverse(),
      ]
      for (const form of forms) expect(bytes.includes(form)).toBe(false)
    }
  }
  const slotOf = (key: string) => Number(Bun.hash.wyhash(key, day.seed) & 0xfffffn)
  const wanted = new Set(keys.map(slotOf))
  const others = new Map<number, number>()
  for (let number = 0; number < 2 ** 22; number += 1) {
    const slot = slotOf(`4${number.toString(16).padStart(8, '0')}`)
    if (wanted.has(slot)) others.set(slot, (others.get(slot) ?? 0) + 1)
  }
  // A thousandth of all IPv4 addresses was tried: each slot of the file fits a thousand times as many.
  expect([...others.values()].length).toBe(keys.length)
})

test('P2 the secret of a day is gone from every file once the day does not count any more', () => {
  using folder = temporaryFolder()
  const clock = fakeClock(midnight - 5_000)
  const { address, file } = start(folder.file('rate.db'), clock)
  takeAll(address, clock)
  file.writeSlice()
  const [day] = address.days(clock.now())
  const seed = Buffer.alloc(8)
  seed.writeBigUInt64LE(day?.seed ?? 0n)
  expect(bytesIn(folder.path).includes(seed)).toBe(true)

  clock.set(midnight + 10_000)
  file.writeSlice()
  expect(bytesIn(folder.path).includes(seed)).toBe(true) // Its buckets are not full yet.
  clock.set(midnight + 20_001)
  file.writeSlice()
  expect(bytesIn(folder.path).includes(seed)).toBe(false)
  expect(statSync(folder.file('rate.db-wal')).size).toBe(0)
  file.close()
  expect(bytesIn(folder.path).includes(seed)).toBe(false)
})

test('only the owner may read rate.db and its WAL', () => {
  using folder = temporaryFolder()
  const { file } = start(folder.file('rate.db'), fakeClock(noon))
  for (const name of ['rate.db', 'rate.db-wal']) expect(statSync(folder.file(name)).mode & 0o777).toBe(0o600)
  file.close()
})

describe('a damaged file', () => {
  const rewrite = (sql: string) => (path: string) => {
    using database = new Database(path)
    database.run(sql)
  }
  test.each<[string, (path: string) => void]>([
    ['with noise in it', (path) => writeFileSync(path, 'noise'.repeat(5_000))],
    ['cut in the middle', (path) => writeFileSync(path, new Uint8Array(3_000).fill(83))],
    ['of another program', rewrite('PRAGMA application_id = 1')],
    ['of a newer version', rewrite('PRAGMA user_version = 99')],
    ['with a page of odd length', rewrite(`UPDATE page SET slots = x'0102'`)],
    ['with a slot beyond its page', rewrite(`UPDATE page SET slots = x'ffff00ff0000'`)],
    ['with a page beyond the table', rewrite('UPDATE page SET page = 5000')],
    ['without a table', rewrite('DROP TABLE page')],
  ])('%s is made anew, and one line says so', (_, damage) => {
    using folder = temporaryFolder()
    const clock = fakeClock(noon)
    const path = folder.file('rate.db')
    const before = start(path, clock)
    takeAll(before.address, clock)
    before.file.close()
    damage(path)

    const after = start(path, clock)
    expect(after.log.lines.map(({ level, message }) => ({ level, message }))).toEqual([
      { level: 'warn', message: 'rate limits begin anew: their file cannot be read' },
    ])
    expect(after.address.take('busy', 20, clock.now()).allowed).toBe(true)
    after.file.close()
    const third = start(path, clock)
    expect(third.address.take('busy', 1, clock.now()).allowed).toBe(false)
    third.file.close()
  })

  test('that cannot be replaced leaves the limits in memory, with one line for all slices', () => {
    using folder = temporaryFolder()
    const clock = fakeClock(noon)
    mkdirSync(folder.file('rate.db'))
    const { address, file, log } = start(folder.file('rate.db'), clock)
    takeAll(address, clock)
    for (let slice = 0; slice < 5; slice += 1) file.writeSlice()
    expect(address.take('busy', 1, clock.now()).allowed).toBe(false)
    expect(log.lines).toHaveLength(1)
    file.close()
  })
})

test('a slice that finds the file locked is written later, and is logged once at each turn', () => {
  using folder = temporaryFolder()
  const clock = fakeClock(noon)
  const path = folder.file('rate.db')
  const before = start(path, clock)
  before.file.writeSlice()
  takeAll(before.address, clock)
  const other = new Database(path)
  other.run('BEGIN IMMEDIATE')
  for (let slice = 0; slice < 3; slice += 1) before.file.writeSlice()
  other.run('COMMIT')
  other.close()
  expect(before.log.lines.map(({ facts }) => facts['code'])).toEqual(['SQLITE_BUSY'])
  before.file.writeSlice()
  expect(before.log.lines.map(({ level }) => level)).toEqual(['warn', 'info'])
  before.file.close()
  const after = start(path, clock)
  expect(after.address.take('busy', 1, clock.now()).allowed).toBe(false)
  after.file.close()
})

test('days that nobody asks in pass all the same', () => {
  using folder = temporaryFolder()
  const clock = fakeClock(noon)
  const { address, file } = start(folder.file('rate.db'), clock)
  takeAll(address, clock)
  file.writeSlice()
  clock.pass(5 * dayMs)
  file.writeSlice()
  expect(pagesIn(folder.file('rate.db'))).toEqual([])
  expect(address.days(clock.now()).map(({ day }) => day)).toEqual([noon / dayMs + 4.5])
  file.close()
})
