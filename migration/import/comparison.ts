import { dayOf } from '../../src/base/clock.ts'
import { formatDay } from '../../src/base/format.ts'
import { runKeyOfState } from '../../src/event/identity.ts'
import type { InstallStatus } from '../../src/event/install.ts'
import { readRun } from '../../src/event/reading.ts'
import { decodeGroup, type EncodedEntries } from '../../src/journal/payload.ts'
import { KeySet } from './key-set.ts'

/** What the store knows of a run: when it began, in milliseconds since 1970 UTC, and how it reads. */
export type KnownRun = { readonly at: number; readonly status: InstallStatus }

/** Asks the store for runs by their keys; in their order. */
export type FindRuns = (keys: readonly Uint8Array[]) => readonly (KnownRun | undefined)[]

/**
 * The records of a source that began on a day (UTC, 2026-01-31) with one outcome, and what became of them. `records` are all that can be taken; of these
 * `repeated` are of a run that came before in the source, and every other one is in one of `same`, `otherOutcome`, `otherDay` and `missing`. `repaired`
 * records were changed on the way in. `found` are runs of the source that the store counts on this day with this outcome.
 */
export type ComparedDay = {
  readonly day: string
  readonly outcome: InstallStatus
  readonly records: number
  readonly repeated: number
  readonly repaired: number
  readonly same: number
  readonly otherOutcome: number
  readonly otherDay: number
  readonly missing: number
  readonly found: number
}

type Counts = { -readonly [Name in Exclude<keyof ComparedDay, 'day' | 'outcome'>]: number }

/** Compares records with the runs of a store, by day and outcome. Remembers 16 bytes for each run that it met. */
export class Comparison {
  readonly #find: FindRuns
  readonly #met = new KeySet()
  readonly #days = new Map<string, Counts>()

  constructor(find: FindRuns) {
    this.#find = find
  }

  /** Compares what an import would hand over. */
  add({ lines }: EncodedEntries): void {
    const runs = decodeGroup(0, lines).flatMap(({ event }) => {
      const key = event.kind === 'run' ? runKeyOfState(event.state)?.key : undefined
      return event.kind === 'run' && key !== undefined ? [{ key, reading: readRun(event.state) }] : []
    })
    const known = this.#find(runs.map(({ key }) => key))
    for (const [index, { key, reading }] of runs.entries()) {
      const counts = this.#countsOf(reading.firstAt, reading.status)
      counts.records += 1
      if (reading.repairs.length > 0) counts.repaired += 1
      if (this.#met.add(key)) this.#compare(counts, { at: reading.firstAt, status: reading.status }, known[index])
      else counts.repeated += 1
    }
  }

  /** By day, and on a day by outcome. */
  days(): readonly ComparedDay[] {
    return [...this.#days]
      .map(([place, counts]) => {
        const [day = '', outcome = ''] = place.split(' ')
        return { day, outcome: outcome as InstallStatus, ...counts }
      })
      .sort((left, right) => (left.day + left.outcome < right.day + right.outcome ? -1 : 1))
  }

  #compare(counts: Counts, record: KnownRun, run: KnownRun | undefined): void {
    if (run === undefined) {
      counts.missing += 1
      return
    }
    this.#countsOf(run.at, run.status).found += 1
    if (dayOf(run.at) !== dayOf(record.at)) counts.otherDay += 1
    else if (run.status !== record.status) counts.otherOutcome += 1
    else counts.same += 1
  }

  #countsOf(at: number, outcome: InstallStatus): Counts {
    const place = `${formatDay(dayOf(at))} ${outcome}`
    const known = this.#days.get(place)
    if (known !== undefined) return known
    const counts: Counts = { records: 0, repeated: 0, repaired: 0, same: 0, otherOutcome: 0, otherDay: 0, missing: 0, found: 0 }
    this.#days.set(place, counts)
    return counts
  }
}
