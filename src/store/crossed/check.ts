import type { Database } from 'bun:sqlite'
import { formatDay } from '../../base/format.ts'
import { prepare, slot } from '../../base/sql.ts'
import type { RollupDifference } from '../rollup/difference.ts'
import { placeOfId } from '../rollup/key.ts'
import { sql } from '../schema.ts'
import { nameValue } from '../value-name.ts'
import type { Words } from '../words.ts'
import { crossedDimensions, crossedId, placesMax } from './key.ts'
import { readDayRuns } from './read-day.ts'

/** How many rows were compared, and those that differ: one for each value of a day. */
export type CrossedCheck = { readonly periods: number; readonly differences: readonly RollupDifference[] }

type Rows = ReadonlyMap<number, Uint8Array>
type Compared = { readonly value: number; readonly stored: number; readonly expected: number }

/** Counts every day that is counted by the values of its dimensions again, and compares. Each day is one state of the store. */
export function checkCrossedDays(database: Database, words: Words): CrossedCheck {
  const statements = prepareCheck(database)
  const differences: RollupDifference[] = []
  let periods = 0
  for (const { id } of statements.days.all()) {
    const { tenant, period: day } = placeOfId(id)
    database.transaction(() => {
      if ((statements.day.first(id)?.made ?? 0) === 0) return
      const runs = readDayRuns(database, words, tenant, day)
      for (const dimension of crossedDimensions) {
        const ids = [crossedId(tenant, dimension, day), crossedId(tenant, dimension, day, placesMax - 1)] as const
        const stored: Rows = new Map(statements.rows.all(...ids).map(({ value, cells }) => [value, cells]))
        const expected: Rows = new Map([...runs.cross(dimension)].map(({ value, cells }) => [value, cells]))
        periods += expected.size
        for (const { value, ...numbers } of compareRows(stored, expected))
          differences.push({ ...spellPlace(tenant, day, words), dimension, value: nameValue(dimension, value, words), ...numbers })
      }
    })()
  }
  return { periods, differences }
}

/** The rows that do not agree, with how many bytes they should have. */
function* compareRows(stored: Rows, expected: Rows): Iterable<Compared> {
  for (const value of new Set([...stored.keys(), ...expected.keys()])) {
    const [has, shall] = [stored.get(value), expected.get(value)]
    if (has === undefined || shall === undefined || Buffer.compare(has, shall) !== 0)
      yield { value, stored: has?.length ?? 0, expected: shall?.length ?? 0 }
  }
}

function spellPlace(tenant: number, day: number, words: Words) {
  return {
    ...{ tenant: words.text('tenant', tenant), grain: 'day', period: formatDay(day), type: '', source: '' },
    what: 'bytes of its runs by everything else',
  }
}

function prepareCheck(database: Database) {
  const days = sql.selectFrom('crossed_day')
  const rows = sql.selectFrom('crossed').select(['value', 'cells'])
  return {
    days: prepare(database, days.select('id').where('made', '>', 0)), // A row a day.
    day: prepare(database, days.select('made').where('id', '=', slot(0))), // Rowid.
    rows: prepare(database, rows.where('id', '>=', slot(0)).where('id', '<=', slot(1))), // Rowid.
  }
}
