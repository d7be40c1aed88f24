import type { Database } from 'bun:sqlite'
import { rmSync } from 'node:fs'
import { rate0001Page } from '../../migration/schema/rate-0001-page.ts'
import type { Clock } from '../base/clock.ts'
import { faultCode } from '../base/fault-code.ts'
import type { Log } from '../base/log.ts'
import { isEnvironmentFault } from '../base/sqlite.ts'
import { openPrivateDatabase } from './private-file.ts'
import { createRateLane, type RateLane, type RateSlice } from './rate-lane.ts'
import type { RateLimit } from './rate-limit.ts'

export type RateFileOptions = {
  readonly path: string
  /** Each limiter under the name that its rows have. */
  readonly limits: Readonly<Record<string, RateLimit>>
  readonly clock: Clock
  readonly log: Log
}

/** Carries limits over a restart. It writes behind: a crash forgets what the last slices did not reach. */
export type RateFile = {
  /** Writes a small part of the changed slots of each limiter and clears what has run out. For a timer, several times a second. Never throws. */
  writeSlice(): void
  /** Writes all that is left. */
  close(): void
}

type OpenFile = { readonly database: Database; readonly lanes: readonly RateLane[] }

/**
 * What a slice writes of each limiter, so that it holds the thread up for less than a millisecond: pages bound it on usual days, when each holds few
 * slots in use, bytes bound it in a flood.
 */
export const slicePagesMax = 64
export const sliceBytesMax = 48 * 1024
const slice: RateSlice = { pagesMax: slicePagesMax, bytesMax: sliceBytesMax }
const everything: RateSlice = { pagesMax: Number.POSITIVE_INFINITY, bytesMax: Number.POSITIVE_INFINITY }
const rateApplicationId = 0x74737261
const rateCacheBytes = 1024 * 1024

/**
 * Opens `rate.db` and gives the limiters, which nobody used yet, back what it holds. A missing or damaged file is made anew; where that fails too, the limits live in memory
 * only and each slice tries again: limits are never a reason not to start.
 */
export function openRateFile(options: RateFileOptions): RateFile {
  const { clock, log } = options
  let isFailing = false
  let isClosed = false
  let file = tryOpen('continue') ?? tryOpen('anew')

  function write(part: RateSlice): void {
    if (isClosed) return
    file ??= tryOpen('anew')
    if (file === undefined) return
    try {
      writeLanes(file, clock.now(), part)
      if (isFailing) log.info({}, 'rate limits are written again')
      isFailing = false
    } catch (fault) {
      report(fault, 'rate limits are not written: a restart would reset them')
      for (const lane of file.lanes) lane.distrust(clock.now())
      if (isEnvironmentFault(fault)) return
      file.database.close() // Damaged: the next slice makes a new file.
      file = undefined
    }
  }

  /** What cannot be restored to the end leaves the limiters to go on with the rest. */
  function tryOpen(way: 'continue' | 'anew'): OpenFile | undefined {
    let database: Database | undefined
    try {
      if (way === 'anew') for (const ending of ['', '-wal', '-shm']) rmSync(`${options.path}${ending}`, { force: true })
      database = openRateDatabase(options.path)
      const lanes = createLanes(database, options)
      for (const lane of lanes) way === 'anew' ? lane.distrust(clock.now()) : lane.restore(clock.now())
      return { database, lanes }
    } catch (fault) {
      database?.close()
      report(fault, way === 'anew' ? 'rate limits live in memory only' : 'rate limits begin anew: their file cannot be read')
      return undefined
    }
  }

  /** One line for each row of failures, not one for each slice. */
  function report(fault: unknown, message: string): void {
    if (!isFailing) log.warn({ code: faultCode(fault) }, message)
    isFailing = true
  }

  function close(): void {
    write(everything)
    isClosed = true
    file?.database.close()
  }

  return { writeSlice: () => write(slice), close }
}

function openRateDatabase(path: string): Database {
  const options = {
    path,
    applicationId: rateApplicationId,
    migrations: [rate0001Page],
    synchronous: 'normal',
    cacheBytes: rateCacheBytes,
  } as const
  const database = openPrivateDatabase(options)
  database.run('PRAGMA synchronous = off') // No fsync may hold up ingest, and a file that a power loss damaged is made anew.
  database.run('PRAGMA busy_timeout = 0') // Nor may a lock: a slice that finds one is written later.
  database.run('PRAGMA secure_delete = on') // What has run out is overwritten, not only unlinked.
  return database
}

/** Each limiter has its own share of a slice, so that a flood at one does not keep the other from the file. */
function writeLanes({ database, lanes }: OpenFile, now: number, part: RateSlice): void {
  let hasForgotten = false
  database.transaction(() => {
    for (const lane of lanes) {
      hasForgotten = lane.followDays(now) || hasForgotten
      lane.writePages(now, part)
    }
  })()
  if (hasForgotten) database.run('PRAGMA wal_checkpoint(TRUNCATE)') // An old secret must leave the WAL as well.
}

function createLanes(database: Database, { limits }: RateFileOptions): RateLane[] {
  return Object.entries(limits).map(([name, limit]) => createRateLane(database, name, limit))
}
