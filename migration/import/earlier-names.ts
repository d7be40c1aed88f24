import { fieldOfKey } from '../../src/event/field.ts'
import { repairValue } from '../../src/event/value.ts'
import { deriveId } from './derive-id.ts'
import { readSourceTime } from './source-time.ts'

/** Names of earlier services' records for what the wire calls otherwise. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['pveversion', 'pve_version'],
  ['app', 'nsapp'],
  ['_id', 'id'],
  ['timestamp', 'created_at'],
  ['updated_at', 'updated'],
])
/** What an empty value of these means; the earlier migration tool read them so. Where the name itself is missing, the record is of something else. */
const emptyMeans = { nsapp: 'unknown', status: 'unknown' } as const
const emptyMeanings = Object.entries(emptyMeans)
const times = ['received_at', 'old_created', 'created_at', 'created', 'updated'] as const

/**
 * A record of any earlier service by the names of the wire, its times in ISO 8601. Values of MongoDB's extended JSON (`$oid`, `$numberLong`, `$date` and
 * their like) are taken out of their wrapping. One that names no run gets an id that follows from itself, one that names neither source nor repository gets
 * `repoSource`. What is no object is given back as it is.
 */
export function toWireNames(record: unknown, repoSource?: string): unknown {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return record
  const values = renameKeys(record)
  for (const name of times) {
    if (values[name] === undefined) continue
    const at = readSourceTime(values[name])
    values[name] = at === undefined ? undefined : new Date(at).toISOString() // What had a key taken away is slow for good.
  }
  if (isEmpty(values['random_id']) && isEmpty(values['execution_id'])) values['execution_id'] = deriveId(values)
  // The oldest records have no type: there was nothing but containers.
  if (isEmpty(values['type'])) values['type'] = 'lxc'
  for (const [name, meaning] of emptyMeanings) if (name in values && isEmpty(values[name])) values[name] = meaning
  if (repoSource !== undefined && isEmpty(values['repo_source']) && isEmpty(values['repo_slug'])) values['repo_source'] = repoSource
  return values
}

/** The source that an operator's word means, in any of the spellings that records have (`Proxmox VE`); undefined for another word. */
export function readRepoSource(text: string): string | undefined {
  const field = fieldOfKey('repo_source')
  const value = field === undefined ? undefined : repairValue(field, text, [])
  return typeof value === 'string' ? value : undefined
}

/** The name of the wire that a key of a record means, in any case of its letters. */
export function wireNameOf(key: string): string {
  const known = wireNames.get(key)
  if (known !== undefined) return known
  const lower = key.toLowerCase()
  const name = renamed.get(lower) ?? lower
  if (wireNames.size < wireNamesMax && key.length <= keyCharactersMax) wireNames.set(key, name)
  return name
}

/** The names of keys met before: all records of a source have the same few. */
const wireNames = new Map<string, string>()
const wireNamesMax = 500
const keyCharactersMax = 64

/** Of several keys that mean one name, the name itself counts, then the first; an empty value never hides another. */
function renameKeys(record: object): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null) // A key may be `__proto__`.
  const wrapped = record as Readonly<Record<string, unknown>>
  for (const key in wrapped) {
    const name = wireNameOf(key)
    const value = unwrap(wrapped[key])
    if (isEmpty(values[name]) || (key === name && !isEmpty(value))) values[name] = value
  }
  return values
}

/** What MongoDB's extended JSON wraps: a number, a date, an id. */
function unwrap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const keys = Object.keys(value)
  const [key] = keys
  if (key === undefined || keys.length !== 1) return value
  const inner: unknown = (value as Readonly<Record<string, unknown>>)[key]
  if (key === '$numberLong' || key === '$numberInt' || key === '$numberDouble' || key === '$numberDecimal') return Number(inner)
  if (key === '$undefined') return undefined
  if (key === '$oid') return inner
  return key === '$date' ? unwrap(inner) : value
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
