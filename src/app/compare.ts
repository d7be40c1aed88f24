import { dayOf } from '../base/clock.ts'
import { formatDay } from '../base/format.ts'
import type { Settings } from '../config.ts'
import type { DayRange } from '../store/analysis-port.ts'
import { openRunHeads, type RunHeadFacts } from '../store/run-heads.ts'
import { openStoreReader } from '../store/sqlite-reader.ts'
import { pathsOf } from './folder.ts'

/** What a store knows of the runs of a tenant, for a comparison with records from elsewhere. Takes no lock: it only reads. */
export type StoreLook = {
  find(keys: readonly Uint8Array[]): readonly (RunHeadFacts | undefined)[]
  /** The runs of each day of a range by the status they read as, by `2026-01-31 success`. */
  countDays(range: DayRange): ReadonlyMap<string, number>
  close(): void
}

/** Opens the store of a data folder, which must be there. */
export function lookAtStore(settings: Settings, tenant: string): StoreLook {
  const { storePath } = pathsOf(settings)
  const heads = openRunHeads(storePath, tenant)
  const reader = openStoreReader(storePath)

  function countDays(range: DayRange): ReadonlyMap<string, number> {
    const { series } = reader.analyse({ tenant, range, filter: {}, grain: 'day', by: {} })
    const counted = series.flatMap(({ start, counts }) =>
      Object.entries(counts).map(([status, count]) => [`${formatDay(dayOf(start))} ${status}`, count] as const),
    )
    return new Map(counted)
  }

  return {
    find: heads.find,
    countDays,
    close: () => {
      heads.close()
      reader.close()
    },
  }
}
