import type { Cloaked, Entry, TelemetryEvent } from '../../src/event/entry.ts'
import type { InstallEvent } from '../../src/event/install.ts'
import { generateId, seededRandom } from '../generated-event.ts'

/**
 * A year of runs for the benchmark of the pages: 600 scripts of which few make most runs, 3,000 kinds of failure, 365 days.
 * A run reports on its way and at its end, four ends in five are successes, as in the mix of the ingest benchmark.
 */
export type HistoryPlan = { readonly runs: number; readonly newestDay: number }

const dayMs = 86_400_000
const days = 365
const scripts = 600
const failures = 3_000

/** The reports of the runs from `first` on, `count` of them, oldest first. The same plan and place give the same reports. */
export function historyOf({ runs, newestDay }: HistoryPlan, first: number, count: number): readonly Entry[] {
  const random = seededRandom(first + 1)
  const newestAt = (newestDay + 1) * dayMs - 1
  return Array.from({ length: count }, (_, index) => {
    const at = Math.floor(newestAt - days * dayMs * (1 - (first + index) / runs))
    return reportsOf(random).map((install, number): Entry => {
      const reportAt = at + number * 40_000
      const event = { kind: 'install', install, repairs: random() < 0.02 ? ['disk_size:unit'] : [], rules: [] }
      return {
        seq: 3 * (first + index) + number + 1,
        tenant: 'default',
        receivedAt: reportAt,
        at: reportAt,
        event: event as unknown as Cloaked<TelemetryEvent>,
      }
    })
  }).flat()
}

function reportsOf(random: () => number): readonly InstallEvent[] {
  const id = generateId(random)
  const base = { randomId: id, executionId: id, ...hostOf(random), ...guestOf(random) } as const
  const first = { ...base, status: 'installing' } as const
  const share = random()
  if (share < 0.02) return [first] // Never heard of again.
  const ways = random() < 0.5 ? [first] : [first, { ...base, status: 'configuring' } as const]
  return [...ways, { ...base, ...endOf(share, random) }]
}

function endOf(share: number, random: () => number): Pick<InstallEvent, 'status'> & Partial<InstallEvent> {
  const installDuration = Math.round(20 + 900 * random() ** 3)
  if (share < 0.78) return { status: 'success', exitCode: 0, installDuration }
  if (share < 0.82) return { status: 'aborted', exitCode: 130, error: 'Aborted by user (Ctrl+C)', errorCategory: 'user_aborted' }
  const kind = Math.floor(failures * random() ** 3)
  const exitCode = codes[kind % codes.length] ?? 1
  const error = `exit_code=${exitCode} | General error | at line ${Math.floor(random() * 400)}: ${commandOf(kind)}`
  return { status: 'failed', exitCode, installDuration, error, errorCategory: 'apt', trace: traceOf(random) }
}

/** One of 3,000 commands. */
function commandOf(kind: number): string {
  const name = Array.from({ length: 4 }, (_, place) => syllables[Math.floor(kind / syllables.length ** place) % syllables.length])
  return `${name.join('')} --all`
}
const codes = [1, 7, 22, 100, 101, 127, 137, 250] as const
const syllables = ['ba', 'de', 'fi', 'go', 'hu', 'ka', 'le', 'mi', 'no', 'pu', 'ra', 'se', 'ti', 'vo'] as const

const systems = ['debian', 'debian', 'debian', 'ubuntu', 'alpine'] as const
const versions = { debian: ['12', '13'], ubuntu: ['22.04', '24.04'], alpine: ['3.20', '3.21'] } as const

function guestOf(random: () => number) {
  const osType = pick(systems, random)
  return {
    type: random() < 0.85 ? 'lxc' : 'vm',
    nsapp: `script-${Math.floor(scripts * random() ** 3)}`,
    ctType: random() < 0.8 ? 1 : 0,
    diskSize: pick([4, 8, 10, 20, 32], random),
    coreCount: pick([1, 2, 4], random),
    ramSize: pick([512, 1_024, 2_048, 4_096], random),
    osType,
    osVersion: pick(versions[osType], random),
    method: pick(['default', 'default', 'advanced', 'generated'], random),
    repoSource: random() < 0.95 ? 'ProxmoxVE' : 'ProxmoxVED',
    repoSlug: random() < 0.98 ? 'community-scripts/ProxmoxVE' : 'external',
  } as const
}

function hostOf(random: () => number) {
  return {
    pveVersion: pick(['8.4.1', '8.4.14', '9.0.3', '9.1.2'], random),
    cpuVendor: pick(['intel', 'amd'] as const, random),
    cpuModel: `Processor model ${Math.floor(400 * random() ** 2)}`,
    gpuVendor: pick(['intel', 'nvidia', 'unknown'] as const, random),
    gpuPassthrough: pick(['none', 'igpu'] as const, random),
    gpuModel: `Graphics model ${Math.floor(120 * random() ** 2)}`,
    ramSpeed: pick(['3200', '2666', '5600'], random),
    arch: random() < 0.97 ? 'amd64' : 'arm64',
    platform: random() < 0.98 ? 'pve' : 'incus',
  } as const
}

function traceOf(random: () => number): string {
  let trace = ''
  for (let line = 1; trace.length < 1_500; line += 1) {
    trace += `Get:${line} main amd64 package-${Math.floor(random() * 5_000)} ${Math.floor(random() * 9)}.1 [${Math.floor(random() * 90_000)} B]\n`
  }
  return trace
}

function pick<Value>(values: readonly Value[], random: () => number): Value {
  return values[Math.floor(random() * values.length)] as Value
}
