import { isBelievable } from '../../src/event/event-time.ts'
import { fieldOfKey } from '../../src/event/field.ts'
import { repairValue } from '../../src/event/value.ts'
import { readSourceTime } from './source-time.ts'

/** Names of earlier services' records for what the wire calls otherwise. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['pveversion', 'pve_version'],
  ['app', 'nsapp'],
])
/** Where a record says when it was reported, the best first: `created` is when a migrated record was written. */
const reportTimes = ['received_at', 'old_created', 'created_at', 'created', 'timestamp'] as const

/**
 * A record of any earlier service by the names of the wire, its times in ISO 8601 under `received_at` and `updated`. Values of MongoDB's extended JSON
 * (`$oid`, `$numberLong`, `$date` and their like) are taken out of their wrapping. One that names neither source nor repository gets `repoSource`. A time
 * that cannot be as seen at `now` is passed over while there is another one. What is no object is given back as it is.
 */
export function toWireNames(record: unknown, now: number, repoSource?: string): unknown {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return record
  const values: Record<string, unknown> = {}
  for (const [key, wrapped] of Object.entries(record)) {
    const name = key.toLowerCase()
    values[renamed.get(name) ?? name] = unwrap(wrapped)
  }
  const times = reportTimes.flatMap((name) => readSourceTime(values[name]) ?? [])
  const last = readSourceTime(values['updated'] ?? values['updated_at'])
  for (const name of [...reportTimes, 'updated', 'updated_at']) delete values[name]
  const first = times.find((at) => isBelievable(at, now)) ?? times[0]
  if (first !== undefined) values['received_at'] = new Date(first).toISOString()
  if (last !== undefined && first !== undefined && last > first) values['updated'] = new Date(last).toISOString()
  if (repoSource !== undefined && !values['repo_source'] && !values['repo_slug']) values['repo_source'] = repoSource
  return values
}

/** The source that an operator's word means, in any of the spellings that records have (`Proxmox VE`); undefined for another word. */
export function readRepoSource(text: string): string | undefined {
  const field = fieldOfKey('repo_source')
  const value = field === undefined ? undefined : repairValue(field, text, [])
  return typeof value === 'string' ? value : undefined
}

/** What MongoDB's extended JSON wraps: a number, a date, an id. */
function unwrap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [key, inner] = entries[0] ?? []
  if (entries.length !== 1) return value
  if (key === '$numberLong' || key === '$numberInt' || key === '$numberDouble' || key === '$numberDecimal') return Number(inner)
  if (key === '$oid') return inner
  return key === '$date' ? unwrap(inner) : value
}
