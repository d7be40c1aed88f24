import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type ComparedDay, Comparison } from '../../migration/import/comparison.ts'
import { type ImportCounts, rejectedOf } from '../../migration/import/import-counts.ts'
import type { ImportDoor } from '../../migration/import/import-records.ts'
import { dayMs } from '../base/clock.ts'
import { formatCount, formatMany } from '../base/format.ts'
import type { Settings } from '../config.ts'
import type { Context } from './context.ts'
import { renderTable } from './table.ts'

/** A day and outcome as the source and the store have it. `stored` runs the store counts there, of which the source names `found`. */
type Line = ComparedDay & { readonly stored: number }

export type CompareOptions = {
  readonly settings: Settings
  readonly tenant: string
  /** Hands every record of the source to the door. */
  readonly walk: (door: ImportDoor) => Promise<ImportCounts>
}

/** What differs between a source and the store. Nothing is written. */
export async function compareRecords(context: Context, { settings, tenant, walk }: CompareOptions): Promise<Compared> {
  if (!existsSync(join(settings.dataDir, 'store.db')))
    throw new Error(`DATA_DIR is ${settings.dataDir}: there is no store.db in it to compare with`)
  const service = await context.loadService()
  const look = service.lookAtStore(settings, tenant)
  try {
    const comparison = new Comparison((keys) => look.find(keys))
    const door: ImportDoor = {
      importEntries: async (entries) => {
        comparison.add(entries)
        return { erased: 0 }
      },
      settleImport: async () => {},
    }
    const counts = await walk(door)
    const days = comparison.days()
    const [first, last] = [days[0], days.at(-1)]
    const stored =
      first === undefined || last === undefined
        ? new Map<string, number>()
        : look.countDays({ fromDay: dayNumber(first), toDay: dayNumber(last) })
    return { counts, lines: withStored(days, stored) }
  } finally {
    look.close()
  }
}

export type Compared = { readonly counts: ImportCounts; readonly lines: readonly Line[] }

/** Also what only the store has is a line. */
function withStored(days: readonly ComparedDay[], stored: ReadonlyMap<string, number>): readonly Line[] {
  const named = new Set(days.map(placeOf))
  const alone = [...stored].flatMap(([place, count]) => {
    const [day = '', outcome = ''] = place.split(' ')
    return count === 0 || named.has(place) ? [] : [{ ...noRecords, day, outcome: outcome as ComparedDay['outcome'], stored: count }]
  })
  const lines = [...days.map((day) => ({ ...day, stored: stored.get(placeOf(day)) ?? 0 })), ...alone]
  return lines.sort((left, right) => (placeOf(left) < placeOf(right) ? -1 : 1))
}

const noRecords = { records: 0, repeated: 0, repaired: 0, same: 0, otherOutcome: 0, otherDay: 0, missing: 0, found: 0 }

function placeOf({ day, outcome }: Pick<ComparedDay, 'day' | 'outcome'>): string {
  return `${day} ${outcome}`
}

function dayNumber({ day }: Pick<ComparedDay, 'day'>): number {
  return Date.parse(`${day}T00:00:00Z`) / dayMs
}

/** For programs: everything, a line for each day and outcome. */
export function comparisonSummary({ counts, lines }: Compared) {
  return {
    read: counts.read,
    rejected: rejectedOf(counts),
    rejected_by: counts.rejectedBy,
    days: lines.map(({ otherOutcome, otherDay, found, stored, ...rest }) => ({
      ...rest,
      other_outcome: otherOutcome,
      other_day: otherDay,
      stored,
      store_only: stored - found,
    })),
  }
}

/** For people: the lines that differ, and what the columns mean. */
export function describeComparison({ counts, lines }: Compared): string {
  const differing = lines.filter((line) => line.records !== line.same || line.stored !== line.found || line.found !== line.same)
  const rejected = rejectedOf(counts)
  const head = `${formatMany(counts.read, 'record')} compared, ${formatCount(rejected)} of them cannot be taken.\n`
  if (differing.length === 0) return `${head}Every day has the same runs with the same outcomes.\n`
  const rows = differing.map((line) => [line.day, line.outcome, ...numbersOf(line).map(String)])
  const sums = differing.map(numbersOf).reduce((sum, numbers) => sum.map((value, index) => value + (numbers[index] ?? 0)))
  return `${head}${renderTable(columns, [...rows, ['all', '', ...sums.map(String)]])}${legend}`
}

const columns = [
  'DAY',
  'OUTCOME',
  'RECORDS',
  'REPEATED',
  'SAME',
  'OTHER OUTCOME',
  'OTHER DAY',
  'MISSING',
  'IN STORE',
  'ONLY IN STORE',
  'REPAIRED',
]

function numbersOf({ records, repeated, same, otherOutcome, otherDay, missing, stored, found, repaired }: Line): readonly number[] {
  return [records, repeated, same, otherOutcome, otherDay, missing, stored, stored - found, repaired]
}

const legend = `REPEATED: further records of a run that the source named before. OTHER OUTCOME: the store knows a report that decides otherwise, such as a later one.
OTHER DAY: it knows an earlier report. MISSING: not imported yet, expired or erased. ONLY IN STORE: no record of the source is of these runs.
REPAIRED: records that are read otherwise than they are written.
`
