import type { NewEntry } from '../../src/event/entry.ts'
import type { Refusal } from '../../src/event/refusal.ts'

/**
 * What an import did since it began, however often it was broken off. Rules are written `field:rule`. `erased` were left out, since their id was
 * erased after they began; times and repairs are those of the records taken and of these. */
export type ImportCounts = {
  readonly read: number
  readonly taken: number
  /** Left out for their time. */
  readonly outside: number
  /** Left out, since their id was erased after they began; times and repairs count them. */
  readonly erased: number
  readonly rejectedBy: Readonly<Record<string, number>>
  readonly repairedBy: Readonly<Record<string, number>>
  readonly firstAt?: number
  readonly lastAt?: number
}

export const nothingCounted: ImportCounts = { read: 0, taken: 0, outside: 0, erased: 0, rejectedBy: {}, repairedBy: {} }

/** Counts records one by one, going on from what was counted before. */
export class ImportTally {
  #read: number
  #taken: number
  #outside: number
  #erased: number
  #firstAt: number
  #lastAt: number
  readonly #rejectedBy: Map<string, number>
  readonly #repairedBy: Map<string, number>

  constructor({ read, taken, outside, erased, rejectedBy, repairedBy, firstAt, lastAt }: ImportCounts) {
    this.#read = read
    this.#taken = taken
    this.#outside = outside
    this.#erased = erased
    this.#rejectedBy = new Map(Object.entries(rejectedBy))
    this.#repairedBy = new Map(Object.entries(repairedBy))
    this.#firstAt = firstAt ?? Number.POSITIVE_INFINITY
    this.#lastAt = lastAt ?? Number.NEGATIVE_INFINITY
  }

  get read(): number {
    return this.#read
  }

  reject({ field, rule }: Refusal): void {
    this.#read += 1
    addOne(this.#rejectedBy, `${field}:${rule}`)
  }

  leaveOut(): void {
    this.#read += 1
    this.#outside += 1
  }

  take({ at, event }: NewEntry): void {
    this.#read += 1
    this.#taken += 1
    this.#firstAt = Math.min(this.#firstAt, at)
    this.#lastAt = Math.max(this.#lastAt, at)
    for (const rule of event.kind === 'run' ? event.state.repairs : event.repairs) addOne(this.#repairedBy, rule)
  }

  /** Of those taken, so many were then not wanted. */
  forget(erased: number): void {
    this.#taken -= erased
    this.#erased += erased
  }

  counts(): ImportCounts {
    return {
      read: this.#read,
      taken: this.#taken,
      outside: this.#outside,
      erased: this.#erased,
      rejectedBy: mostFirst(this.#rejectedBy),
      repairedBy: mostFirst(this.#repairedBy),
      ...(this.#taken > 0 && { firstAt: this.#firstAt, lastAt: this.#lastAt }),
    }
  }
}

/** How many records were not taken. */
export function rejectedOf({ rejectedBy }: ImportCounts): number {
  return Object.values(rejectedBy).reduce((sum, count) => sum + count, 0)
}

function addOne(counts: Map<string, number>, rule: string): void {
  counts.set(rule, (counts.get(rule) ?? 0) + 1)
}

function mostFirst(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([left, one], [right, other]) => other - one || (left < right ? -1 : 1)))
}
