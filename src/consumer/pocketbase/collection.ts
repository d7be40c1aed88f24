import { err, ok, type Result } from '../../base/result.ts'
import { errorCharactersMax, installFields, traceCharactersMax } from '../../event/install.ts'

/** A field of a PocketBase collection as its API describes it; only what we decide is named. */
export type CollectionField = { readonly name: string; readonly type: string } & Readonly<Record<string, unknown>>

export type CollectionIndex = {
  readonly name: string
  readonly isUnique: boolean
  readonly columns: readonly string[]
  readonly where?: string
}

export const collectionRules = ['listRule', 'viewRule', 'createRule', 'updateRule', 'deleteRule'] as const

/** Room for every text of the install event and for ids; PocketBase reads 0 as 5000. */
const shortTextMax = 512
const errorTextMax = Math.max(shortTextMax, 2 * errorCharactersMax)
const traceTextMax = 2 * traceCharactersMax
const stateBytesMax = 262_144

/** The fields of a run's record. Texts also hold the enumerations: a value added later needs no new schema then. */
export const runFields: readonly CollectionField[] = [
  ...installFields.map(({ wire, kind }): CollectionField => {
    if (kind === 'count') return { name: wire, type: 'number' }
    if (kind === 'flag') return { name: wire, type: 'bool' }
    return { name: wire, type: 'text', max: wire === 'error' ? errorTextMax : shortTextMax }
  }),
  { name: 'trace', type: 'text', max: traceTextMax },
  { name: 'state', type: 'json', maxSize: stateBytesMax },
  { name: 'received_at', type: 'date' },
  { name: 'tenant', type: 'text', max: shortTextMax },
  { name: 'revision', type: 'number' },
  { name: 'instance', type: 'text', max: shortTextMax },
  { name: 'created', type: 'autodate', onCreate: true, onUpdate: false },
  { name: 'updated', type: 'autodate', onCreate: true, onUpdate: true },
]

/**
 * What look-ups of ours need first, then what people filter by. Each costs time on every write, so there are no more.
 * PocketBase writes the filter `execution_id != ""` as IS NOT, and SQLite takes a partial index for the very same words alone.
 */
export const runIndexes: readonly CollectionIndex[] = [
  { name: 'execution', isUnique: true, columns: ['execution_id', 'tenant'], where: "`execution_id` IS NOT ''" },
  { name: 'updated', isUnique: false, columns: ['updated'] },
  { name: 'instance', isUnique: false, columns: ['instance', 'updated'] },
  { name: 'random', isUnique: false, columns: ['random_id'] },
  { name: 'received', isUnique: false, columns: ['received_at'] },
  { name: 'status', isUnique: false, columns: ['status', 'received_at'] },
]

/**
 * Admits one account of an auth collection; without its id all members. Superusers pass every rule; for them alone the rule is null. The collection is named
 * beside the id, since whoever signs up elsewhere may choose an id.
 */
export function ruleFor(authCollection: string, accountId?: string): string | null {
  if (authCollection === '_superusers') return null
  const isMember = `@request.auth.collectionName = "${authCollection}"`
  return accountId === undefined ? isMember : `${isMember} && @request.auth.id = "${accountId}"`
}

/** The statement that makes an index of a collection. */
export function indexStatement(collection: string, { name, isUnique, columns, where }: CollectionIndex): string {
  const list = columns.map((column) => `\`${column}\``).join(', ')
  const kind = isUnique ? 'UNIQUE INDEX' : 'INDEX'
  return `CREATE ${kind} \`idx_${collection}_${name}\` ON \`${collection}\` (${list})${where === undefined ? '' : ` WHERE ${where}`}`
}

/** The columns of an index statement in its order, without quotes; empty where it cannot be read. */
export function indexColumns(statement: string): readonly string[] {
  const list = /\(([^()]*)\)/.exec(statement)?.[1]
  return list === undefined ? [] : list.split(',').map((column) => column.trim().replace(/^[`"[]|[`"\]]$/g, ''))
}

/** Whether an index statement forbids repeats. */
export function isUniqueIndex(statement: string): boolean {
  return /^\s*CREATE\s+UNIQUE\s/i.test(statement)
}

/** What must change in an existing field so that it takes every value of ours; its type when no change can do that. */
export function extendField(existing: CollectionField, wanted: CollectionField): Result<Readonly<Record<string, unknown>>, string> {
  if (wanted.type === 'autodate') return extendTime(existing, wanted)
  const changes: Record<string, unknown> = {}
  if (existing['required'] === true) changes['required'] = false // PocketBase calls 0, "" and false missing.
  if (existing['hidden'] === true) changes['hidden'] = false // Only superusers see a hidden field.
  const kind = `${wanted.type} in ${existing.type}`
  if (kind === 'text in text') Object.assign(changes, extendText(existing, Number(wanted['max'])))
  else if (kind === 'number in number' || kind === 'date in date') Object.assign(changes, dropBounds(existing))
  else if (kind === 'json in json') Object.assign(changes, extendJson(existing, Number(wanted['maxSize'])))
  else if (kind === 'text in select') {
    const values = extendValues(existing, wanted.name)
    if (values === undefined) return err(existing.type)
    Object.assign(changes, values)
  } else if (kind !== 'bool in bool' && kind !== 'text in editor') return err(existing.type)
  return ok(changes)
}

const textMaxDefault = 5_000
const jsonBytesMaxDefault = 1_048_576

function extendText(existing: CollectionField, max: number): Record<string, unknown> {
  return {
    ...((Number(existing['max']) || textMaxDefault) < max && { max }),
    ...(Number(existing['min']) > 0 && { min: 0 }),
    ...(existing['pattern'] ? { pattern: '' } : {}),
  }
}

function dropBounds(existing: CollectionField): Record<string, unknown> {
  const none = existing.type === 'date' ? '' : null
  const bounds = ['min', 'max'].filter((name) => existing[name] !== undefined && existing[name] !== none)
  return Object.fromEntries(bounds.map((name) => [name, none]))
}

function extendJson(existing: CollectionField, maxSize: number): Record<string, unknown> {
  return (Number(existing['maxSize']) || jsonBytesMaxDefault) < maxSize ? { maxSize } : {}
}

/** A select that takes one value holds an enumeration once it lists all of its values. */
function extendValues(existing: CollectionField, wire: string): Record<string, unknown> | undefined {
  const field = installFields.find((candidate) => candidate.wire === wire)
  const listed: unknown = existing['values']
  if (field?.kind !== 'oneOf' || !Array.isArray(listed) || Number(existing['maxSelect']) > 1) return undefined
  const missing = field.values.filter((value) => !listed.includes(value))
  return missing.length === 0 ? {} : { values: [...listed, ...missing] }
}

/** `created` may be a plain date; `updated` must follow every write, since changes of another service are found by it. */
function extendTime(existing: CollectionField, wanted: CollectionField): Result<Readonly<Record<string, unknown>>, string> {
  if (existing.type === 'date' && wanted['onUpdate'] === false) return ok({})
  if (existing.type !== 'autodate') return err(existing.type)
  return ok(wanted['onUpdate'] === true && existing['onUpdate'] !== true ? { onUpdate: true } : {})
}
