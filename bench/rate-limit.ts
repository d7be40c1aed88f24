/**
 * What access control costs each request, in microseconds: who the client is, whether it may go on, whose key it holds.
 * `node script/bun.mjs run bench/rate-limit.ts`; stops with 1 when a check of the limiter costs more than its limit.
 */
import { getRandomValues } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClientAddress } from '../src/access/client-address.ts'
import { openAccessDatabase } from '../src/access/database.ts'
import { openKeyRing } from '../src/access/key.ts'
import { openRateFile } from '../src/access/rate-file.ts'
import { createRateLimit } from '../src/access/rate-limit.ts'
import { systemClock } from '../src/base/clock.ts'
import { silentLog } from '../src/base/log.ts'

const checkMicrosecondsMax = 2
const callsPerRound = 200_000
const rounds = 7
const names = Array.from({ length: 100_000 }, (_, index) => `4${Math.imul(index, 0x9e3779b1).toString(16)}`)
const random = (length: number) => getRandomValues(new Uint8Array(length))
const seed = () => Buffer.from(random(8)).readBigUInt64LE()
const pick = <Value>(list: readonly Value[], index: number): Value => list[index % list.length] as Value

let count = 0

/** The median of several rounds, so that one pause of the collector or of the machine does not count. */
function measure(what: string, call: (index: number) => void, calls = callsPerRound): number {
  const times = Array.from({ length: rounds + 1 }, () => {
    const start = Bun.nanoseconds()
    for (let index = 0; index < calls; index += 1) call(count++)
    return (Bun.nanoseconds() - start) / calls / 1_000
  })
  const median = times.slice(1).sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN
  console.log(`${what.padEnd(58)} ${median.toFixed(3).padStart(9)}`)
  return median
}

console.log(`${'what'.padEnd(58)} ${'µs'.padStart(9)}`)
const limit = createRateLimit({ rpm: 600, burst: 200, seed })
const checks = [
  measure('limit: one of 100,000 clients', (index) => limit.take(pick(names, index), 1, Date.now())),
  measure('limit: a client never seen before', (index) => limit.take(`6${index.toString(16)}`, 1, Date.now())),
]
const strict = createRateLimit({ rpm: 1, burst: 1, seed })
checks.push(measure('limit: a client that is refused', () => strict.take('busy', 1, Date.now())))

const clients = createClientAddress({ trusted: [], reportUnlistedProxy: () => undefined })
const bare = new Headers({ 'User-Agent': 'curl/8' })
const known = Array.from({ length: 5_000 }, (_, index) => new Headers({ 'X-Forwarded-For': `198.51.${index >> 8}.${index & 255}` }))
const chain = new Headers({ 'X-Forwarded-For': '198.51.100.1, 2001:db8:1:2::9, 127.0.0.1' })
const fresh = Array.from({ length: 200_000 }, (_, index) => `2001:db8:${(index >> 8).toString(16)}:${(index & 255).toString(16)}::9`)
measure('address: a peer without X-Forwarded-For', () => clients.keyOf('203.0.113.9', bare))
measure('address: one of 5,000 behind a proxy', (index) => clients.keyOf('127.0.0.1', pick(known, index)))
measure('address: behind two proxies, with a forged entry', () => clients.keyOf('127.0.0.1', chain))
measure('address: an IPv6 peer never seen before', (index) => clients.keyOf(pick(fresh, index), bare))

const folder = mkdtempSync(join(tmpdir(), 'telemetry-bench-'))
try {
  const database = openAccessDatabase(join(folder, 'access.db'))
  const ring = openKeyRing(database, { clock: systemClock, random })
  const made = Array.from({ length: 100 }, () => ring.createKey({ scope: 'ingest', tenant: 'default' }, 'bench'))
  const keys = made.flatMap((answer) => (answer.ok ? [answer.value.key] : []))
  measure('key: one of 100', (index) => ring.authenticate(pick(keys, index), ['ingest']))
  measure('key: never made', () => ring.authenticate('ts_i_000000000000_0000000000000000000000000000000000000000000', ['ingest']), 20_000)
  database.close()

  for (const [what, clientCount] of [
    ['with 10,000 clients', 10_000],
    ['in a flood', 2_000_000],
  ] as const) {
    const limit = createRateLimit({ rpm: 1, burst: 1_440, seed })
    const file = openRateFile({ path: join(folder, `${clientCount}.db`), limits: { address: limit }, clock: systemClock, log: silentLog })
    for (let index = 0; index < clientCount; index += 1) limit.take(`${index}`, 1, Date.now())
    const writeChanged = () => {
      for (const day of limit.days(Date.now())) day.changed.fill(1)
      file.writeSlice()
    }
    measure(`file: one slice ${what}`, writeChanged, 100)
    file.close()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = checks.every((check) => check <= checkMicrosecondsMax) ? 0 : 1
