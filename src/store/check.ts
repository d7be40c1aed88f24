import { checkCrossedDays } from './crossed/check.ts'
import { openStoreFileToRead } from './file.ts'
import { checkRollups, differencesMax, type RollupCheck } from './rollup/check.ts'
import { Words } from './words.ts'

/** The check of all sums of a store that its writer has brought up to date, over a connection of its own that can only read. */
export function checkStoreFile(path: string): RollupCheck {
  const database = openStoreFileToRead(path)
  try {
    const words = new Words(database)
    const [rollups, crossed] = [checkRollups(database, words), checkCrossedDays(database, words)]
    return {
      runs: rollups.runs,
      periods: rollups.periods + crossed.periods,
      differing: rollups.differing + crossed.differences.length,
      differences: [...rollups.differences, ...crossed.differences].slice(0, differencesMax),
    }
  } finally {
    database.close()
  }
}
