import type { InstallStatus } from '../../event/install.ts'
import type { DescriptiveName, Stage } from '../../event/run.ts'
import { dimensionRules, dimensions } from '../dimension.ts'

/** Where a descriptive field lies and in which form: an id, a code of a word, or a number (flags as 0 and 1). */
type FieldColumn = { readonly name: DescriptiveName; readonly column: string; readonly form: 'id' | 'word' | 'number' | 'flag' }

/** Every descriptive field, in the order of the digits of `ranks`. New ones are added at the end: stored rows spell this order. */
export const fieldColumns = [
  { name: 'randomId', column: 'random_id', form: 'id' },
  { name: 'executionId', column: 'execution_id', form: 'id' },
  { name: 'type', column: 'type', form: 'word' },
  { name: 'nsapp', column: 'nsapp', form: 'word' },
  { name: 'ctType', column: 'ct_type', form: 'number' },
  { name: 'diskSize', column: 'disk_size', form: 'number' },
  { name: 'coreCount', column: 'core_count', form: 'number' },
  { name: 'ramSize', column: 'ram_size', form: 'number' },
  { name: 'osType', column: 'os_type', form: 'word' },
  { name: 'osVersion', column: 'os_version', form: 'word' },
  { name: 'pveVersion', column: 'pve_version', form: 'word' },
  { name: 'method', column: 'method', form: 'word' },
  { name: 'gpuVendor', column: 'gpu_vendor', form: 'word' },
  { name: 'gpuModel', column: 'gpu_model', form: 'word' },
  { name: 'gpuPassthrough', column: 'gpu_passthrough', form: 'word' },
  { name: 'cpuVendor', column: 'cpu_vendor', form: 'word' },
  { name: 'cpuModel', column: 'cpu_model', form: 'word' },
  { name: 'ramSpeed', column: 'ram_speed', form: 'word' },
  { name: 'repoSource', column: 'repo_source', form: 'word' },
  { name: 'repoSlug', column: 'repo_slug', form: 'word' },
  { name: 'hasArm', column: 'has_arm', form: 'flag' },
  { name: 'arch', column: 'arch', form: 'word' },
  { name: 'platform', column: 'platform', form: 'word' },
] as const satisfies readonly FieldColumn[]

type Field = (typeof fieldColumns)[number]
export type WordColumn = Extract<Field, { form: 'word' }>['column']
export type NumberColumn = Extract<Field, { form: 'number' | 'flag' }>['column'] | 'exit_code' | 'install_duration'
export type TimeColumn = `${Stage}_${'first' | 'last'}`

/** Fails to compile when the event has a descriptive field that has no column. */
type Missing = Exclude<DescriptiveName, Field['name']>
const everyFieldHasAColumn: Missing extends never ? true : Missing = true
void everyFieldHasAColumn

/** What a roll-up counts: runs by the status they read as. */
export const countColumns = [
  'installing',
  'validation',
  'configuring',
  'success',
  'failed',
  'aborted',
  'unknown',
] as const satisfies readonly InstallStatus[]

/** Columns before the fields, after them, and all in the order in which rows are written and read. `id` is not among them. */
const headColumns = ['tenant', 'key', 'revision', 'at', 'status', 'ranks'] as const
const tailColumns = [
  ...(['outcome_status', 'exit_code', 'error', 'error_category', 'install_duration', 'trace_length', 'trace_hash'] as const),
  ...(['installing_first', 'installing_last', 'validation_first', 'validation_last'] as const),
  ...(['configuring_first', 'configuring_last', 'terminal_first', 'terminal_last'] as const),
  ...(['stuck_at', 'repairs', 'rules'] as const),
]
/** What a run reads as where no field says so by itself: only asked and counted by, never read back. */
export const readingColumns = ['os_release', 'gpu', 'category', 'error_group'] as const
export type ReadingColumn = (typeof readingColumns)[number]
export const runColumns = [...headColumns, ...fieldColumns.map(({ column }) => column), ...tailColumns, ...readingColumns]
export type RunColumn = (typeof runColumns)[number]

/** What a run is counted by, in the order in which whatever is derived from runs gets it. */
export const countedColumns = [
  ...(['tenant', 'at', 'status', 'type', 'repo_source', 'install_duration'] as const),
  ...dimensions.map((dimension) => dimensionRules[dimension].column),
]

/** Whether two rows of `countedColumns` count in the same cells. Their time of day counts too, by its hour. */
export function countsAlike(before: readonly unknown[], after: readonly unknown[]): boolean {
  for (let index = 0; index < countedColumns.length; index++) if (after[index] !== before[index]) return false
  return true
}

/** What anything derived from runs is told of one: what it is counted by, then what else segments hold. */
export const derivedColumns = [...countedColumns, 'outcome_status', 'repairs', 'rules'] as const

/** What is read of a run: its row, and behind it its rowid. */
export const runSelection = [...runColumns, 'id'] as const
