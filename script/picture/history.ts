import { generateId, seededRandom } from '../../bench/generated-event.ts'
import { dayMs } from '../../src/base/clock.ts'
import {
  growingFailure,
  recentFailure,
  type SampleFailure,
  type SampleHost,
  type SampleScript,
  sampleFailures,
  sampleHosts,
  sampleScripts,
} from './catalog.ts'
import { hourMs } from './clock.ts'

/** A report as a client would send it, with the time at which it did. */
export type SampleReport = Readonly<Record<string, unknown>> & { readonly at: number }

/** Each of so many days has about so many runs. */
export type HistorySize = { readonly days: number; readonly runsADay: number }

/**
 * Every report of the days up to `now`, run by run and oldest first; the same arguments give the same reports. Weekends and evenings are busier, use
 * grows slowly, and of late one script fails in a new way.
 */
export function* sampleHistory(now: number, { days, runsADay }: HistorySize): Generator<readonly SampleReport[], void, undefined> {
  const random = seededRandom(days * runsADay)
  const firstDay = Math.floor(now / dayMs) - days + 1
  for (let day = 0; day < days; day += 1) {
    const runs = Math.round(runsADay * rushOf(firstDay + day) * (0.85 + (0.3 * day) / days) * (0.94 + 0.12 * random()))
    const starts = Array.from({ length: runs }, () => (firstDay + day) * dayMs + timeOfDay(random)).sort((one, other) => one - other)
    for (const start of starts) {
      const reports = reportsOf(start, now, random).filter(({ at }) => at <= now)
      if (reports.length > 0) yield reports
    }
  }
}

/** Days since 1970 began on a Thursday: the 2nd and 3rd of each seven are Saturday and Sunday. */
function rushOf(day: number): number {
  return [0.92, 1, 1.28, 1.32, 0.9, 0.88, 0.9][day % 7] ?? 1
}

/** Evenings of Europe and America are the busiest hours. */
function timeOfDay(random: () => number): number {
  const hour = random() < 0.62 ? 15 + 8 * ((random() + random()) / 2) : 24 * random()
  return Math.floor(hour * hourMs)
}

function reportsOf(start: number, now: number, random: () => number): readonly SampleReport[] {
  const script = pick(sampleScripts, random)
  const id = generateId(random)
  const base = { random_id: id, execution_id: id, ...guestOf(script, random), ...hostOf(random) }
  const took = script.medianSeconds * Math.exp(0.45 * (random() + random() + random() - 1.5) * 2)
  const first = { ...base, status: 'installing', at: start }
  const isLost = random() < 0.0016
  if (isLost) return [first]
  const end = endOf({ script, start, now, took, random })
  const ways = took > 60 && random() < 0.6 ? [first, { ...base, status: 'configuring', at: start + Math.round(took * 350) }] : [first]
  return [...ways, { ...base, ...end, ...oddityOf(base, random), at: start + Math.round(took * 1_000) }]
}

/** Where a run is and how long it takes. */
type Course = {
  readonly script: SampleScript
  readonly start: number
  readonly now: number
  readonly took: number
  readonly random: () => number
}

function endOf(course: Course): Readonly<Record<string, unknown>> {
  const { script, took, random } = course
  const share = random()
  const install_duration = Math.round(took)
  const failure = failureOf(course)
  if (failure !== undefined) return { status: 'failed', install_duration, exit_code: failure.exitCode, error: textOf(failure, random) }
  if (share > 0.965) return { status: 'aborted', exit_code: 130, error: 'Aborted by user (Ctrl+C)', error_category: 'user_aborted' }
  if (share > 0.962) return { status: 'unknown' }
  return script.type === 'pve' && share > 0.9 ? { status: 'success' } : { status: 'success', exit_code: 0, install_duration }
}

function failureOf({ script, start, now, random }: Course): SampleFailure | undefined {
  const daysAgo = (now - start) / dayMs
  const isMoved = script.name === recentFailure.script && daysAgo * 24 < recentFailure.hours && random() < recentFailure.share
  if (isMoved) return recentFailure.failure
  if (random() < 0.01 * Math.max(0, 1 - daysAgo / growingFailure.growsDays)) return growingFailure
  if (random() >= script.failing) return undefined
  return pick(
    sampleFailures.filter(({ ofScripts }) => ofScripts === undefined || ofScripts.includes(script.name)),
    random,
  )
}

function textOf({ says, log }: SampleFailure, random: () => number): string {
  const host = random() < 0.5 ? `192.168.${number(1, 9, random)}.${number(2, 250, random)}` : `pve${number(1, 9, random)}.lan.example.net`
  const user = pick(users, random).name
  const fill = (text: string) =>
    text
      .replaceAll('{host}', host)
      .replaceAll('{user}', user)
      .replaceAll('{n}', String(number(100, 999, random)))
  return `${fill(says)}\n---\n${fill(log)}`
}

const users = ['anna', 'marek', 'homelab', 'jsmith'].map((name) => ({ name, weight: 1 }))

/** Some old clients write a size with its unit or a number as text, and tell an earlier name of a value. */
function oddityOf({ disk_size }: Readonly<Record<string, unknown>>, random: () => number): Readonly<Record<string, unknown>> {
  const share = random()
  if (share < 0.006 && disk_size !== undefined) return { disk_size: `${disk_size}G` }
  if (share < 0.009) return { core_count: '2' }
  return share < 0.01 ? { client: 'earlier' } : {}
}

function guestOf({ name, type }: SampleScript, random: () => number) {
  const common = {
    type,
    nsapp: name,
    method: pick(methods, random).name,
    ...(random() < 0.06
      ? { repo_source: 'ProxmoxVED', repo_slug: 'community-scripts/ProxmoxVED' }
      : { repo_source: 'ProxmoxVE', repo_slug: 'community-scripts/ProxmoxVE' }),
  }
  if (type === 'pve' || type === 'addon') return common
  const system = type === 'vm' ? (vmSystems[name] ?? { name: 'debian', version: '13' }) : pick(systems, random)
  return {
    ...common,
    ct_type: type === 'vm' ? 2 : random() < 0.88 ? 1 : 0,
    disk_size: pick(disks, random).value,
    core_count: pick(cores, random).value,
    ram_size: pick(memories, random).value,
    os_type: system.name,
    os_version: system.version,
  }
}

function hostOf(random: () => number) {
  const host: SampleHost = pick(sampleHosts, random)
  return {
    pve_version: host.pveVersion,
    cpu_vendor: host.cpuVendor,
    cpu_model: host.cpuModel,
    gpu_vendor: host.gpuVendor,
    gpu_model: host.gpuModel,
    gpu_passthrough: host.gpuVendor === 'unknown' ? 'none' : pick(passthroughs, random).name,
    arch: host.cpuVendor === 'arm' ? 'arm64' : 'amd64',
    platform: random() < 0.98 ? 'pve' : 'incus',
  }
}

const methods = [
  { name: 'default', weight: 62 },
  { name: 'advanced', weight: 24 },
  { name: 'mydefaults-global', weight: 9 },
  { name: 'generated', weight: 5 },
]
const systems = [
  { name: 'debian', version: '13', weight: 52 },
  { name: 'debian', version: '12', weight: 28 },
  { name: 'ubuntu', version: '24.04', weight: 11 },
  { name: 'alpine', version: '3.22', weight: 7 },
  { name: 'ubuntu', version: '22.04', weight: 2 },
]
const vmSystems: Readonly<Record<string, { readonly name: string; readonly version: string }>> = {
  'homeassistant-os': { name: 'homeassistant', version: '16.3' },
  'opnsense-vm': { name: 'opnsense', version: '25.7' },
  'ubuntu2404-vm': { name: 'ubuntu', version: '24.04' },
}
const passthroughs = [
  { name: 'none', weight: 70 },
  { name: 'igpu', weight: 24 },
  { name: 'dgpu', weight: 6 },
]
const disks = [4, 8, 10, 20, 32].map((value, index) => ({ value, weight: [26, 34, 18, 14, 8][index] ?? 1 }))
const cores = [1, 2, 4, 8].map((value, index) => ({ value, weight: [24, 46, 25, 5][index] ?? 1 }))
const memories = [512, 1_024, 2_048, 4_096, 8_192].map((value, index) => ({ value, weight: [14, 26, 36, 19, 5][index] ?? 1 }))

function number(least: number, most: number, random: () => number): number {
  return least + Math.floor((most - least + 1) * random())
}

/** One of the values, each as often as its weight says. */
function pick<Value extends { readonly weight: number }>(values: readonly Value[], random: () => number): Value {
  let rest = random() * values.reduce((sum, { weight }) => sum + weight, 0)
  for (const value of values) {
    rest -= value.weight
    if (rest < 0) return value
  }
  return values.at(-1) as Value
}
