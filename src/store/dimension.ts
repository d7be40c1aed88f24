/**
 * What runs are counted by, beside their day, source, type and status, which every count has.
 * `column` is the column of `run` that holds the value; `form` says what that value is: a code of `word` (of the kind `word`) or a number.
 * A value that is absent is counted as 0 and reads as `unknown`. `ended` dimensions count only runs that ended without success.
 * `valuesMax` is how many values one period keeps apart: the first ones that came; all later ones are counted together.
 */
export type DimensionRule = {
  readonly column: string
  readonly form: 'word' | 'number'
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
  category: { column: 'category', form: 'word', ended: true, valuesMax: 64 },
  exit_code: { column: 'exit_code', form: 'number', ended: true, valuesMax: 256 },
  error: { column: 'error_group', form: 'word', ended: true, valuesMax: 500 },
} as const satisfies Readonly<Record<string, DimensionRule>>

export type Dimension = keyof typeof dimensionRules

export const dimensions = Object.keys(dimensionRules) as readonly Dimension[]
