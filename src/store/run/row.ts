import { assert } from '../../base/assert.ts'
import type { SqlValue } from '../../base/sql.ts'
import { type RunHead, readHead } from '../../event/reading.ts'
import { type DescriptiveName, type Outcome, type Ranked, type RunState, type StageRank, type StageTimes, stages } from '../../event/run.ts'
import type { CountedRow } from '../derived.ts'
import type { StoredRun } from '../port.ts'
import type { Words, WritableWords } from '../words.ts'
import { derivedColumns, fieldColumns, type RunColumn, runColumns } from './columns.ts'
import { type IdCell, storeId, uuidText } from './id-cell.ts'
import { encodeReading } from './reading.ts'

/** A row of `run` in the order of `runColumns`. */
export type RunRow = readonly SqlValue[]

const at = Object.fromEntries(runColumns.map((column, index) => [column, index])) as Readonly<Record<RunColumn, number>>
const firstField = at.random_id
const firstTime = at.installing_first
const absentRank = '-'
const digits = '01234567'

/** The row of a run. The columns that are asked by are stored as the run reads. */
export function encodeRun(run: StoredRun, words: WritableWords): SqlValue[] {
  const reading = readHead(run.state)
  const row: SqlValue[] = [
    words.code('tenant', run.tenant),
    run.key,
    run.revision,
    reading.firstAt,
    words.code('status', reading.status),
    0,
  ]
  row[at.ranks] = words.code('ranks', encodeFields(row, run, reading, words))
  encodeOutcome(row, run.state.outcome, words)
  encodeTimes(row, run.state.stages, reading.firstAt)
  row.push(run.state.stuckAt ?? null, encodeSet(run.state.repairs, 'repairs', words), encodeSet(run.state.rules, 'rules', words))
  row.push(...encodeReading(reading, words))
  return row
}

/** The run of a row. `trace` is its log, where there is one and it was asked for. */
export function decodeRun(row: RunRow, words: Words, trace: string | undefined): StoredRun {
  const outcome = decodeOutcome(row, words, trace)
  const key = row[at.key] as Uint8Array
  return {
    tenant: words.text('tenant', Number(row[at.tenant])),
    key,
    revision: Number(row[at.revision]),
    state: {
      fields: decodeFields(row, key, words),
      ...(outcome && { outcome }),
      stages: decodeTimes(row),
      repairs: decodeSet(row[at.repairs], 'repairs', words),
      rules: decodeSet(row[at.rules], 'rules', words),
      ...(row[at.stuck_at] !== null && { stuckAt: Number(row[at.stuck_at]) }),
    },
  }
}

/** What the run of a row counts by, with all of `derivedColumns`. */
export function derivedCells(row: RunRow): CountedRow {
  return derivedPlaces.map((place) => row[place] ?? null)
}

const derivedPlaces = derivedColumns.map((column) => at[column])

/** Whether the run of a row had a log, which may have been removed since. */
export function hadTrace(row: RunRow): boolean {
  return row[at.trace_length] !== null
}

/** Adds the cells of the descriptive fields. Gives their ranks, a digit for each. */
function encodeFields(row: SqlValue[], { key, state }: StoredRun, reading: RunHead, words: WritableWords): string {
  const keyText = uuidText(key)
  let ranks = ''
  for (const { name, column, form } of fieldColumns) {
    const ranked = state.fields[name]
    ranks += ranked === undefined ? absentRank : digits[ranked.rank]
    const value = ranked === undefined ? defaultOf(column, reading) : ranked.value
    if (value === undefined) row.push(null)
    else if (form === 'word') row.push(words.code(column, String(value)))
    else if (form === 'id') row.push(storeId(String(value), keyText))
    else row.push(Number(value))
  }
  return ranks
}

/** What stands in the columns that always hold a value, so that runs are found by what they read as. */
function defaultOf(column: string, reading: RunHead): string | undefined {
  if (column === 'type') return reading.type
  if (column === 'nsapp') return reading.nsapp
  return column === 'repo_source' ? reading.repoSource : undefined
}

function decodeFields(row: RunRow, key: Uint8Array, words: Words): RunState['fields'] {
  const ranks = words.text('ranks', Number(row[at.ranks]))
  const fields: { [Name in DescriptiveName]?: Ranked<string | number | boolean> } = {}
  fieldColumns.forEach(({ name, column, form }, index) => {
    const digit = ranks[index] ?? absentRank // A row from before a field was added spells fewer ranks.
    if (digit === absentRank) return
    const cell = row[firstField + index]
    fields[name] = { value: decodeValue(cell ?? null, { column, form, key, words }), rank: Number(digit) as StageRank }
  })
  return fields as RunState['fields']
}

type Cell = { readonly column: string; readonly form: 'id' | 'word' | 'number' | 'flag'; readonly key: Uint8Array; readonly words: Words }

function decodeValue(cell: SqlValue, { column, form, key, words }: Cell): string | number | boolean {
  assert(cell !== null, 'a field with a rank has a value')
  if (form === 'word') return words.text(column, Number(cell))
  if (form === 'flag') return cell === 1
  if (form === 'number') return Number(cell)
  return readId(cell as IdCell, key)
}

function readId(cell: IdCell, key: Uint8Array): string {
  if (typeof cell === 'string') return cell
  return uuidText(cell === 0 ? key : cell)
}

function encodeOutcome(row: SqlValue[], outcome: Outcome | undefined, words: WritableWords): void {
  if (outcome === undefined) {
    row.push(null, null, null, null, null, null, null)
    return
  }
  const { status, exitCode, error, trace, errorCategory, installDuration, traceLength, traceHash } = outcome
  row.push(words.code('status', status), exitCode ?? null)
  row.push(error === undefined ? null : words.code('error', error))
  row.push(errorCategory === undefined ? null : words.code('error_category', errorCategory), installDuration ?? null)
  row.push(traceLength === 0 && trace === undefined ? null : traceLength)
  row.push(traceHash === '' ? null : hashForm.test(traceHash) ? Uint8Array.fromHex(traceHash) : traceHash)
}

/** Matches 9f86d081884c7d65; not upper case, which would come back as lower case. */
const hashForm = /^(?:[0-9a-f]{2})+$/

function decodeOutcome(row: RunRow, words: Words, trace: string | undefined): Outcome | undefined {
  const [status, exitCode, error, category, duration, traceLength, traceHash] = row.slice(at.outcome_status, at.outcome_status + 7)
  if (typeof status !== 'number') return undefined
  return {
    status: words.text('status', status) as Outcome['status'],
    ...(typeof exitCode === 'number' && { exitCode }),
    ...(typeof error === 'number' && { error: words.text('error', error) }),
    ...(trace !== undefined && { trace }),
    ...(typeof category === 'number' && { errorCategory: words.text('error_category', category) }),
    ...(typeof duration === 'number' && { installDuration: duration }),
    traceLength: Number(traceLength ?? 0),
    traceHash: traceHash instanceof Uint8Array ? traceHash.toHex() : String(traceHash ?? ''),
  }
}

function encodeTimes(row: SqlValue[], times: RunState['stages'], firstAt: number): void {
  for (const stage of stages) {
    const time = times[stage]
    if (time === undefined) row.push(null, null)
    else row.push(time.first - firstAt, time.last - time.first)
  }
}

function decodeTimes(row: RunRow): RunState['stages'] {
  const firstAt = Number(row[at.at])
  const times: { [Name in (typeof stages)[number]]?: StageTimes } = {}
  stages.forEach((stage, index) => {
    const first = row[firstTime + 2 * index]
    if (typeof first !== 'number') return
    times[stage] = { first: firstAt + first, last: firstAt + first + Number(row[firstTime + 2 * index + 1]) }
  })
  return times
}

/** A set is one word: JSON keeps its members apart whatever they hold. The empty set is NULL. */
function encodeSet(set: readonly string[], kind: string, words: WritableWords): number | null {
  return set.length === 0 ? null : words.code(kind, JSON.stringify(set))
}

function decodeSet(cell: SqlValue | undefined, kind: string, words: Words): readonly string[] {
  return typeof cell === 'number' ? (JSON.parse(words.text(kind, cell)) as string[]) : []
}
