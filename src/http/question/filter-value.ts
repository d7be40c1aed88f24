import { nearestOf } from '../../base/nearest.ts'
import { installFields } from '../../event/install.ts'
import type { FilterName } from '../../page/address.ts'
import { type DimensionRule, dimensionRules } from '../../store/dimension.ts'

/** What a filter's value breaks, as the rule of a refusal; nothing when runs can have it. Spelling counts: values are compared as they are. */
export function checkFilterValue(name: FilterName, value: string): string | undefined {
  if (value.length > valueCharactersMax) return 'too_long'
  if (name === 'error') return value === absentText || fingerprintPattern.test(value) ? undefined : 'not_a_fingerprint'
  const values = valuesOfFilter(name)
  if (values !== undefined) return values.includes(value) ? undefined : `nearest_value_${nearestOf(value, values)}`
  if (isNumber(name)) {
    if (value === absentText || numberPattern.test(value)) return undefined
    return /^\d+$/.test(value) ? 'not_from_0_to_9999999' : 'not_a_number'
  }
  return undefined
}

/** The values that a filter can have, where they are a closed list; nothing where runs bring their own. */
export function valuesOfFilter(name: FilterName): readonly string[] | undefined {
  const field = installFields.find(({ wire }) => wire === closedFields[name])
  if (field?.kind !== 'oneOf') return undefined
  const isAlwaysThere = name === 'source' || name === 'type' || field.values.includes(absentText)
  return isAlwaysThere ? field.values : [...field.values, absentText]
}

/** What an absent value reads as. */
const absentText = 'unknown'
const valueCharactersMax = 128
const fingerprintPattern = /^[0-9a-f]{16}$/
const numberPattern = /^\d{1,7}$/

/** The fields of the event behind the filters whose values the event lists. */
const closedFields: { readonly [Name in FilterName]?: string } = {
  source: 'repo_source',
  type: 'type',
  status: 'status',
  os: 'os_type',
  category: 'error_category',
  cpu_vendor: 'cpu_vendor',
}

function isNumber(name: FilterName): boolean {
  const rules: Readonly<Record<string, DimensionRule>> = dimensionRules
  return rules[name]?.form === 'number'
}
