import type { CellTally } from './cell-tally.ts'
import type { PackedPeriod } from './key.ts'

export type KeptLimits = {
  /** Fewer packed bytes are added up faster than compared. */
  readonly packedBytesMin: number
  /** What is kept, in bytes of its sums; those that were not asked for the longest go first. */
  readonly keptBytesMax: number
}

/** Of one reader: the sums of some pages over some periods. */
const readerLimits: KeptLimits = { packedBytesMin: 8_192, keptBytesMax: 8_388_608 }

/** A sum with the mark of the periods it was made of. */
type Kept = { readonly mark: bigint; readonly tally: CellTally }

/**
 * Sums of periods that are over, for whoever asks again. Runs that begin today change today's period, so of a range all periods but the last one are
 * mostly as they were; whether they are is seen by their bytes, each time, so a sum is never older than the store.
 */
export class KeptTallies {
  readonly #limits: KeptLimits
  readonly #kept = new Map<string, Kept>()
  #bytes = 0

  constructor(limits: KeptLimits = readerLimits) {
    this.#limits = limits
  }

  /** The sum of some periods, oldest first, each with its own rowid. `kind` tells sums apart that `begin` begins otherwise. */
  sum(kind: string, periods: readonly PackedPeriod[], begin: () => CellTally): CellTally {
    const over = periods.slice(0, -1)
    const last = periods.slice(-1)
    if (over.reduce((bytes, { blob }) => bytes + blob.length, 0) < this.#limits.packedBytesMin) return addAll(begin(), periods)
    const name = `${kind} ${over[0]?.id} ${over.length}`
    const mark = over.reduce((before, { id, blob }) => Bun.hash.wyhash(blob, before ^ BigInt(id)), 0n)
    const kept = this.#kept.get(name)
    if (kept?.mark === mark) {
      this.#kept.delete(name)
      this.#kept.set(name, kept) // Asked for last.
      return addAll(kept.tally.copy(), last)
    }
    const tally = addAll(begin(), over)
    this.#keep(name, { mark, tally: tally.copy() })
    return addAll(tally, last)
  }

  #keep(name: string, kept: Kept): void {
    this.#drop(name)
    this.#kept.set(name, kept)
    this.#bytes += kept.tally.bytes
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#limits.keptBytesMax) return
      this.#drop(oldest)
    }
  }

  #drop(name: string): void {
    this.#bytes -= this.#kept.get(name)?.tally.bytes ?? 0
    this.#kept.delete(name)
  }
}

function addAll(tally: CellTally, periods: readonly PackedPeriod[]): CellTally {
  for (const { id, blob } of periods) tally.add(blob, id)
  return tally
}
