import type { SqlValue } from '../base/sql.ts'

/**
 * What runs are counted by, beside their day, source, type and status, which every count has.
 * `column` is the column of `run` that holds the value; `form` says what that value is: a code of `word` or a number.
 * An absent value reads as `unknown`. `ended` dimensions count only runs that read as failed, aborted or unknown.
 * `valuesMax` is how many values one period keeps apart: the first ones that came; all later ones are counted together.
 */
export type DimensionRule = {
  readonly column: string
  readonly form: 'word' | 'number'
  /** The kind of its words, where that is not the name of the column. */
  readonly kind?: string
  readonly ended?: true
  readonly valuesMax: number
}

/** Every dimension. Names are words of addresses and APIs (`?os=debian`), so they stay as they are. */
export const dimensionRules = {
  script: { column: 'nsapp', form: 'word', valuesMax: 2_000 },
  os: { column: 'os_type', form: 'word', valuesMax: 64 },
  os_version: { column: 'os_release', form: 'word', valuesMax: 200 },
  pve_version: { column: 'pve_version', form: 'word', valuesMax: 200 },
  method: { column: 'method', form: 'word', valuesMax: 64 },
  platform: { column: 'platform', form: 'word', valuesMax: 64 },
  arch: { column: 'arch', form: 'word', valuesMax: 64 },
  slug: { column: 'repo_slug', form: 'word', valuesMax: 200 },
  ct_type: { column: 'ct_type', form: 'number', valuesMax: 8 },
  cpu_vendor: { column: 'cpu_vendor', form: 'word', valuesMax: 16 },
  cpu_model: { column: 'cpu_model', form: 'word', valuesMax: 300 },
  gpu: { column: 'gpu', form: 'word', valuesMax: 64 },
  gpu_model: { column: 'gpu_model', form: 'word', valuesMax: 300 },
  cores: { column: 'core_count', form: 'number', valuesMax: 64 },
  ram: { column: 'ram_size', form: 'number', valuesMax: 200 },
  disk: { column: 'disk_size', form: 'number', valuesMax: 200 },
  category: { column: 'category', form: 'word', kind: 'error_category', ended: true, valuesMax: 64 },
  exit_code: { column: 'exit_code', form: 'number', ended: true, valuesMax: 256 },
  error: { column: 'error_group', form: 'word', ended: true, valuesMax: 500 },
} as const satisfies Readonly<Record<string, DimensionRule>>

export type Dimension = keyof typeof dimensionRules

/** The kind of a dimension's words. */
export function wordKindOf(dimension: Dimension): string {
  const rule: DimensionRule = dimensionRules[dimension]
  return rule.kind ?? rule.column
}

export const dimensions = Object.keys(dimensionRules) as readonly Dimension[]

/** How many values a period keeps apart, by dimension; what is not named keeps all. */
export type ValuesMax = { readonly [Name in string]?: number }

/** Every dimension's own limit. */
export const ownValuesMax: ValuesMax = Object.fromEntries(dimensions.map((name) => [name, dimensionRules[name].valuesMax]))

/** Stands for all values that a period did not keep apart. */
export const foldedValue = 0
/** Stands for an absent value. */
export const absentValue = 1
const firstValue = 2

/** What counts go by: the cell of a dimension's column, moved so that 0 is a value of its own where it says something (a privileged container, an exit code). */
export function valueOfCell(cell: SqlValue | undefined): number {
  return typeof cell === 'number' ? cell + firstValue : absentValue
}

/** The code of a word, or the number, that a value stands for. Only for values beyond `absentValue`. */
export function cellOfValue(value: number): number {
  return value - firstValue
}
