import { installFields } from '../../event/install.ts'
import type { RunReading } from '../../event/reading.ts'
import { filterTitles } from '../address.ts'
import { formatMegabytes } from '../chart/unit.ts'
import { formatSeconds } from '../format.ts'
import { nameContainer, nameExitCode, nameType } from '../value-name.ts'

/** One field of a run: what it is called, what it says, what it is for. `text` is absent where no report said it. */
export type RecordFact = {
  readonly name: string
  readonly title: string
  readonly purpose: string
  readonly text?: string
  readonly hint?: string
  /** Whether it is too long for a column. */
  readonly isLong?: boolean
}

/** Every field of a run, in the order of the event. Its error and its status have places of their own. */
export function factsOf(reading: RunReading): readonly RecordFact[] {
  return installFields
    .filter(({ wire }) => !placedElsewhere.includes(wire))
    .map(({ wire, name, purpose }) => {
      const value = (reading as Readonly<Record<string, unknown>>)[name]
      const text = value === undefined || value === '' ? undefined : (writers[wire] ?? String)(String(value))
      const hint = wire === 'repo_source' && reading.repoSourceAssumed ? 'not said; this is the default' : undefined
      return {
        name: wire,
        title: titles[wire] ?? wire.replaceAll('_', ' '),
        purpose,
        ...(text !== undefined && { text }),
        ...(hint && { hint }),
        ...(ids.includes(wire) && { isLong: true }),
      }
    })
}

const ids: readonly string[] = ['random_id', 'execution_id']

const placedElsewhere: readonly string[] = ['status', 'error', 'exit_code', 'error_category', 'nsapp']

const titles: Readonly<Record<string, string>> = {
  random_id: 'random id',
  execution_id: 'execution id',
  ct_type: 'container',
  disk_size: 'disk',
  core_count: 'cores',
  ram_size: 'RAM',
  os_type: filterTitles.os,
  os_version: filterTitles.os_version,
  pve_version: filterTitles.pve_version,
  install_duration: 'duration',
  gpu_vendor: 'GPU maker',
  gpu_model: 'GPU model',
  gpu_passthrough: 'GPU passthrough',
  cpu_vendor: filterTitles.cpu_vendor,
  cpu_model: filterTitles.cpu_model,
  ram_speed: 'RAM speed',
  repo_source: filterTitles.source,
  repo_slug: filterTitles.slug,
  has_arm: 'supports ARM',
  arch: filterTitles.arch,
}

const writers: Readonly<Record<string, (value: string) => string>> = {
  type: nameType,
  ct_type: nameContainer,
  disk_size: (value) => `${value} GB`,
  ram_size: (value) => formatMegabytes(Number(value)),
  install_duration: (value) => formatSeconds(Number(value)),
  has_arm: (value) => (value === 'true' ? 'yes' : 'no'),
}

/** How a run ended, in words: its exit code with its meaning, its kind, and what the reading changed about the report. */
export function endingOf(reading: RunReading): readonly string[] {
  const { exitCode, errorCategory, excused, stuck, reported } = reading
  return [
    ...(exitCode === undefined ? [] : [`exit code ${nameExitCode(String(exitCode))}`]),
    ...(errorCategory === undefined ? [] : [`kind of failure: ${errorCategory}`]),
    ...(excused
      ? [
          `reported as failed${reported?.exitCode === undefined ? '' : ` with exit code ${reported.exitCode}`}; add-ons and host scripts end with any code, so it reads as success`,
        ]
      : []),
    ...(stuck ? ['no end was reported; it was given up'] : []),
  ]
}
