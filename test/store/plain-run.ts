import { dayOf } from '../../src/base/clock.ts'
import { fingerprintOf } from '../../src/event/fingerprint.ts'
import type { RunReading } from '../../src/event/reading.ts'
import { readRun } from '../../src/event/reading.ts'
import { type Dimension, dimensions } from '../../src/store/dimension.ts'
import type { StoreWriter } from '../../src/store/port.ts'
import type { RunCountQuery } from '../../src/store/reader-port.ts'

/** A run as it reads, to be counted one by one. */
export type PlainRun = { readonly tenant: string; readonly key: string; readonly revision: number; readonly reading: RunReading }

/** Every run of a store. */
export function plainRuns(store: StoreWriter): readonly PlainRun[] {
  return store
    .changes(0, 100_000)
    .flatMap(({ tenant, key, revision, state }) => (state ? [{ tenant, key: key.toHex(), revision, reading: readRun(state) }] : []))
}

/** Whether a run ended without success: what it failed with counts only then. */
export function hasFailed({ status }: RunReading): boolean {
  return ['failed', 'aborted', 'unknown'].includes(status)
}

/** Dimensions that only runs that ended without success count by. */
const endedOnly: readonly string[] = ['category', 'exit_code', 'error']

/** Whether a run counts by a dimension. */
export function countsBy(reading: RunReading, name: Dimension): boolean {
  return !endedOnly.includes(name) || hasFailed(reading)
}

/** What a run reads as in a dimension. */
export function plainValue(reading: RunReading, name: Dimension): string {
  return String(plainValues[name](reading) ?? 'unknown')
}

const plainValues: Readonly<Record<Dimension, (reading: RunReading) => string | number | undefined>> = {
  script: ({ nsapp }) => nsapp,
  os: ({ osType }) => osType,
  os_version: ({ osType, osVersion }) => (osType !== undefined && osVersion !== undefined ? `${osType} ${osVersion}` : osType),
  pve_version: ({ pveVersion }) => pveVersion,
  method: ({ method }) => method,
  platform: ({ platform }) => platform,
  arch: ({ arch }) => arch,
  slug: ({ repoSlug }) => repoSlug,
  ct_type: ({ ctType }) => ctType,
  cpu_vendor: ({ cpuVendor }) => cpuVendor,
  cpu_model: ({ cpuModel }) => cpuModel,
  gpu: ({ gpuVendor, gpuPassthrough }) =>
    gpuVendor === 'unknown' && gpuPassthrough === 'unknown' ? undefined : `${gpuVendor} ${gpuPassthrough}`,
  gpu_model: ({ gpuModel }) => gpuModel,
  cores: ({ coreCount }) => coreCount,
  ram: ({ ramSize }) => ramSize,
  disk: ({ diskSize }) => diskSize,
  category: ({ errorCategory }) => errorCategory,
  exit_code: ({ exitCode }) => exitCode,
  error: (reading) => (reading.error === undefined && reading.exitCode === undefined ? undefined : fingerprintOf(reading)),
}

/** Whether a run is one of those a question means. */
export function plainMatch({ tenant, reading }: PlainRun, query: RunCountQuery): boolean {
  const { range, filter, app, repaired, cloaked, unendedBefore } = query
  const day = dayOf(reading.firstAt)
  const isIn = range === undefined || (day >= range.fromDay && day <= range.toDay)
  const isUnended = ['installing', 'validation', 'configuring', 'unknown'].includes(reading.status)
  const isStuck = unendedBefore === undefined || (isUnended && reading.firstAt < unendedBefore)
  const isNamed = app === undefined || reading.nsapp.toLowerCase().includes(app.toLowerCase())
  const plain = [
    [filter.source, reading.repoSource],
    [filter.type, reading.type],
    [filter.status, reading.status],
    [repaired, reading.repairs.length > 0],
    [cloaked, reading.rules.length > 0],
  ] as const
  const isMeant = dimensions.every(
    (name) => filter[name] === undefined || (countsBy(reading, name) && plainValue(reading, name) === filter[name]),
  )
  return (
    tenant === query.tenant &&
    isIn &&
    isStuck &&
    isNamed &&
    isMeant &&
    plain.every(([asked, given]) => asked === undefined || asked === given)
  )
}
