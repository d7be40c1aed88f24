import type { Database } from 'bun:sqlite'
import { sql as raw, type SqlBool } from 'kysely'
import { runQuery } from '../../base/sql.ts'
import { endlessStatuses } from '../../event/run.ts'
import type { RunFilter } from '../analysis-port.ts'
import { type Dimension, dimensionRules, dimensions, valueOfCell } from '../dimension.ts'
import { valueOfWord, valuesOf, valuesOfText } from '../filter-value.ts'
import { countColumns } from '../run/columns.ts'
import { sql } from '../schema.ts'
import type { Words } from '../words.ts'
import { mark, type SegmentColumn } from './column.ts'

/** What the cells of one column must be; `only` where that is one value. */
export type Condition = { readonly column: SegmentColumn; readonly allows: (value: number) => boolean; readonly only?: number }

/** A question that narrows runs: beside the filter, a part of the script's name, and whether something was repaired or hidden. */
export type SegmentFilter = {
  readonly tenant: string
  readonly filter: RunFilter
  readonly app?: string
  readonly repaired?: boolean
  readonly cloaked?: boolean
  /** Only runs whose end nobody knows; when they began is a matter of the span. */
  readonly unendedBefore?: number
}

/** The statuses of runs that ended without success, in the numbers of segments: these and all later ones. */
export const firstEnded = countColumns.indexOf('failed') + 1

/**
 * The conditions that runs have to meet, the tenant's first; nothing when the question names a value that no run ever had. What only ended runs are
 * counted by narrows to ended runs.
 */
export function readConditions(database: Database, words: Words, question: SegmentFilter): readonly Condition[] | undefined {
  const { filter, app, repaired, cloaked, unendedBefore } = question
  const conditions: (Condition | undefined)[] = [equals('tenant', [valueOfWord(words, 'tenant', question.tenant)])]
  if (filter.status !== undefined) conditions.push(equals('status', [placeOfStatus(filter.status)]))
  if (filter.type !== undefined) conditions.push(equals('type', valuesOfText(words, 'type', filter.type)))
  if (filter.source !== undefined) conditions.push(equals('source', valuesOfText(words, 'repo_source', filter.source)))
  for (const name of dimensions) {
    const text = filter[name]
    if (text !== undefined) conditions.push(equals(name, valuesOf(words, name, text)))
  }
  if (dimensions.some((name) => filter[name] !== undefined && isEnded(name))) conditions.push(atLeast('status', firstEnded))
  if (app !== undefined) conditions.push(equals('script', scriptsLike(database, app)))
  if (repaired !== undefined) conditions.push(isMarked(mark.repaired, repaired))
  if (cloaked !== undefined) conditions.push(isMarked(mark.cloaked, cloaked))
  if (unendedBefore !== undefined) conditions.push(equals('status', endlessStatuses.map(placeOfStatus)))
  return conditions.includes(undefined) ? undefined : (conditions as Condition[])
}

/** Whether only runs that ended without success count by a dimension. */
export function isEnded(name: Dimension): boolean {
  return 'ended' in dimensionRules[name]
}

function equals(column: SegmentColumn, found: readonly (number | undefined)[]): Condition | undefined {
  const values = new Set(found.filter((value) => value !== undefined))
  if (values.size === 0) return undefined
  const [only] = values
  return values.size === 1 && only !== undefined
    ? { column, allows: (value) => value === only, only }
    : { column, allows: (value) => values.has(value) }
}

function atLeast(column: SegmentColumn, least: number): Condition {
  return { column, allows: (value) => value >= least }
}

function isMarked(bit: number, wanted: boolean): Condition {
  return { column: 'marks', allows: (value) => ((value & bit) !== 0) === wanted }
}

function placeOfStatus(status: string): number | undefined {
  const place = (countColumns as readonly string[]).indexOf(status)
  return place === -1 ? undefined : place + 1
}

/** Scripts whose name holds a text, in any case of its ASCII letters. */
function scriptsLike(database: Database, app: string): readonly number[] {
  const pattern = `%${app.replace(/[\\%_]/g, '\\$&')}%`
  const scripts = sql.selectFrom('word').select('code').where('kind', '=', 'nsapp').where(raw<SqlBool>`text like ${pattern} escape '\\'`) // Primary key.
  return runQuery(database, scripts).map(({ code }) => valueOfCell(code))
}
