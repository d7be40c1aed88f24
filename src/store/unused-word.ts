import type { Database } from 'bun:sqlite'
import { type RawBuilder, sql as raw } from 'kysely'
import { prepare, slot } from '../base/sql.ts'
import { absentValue, cellOfValue, type Dimension, dimensionRules, dimensions, foldedValue, wordKindOf } from './dimension.ts'
import { CellReader } from './rollup/cells.ts'
import { dimensionOfId } from './rollup/key.ts'
import { fieldColumns } from './run/columns.ts'
import { sql } from './schema.ts'

/** Columns by the kind of their words, for texts that clients choose. */
const columnsByKind: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...fieldColumns.filter(({ form }) => form === 'word').map(({ column }) => [column, [column]] as const),
  ['error', ['error']],
  ['error_category', ['error_category', 'category']],
  ['os_release', ['os_release']],
  ['gpu', ['gpu']],
  ['error_group', ['error_group']],
])

/**
 * Takes the text from words that no run and no sum has any more. The code stays, with a text that says nothing: a roll-up may still hold it with a count
 * of 0, and it must never stand for another text. Whoever remembers words opens the store anew afterwards.
 */
export function forgetWords(database: Database): void {
  const summed = codesInSums(database)
  const rename = prepare(
    database,
    sql
      .updateTable('word')
      .set({ text: slot(0) })
      .where('kind', '=', slot(1))
      .where('code', '=', slot(2)),
  )
  for (const [kind, columns] of columnsByKind) {
    const used = new Set(columns.flatMap((column) => codesOf(database, column)))
    const words = prepare(database, sql.selectFrom('word').select(['code', 'text']).where('kind', '=', slot(0))) // Primary key.
    for (const { code, text } of words.all(kind))
      if (!used.has(code) && !summed.get(kind)?.has(code) && text !== placeholderOf(code)) rename.run(placeholderOf(code), kind, code)
  }
}

function placeholderOf(code: number): string {
  return `(erased ${code})`
}

function codesOf(database: Database, column: string): readonly number[] {
  const cell: RawBuilder<number> = raw.ref(column)
  const query = sql
    .selectFrom('run')
    .select(cell.as('code'))
    .distinct()
    .where(raw<boolean>`${raw.ref(column)} IS NOT NULL`)
  return prepare<{ code: number }>(database, query)
    .all()
    .map(({ code }) => code)
}

/** The codes that some sum counts a run under, by the kind of their words: sealed sums outlive their runs. */
function codesInSums(database: Database): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>()
  const named = new Set<string>(dimensions.filter((name) => dimensionRules[name].form === 'word'))
  const page = prepare(
    database,
    sql.selectFrom('rollup').select(['id', 'cells']).where('id', '>', slot(0)).orderBy('id').limit(pageRollups),
  )
  for (let rows = page.all(Number.MIN_SAFE_INTEGER); rows.length > 0; rows = page.all(rows.at(-1)?.id ?? 0))
    for (const { id, cells } of rows) {
      const dimension = dimensionOfId(id)
      if (!named.has(dimension)) continue
      const kind = wordKindOf(dimension as Dimension)
      const codes = found.get(kind) ?? new Set<number>()
      found.set(kind, codes)
      const reader = new CellReader(cells)
      while (reader.next())
        if (reader.value !== foldedValue && reader.value !== absentValue && reader.hasRuns()) codes.add(cellOfValue(reader.value))
    }
  // What type and source a sum is of stands beside its values: closed lists, whose words stay.
  for (const kind of ['type', 'repo_source']) found.set(kind, new Set(codesOfKind(database, kind)))
  return found
}

function codesOfKind(database: Database, kind: string): readonly number[] {
  return prepare(database, sql.selectFrom('word').select('code').where('kind', '=', slot(0)))
    .all(kind)
    .map(({ code }) => code)
}

const pageRollups = 1_000
