import { type InstallField, installFields } from './install.ts'

/** A field of the install event, prepared for loops over many events: sets instead of lists, the names that are accepted for each value. */
export type PreparedField = Pick<InstallField, 'wire' | 'name'> &
  (
    | { readonly kind: 'text'; readonly bytesMax: number; readonly isMultiLine: boolean; readonly isCloaked: boolean }
    | { readonly kind: 'count'; readonly minimum: number; readonly maximum: number; readonly units: ReadonlyMap<string, number> }
    | {
        readonly kind: 'oneOf'
        readonly values: ReadonlySet<string>
        readonly lowerCase: ReadonlyMap<string, string>
        readonly aliases: ReadonlyMap<string, string>
        readonly unknown: 'unknown' | undefined
      }
    | { readonly kind: 'flag' }
  )

/** The field of a key as the client wrote it; keys match in any case, as they always did for the clients in the field. */
export function fieldOfKey(key: string): PreparedField | undefined {
  return fields.get(key) ?? (key.length <= keyCharactersMax ? fields.get(key.toLowerCase()) : undefined)
}

/** Whether a known key begins with these characters: what is left of a key where a body was cut. */
export function isStartOfKey(start: string): boolean {
  return installFields.some((field) => field.wire.startsWith(start))
}

/** No key of ours comes near; a longer one is unknown without a look. */
const keyCharactersMax = 64

/** Names that earlier clients, typing errors and importers use for a value. An empty name means absent. */
const aliases: Partial<Record<InstallField['wire'], Readonly<Record<string, string>>>> = {
  status: { done: 'success', sucess: 'success' },
  os_type: { '-': '', none: '' },
  error_category: { aborted: 'user_aborted' },
  repo_source: { 'proxmox ve': 'ProxmoxVE', 'proxmox ved': 'ProxmoxVED' },
}

/** What one unit is worth in the unit of the field. Any other unit is dropped, as it cannot be told. */
const units: Partial<Record<InstallField['wire'], Readonly<Record<string, number>>>> = {
  disk_size: { m: 1 / 1024, mb: 1 / 1024, mib: 1 / 1024, t: 1024, tb: 1024, tib: 1024 },
  ram_size: { k: 1 / 1024, kb: 1 / 1024, kib: 1 / 1024, g: 1024, gb: 1024, gib: 1024, t: 1024 ** 2, tb: 1024 ** 2, tib: 1024 ** 2 },
  install_duration: { ms: 1 / 1000, m: 60, min: 60, h: 3600 },
}

const fields: ReadonlyMap<string, PreparedField> = new Map(installFields.map((field) => [field.wire, prepare(field)]))

function prepare(field: InstallField): PreparedField {
  const { wire, name } = field
  if (field.kind === 'text') {
    return { wire, name, kind: 'text', bytesMax: field.bytesMax, isMultiLine: wire === 'error', isCloaked: field.profile !== 'id' }
  }
  if (field.kind === 'flag') return { wire, name, kind: 'flag' }
  if (field.kind === 'count') {
    return { wire, name, kind: 'count', minimum: field.minimum, maximum: field.maximum, units: new Map(Object.entries(units[wire] ?? {})) }
  }
  return {
    wire,
    name,
    kind: 'oneOf',
    values: new Set(field.values),
    lowerCase: new Map(field.values.map((value) => [value.toLowerCase(), value])),
    aliases: new Map(Object.entries(aliases[wire] ?? {})),
    unknown: field.values.includes('unknown') ? 'unknown' : undefined,
  }
}
