import { asObject } from './answer.ts'
import {
  type CollectionField,
  collectionRules,
  extendField,
  indexColumns,
  indexStatement,
  isUniqueIndex,
  runFields,
  runIndexes,
} from './collection.ts'
import { type SetupSession, SetupStop } from './setup-session.ts'

/** The rule of every access, and in words whom it admits beside superusers. */
export type Rule = { readonly rule: string | null; readonly admitted: string }

/** Creates the collection of the runs, or extends an existing one: nothing that it has is removed. */
export async function setUpCollection(session: SetupSession, name: string, { rule, admitted }: Rule): Promise<void> {
  const rules = Object.fromEntries(collectionRules.map((key) => [key, rule]))
  const existing = await session.find(name)
  if (existing === undefined) {
    const indexes = runIndexes.map((index) => indexStatement(name, index))
    const body = JSON.stringify({ name, type: 'base', ...rules, fields: runFields, indexes })
    await session.ask('create the collection', { method: 'POST', path: '/api/collections', body })
    session.changes.push(`Created the collection ${name} with ${runFields.length} fields.`)
    return
  }
  if (existing['type'] !== 'base')
    throw new SetupStop({
      code: 'field_unfit',
      message: `${name} is a collection of type ${String(existing['type'])}; runs need a base collection.`,
    })

  const changes: string[] = []
  const fields = extendFields(asFields(existing['fields']), changes)
  const indexes = extendIndexes(name, asTexts(existing['indexes']), changes)
  for (const key of collectionRules)
    if (existing[key] !== rule) changes.push(`Set ${key}: it admits ${admitted} and superusers alone. It was ${wordOf(existing[key])}.`)
  if (changes.length === 0) return
  const body = JSON.stringify({ fields, indexes, ...rules })
  await session.ask(`extend ${name} (two records with one execution_id would stop it)`, {
    method: 'PATCH',
    path: `/api/collections/${name}`,
    body,
  })
  session.changes.push(...changes)
}

/** PocketBase drops a field that the list leaves out, so every existing one is in it. */
function extendFields(existing: readonly CollectionField[], changes: string[]): readonly CollectionField[] {
  const extended = existing.map((field) => {
    const wanted = runFields.find(({ name }) => name === field.name)
    if (wanted === undefined) {
      if (field['required'] !== true || field['system'] === true) return field
      changes.push(`Field ${field.name}: required = false, since runs do not have it.`)
      return { ...field, required: false }
    }
    const extension = extendField(field, wanted)
    if (!extension.ok) {
      const message = `The field ${field.name} is of type ${extension.fault}; runs need ${wanted.type}. Rename it, then run the setup again.`
      throw new SetupStop({ code: 'field_unfit', message })
    }
    const names = Object.keys(extension.value)
    if (names.length > 0) changes.push(`Field ${field.name}: widened ${names.join(', ')}.`)
    return { ...field, ...extension.value }
  })
  const added = runFields.filter(({ name }) => !existing.some((field) => field.name === name))
  if (added.length > 0) changes.push(`Added the fields ${added.map(({ name }) => name).join(', ')}.`)
  return [...extended, ...added]
}

function extendIndexes(collection: string, existing: readonly string[], changes: string[]): readonly string[] {
  const kept = existing.flatMap((statement) => {
    if (!isUniqueIndex(statement)) return [statement]
    const columns = indexColumns(statement)
    if (columns.join() === 'execution_id') {
      changes.push('Made execution_id unique for each tenant instead of for all of them.')
      return /\bWHERE\b/i.test(statement) ? [] : [statement.replace(/\bUNIQUE\s+/i, '')] // Look-ups keep their index.
    }
    const fields = columns.filter((column) => runFields.some(({ name }) => name === column))
    if (columns.join() === 'execution_id,tenant' || fields.length === 0) return [statement]
    const message = `An index forbids repeats in ${columns.join(', ')}, which runs share. Drop it, then run the setup again.`
    throw new SetupStop({ code: 'field_unfit', message })
  })
  const added = runIndexes.filter((index) => !kept.some((statement) => serves(statement, index.columns, index.isUnique)))
  if (added.length > 0) changes.push(`Added indexes on ${added.map(({ columns }) => columns.join(' + ')).join(', ')}.`)
  return [...kept, ...added.map((index) => indexStatement(collection, index))]
}

/** Whether an index begins with the columns and forbids repeats where it must. */
function serves(statement: string, columns: readonly string[], isUnique: boolean): boolean {
  if (isUnique && !isUniqueIndex(statement)) return false
  const own = indexColumns(statement)
  return isUnique ? own.join() === columns.join() : columns.every((column, index) => own[index] === column)
}

function wordOf(rule: unknown): string {
  return rule === null ? 'for superusers' : rule === '' ? 'open to everybody' : `"${String(rule)}"`
}

function asFields(value: unknown): readonly CollectionField[] {
  return Array.isArray(value) ? value.map((field) => asObject(field) as CollectionField) : []
}

function asTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : []
}
