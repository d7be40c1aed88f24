import type { Cloaked, TelemetryEvent } from '../src/event/entry.ts'
import type { InstallEvent } from '../src/event/install.ts'

/** A repeatable source of numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The mix of real traffic: of 98 events 60 are progress, 30 successes and 8 failures with logs of 2 to 10 kB. */
const shareOf = { progress: 60 / 98, success: 30 / 98 }
const scripts = 600
const systems = ['debian', 'debian', 'debian', 'ubuntu', 'alpine'] as const
const versions = { debian: ['12', '13'], ubuntu: ['22.04', '24.04'], alpine: ['3.20', '3.21'] } as const

/** One event of the run with this id. Progress pings from inside a container name little, reports of the host much. */
export function generateEvent(id: string, random: () => number): Cloaked<TelemetryEvent> {
  const share = random()
  const install =
    share < shareOf.progress ? generateProgress(id, random) : generateEnd(id, random, share < shareOf.progress + shareOf.success)
  return { kind: 'install', install, repairs: random() < 0.02 ? ['disk_size:unit'] : [], rules: [] } as unknown as Cloaked<TelemetryEvent>
}

export function generateId(random: () => number): string {
  const hex = Array.from({ length: 4 }, () =>
    Math.floor(random() * 4_294_967_296)
      .toString(16)
      .padStart(8, '0'),
  ).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

function generateProgress(id: string, random: () => number): InstallEvent {
  const status = pick(['installing', 'validation', 'configuring'] as const, random)
  const base = { randomId: id, executionId: id, type: 'lxc', nsapp: scriptOf(id), status, platform: 'pve' } as const
  return status === 'configuring' ? { ...base, repoSource: 'ProxmoxVE' } : { ...base, ...hardwareOf(id) }
}

function generateEnd(id: string, random: () => number, isSuccess: boolean): InstallEvent {
  const base = { randomId: id, executionId: id, type: 'lxc', nsapp: scriptOf(id), platform: 'pve', ...hardwareOf(id) } as const
  const installDuration = 30 + Math.floor(random() * 900)
  if (isSuccess) return { ...base, status: 'success', exitCode: 0, installDuration }
  const exitCode = pick([1, 7, 22, 100, 101, 127, 137, 250], random)
  const error = `The step at line ${Math.floor(random() * 60)} of ${scriptOf(id)} ended with code ${exitCode}`
  return { ...base, status: 'failed', exitCode, installDuration, error, errorCategory: 'apt', trace: generateTrace(random) }
}

/** What a run reports of its guest and host is the same in all its reports. */
function hardwareOf(id: string) {
  const random = seededRandom(Number.parseInt(id.slice(0, 8), 16))
  const osType = pick(systems, random)
  return {
    ctType: random() < 0.8 ? 1 : 0,
    diskSize: pick([4, 8, 10, 20, 32], random),
    coreCount: pick([1, 2, 4], random),
    ramSize: pick([512, 1024, 2048, 4096], random),
    osType,
    osVersion: pick(versions[osType], random),
    pveVersion: pick(['8.4.1', '8.4.14', '9.0.3', '9.1.2'], random),
    method: pick(['default', 'default', 'advanced', 'generated'], random),
    cpuVendor: pick(['intel', 'amd'] as const, random),
    cpuModel: `Processor model ${Math.floor(random() * 400)}`,
    gpuVendor: 'intel',
    gpuPassthrough: 'none',
    ramSpeed: pick(['3200', '2666', '5600'], random),
    repoSource: random() < 0.95 ? 'ProxmoxVE' : 'ProxmoxVED',
    repoSlug: 'community-scripts/ProxmoxVE',
    arch: 'amd64',
  } as const
}

/** Few scripts make most runs, as in real traffic. */
function scriptOf(id: string): string {
  const share = Number.parseInt(id.slice(0, 6), 16) / 0x1000000
  return `script-${Math.floor(scripts * share ** 3)}`
}

function generateTrace(random: () => number): string {
  const bytes = 2_000 + random() * 8_000
  let trace = ''
  for (let line = 1; trace.length < bytes; line++) {
    const part = `package-${Math.floor(random() * 5_000)}`
    trace += `Get:${line} main amd64 ${part} ${Math.floor(random() * 9)}.${Math.floor(random() * 99)} [${Math.floor(random() * 90_000)} B]\n`
  }
  return trace
}

function pick<Value>(values: readonly Value[], random: () => number): Value {
  return values[Math.floor(random() * values.length)] as Value
}
