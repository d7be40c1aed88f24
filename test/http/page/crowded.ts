import { dayMs } from '../../../src/base/clock.ts'
import { eventBody, startRunning } from '../../part/running.ts'
import { setUp } from '../../part/sign-in.ts'
import type { Seeded } from './seeded.ts'

/** How much there is of what a page lists. */
export const crowd = { scripts: 600, errors: 500, osVersions: 200, days: 364 } as const

const runs = 9_000
const batch = 3_000
const syllables = ['ar', 'bel', 'cor', 'dun', 'eth', 'fal', 'gor', 'hin', 'ilm', 'jor', 'kel', 'lum', 'mor', 'nar', 'oth', 'pel'] as const
const statuses = ['success', 'success', 'failed', 'success', 'aborted', 'success', 'failed', 'success', 'success', 'installing'] as const

/** The name of a number: letters alone, as a digit in an error would not tell groups apart. */
export function nameOf(number: number, length = 3): string {
  return Array.from({ length }, (_, place) => syllables[Math.floor((number * 7 + place * 5) / 16 ** place) % 16]).join('')
}

export const scriptOf = (number: number) => `${nameOf(number)}-${number}-server`

/** A service that holds more of everything than a page has room for, over a year, and a browser that is signed in as its admin. */
export async function startCrowded(env: Readonly<Record<string, string>> = {}): Promise<Seeded> {
  const service = await startRunning({ INGEST_KEY_RPM: '0', MAX_BATCH_BYTES: String(16 * 1_024 * 1_024), ...env })
  const browser = await setUp(service)
  const key = await service.makeKey('ingest')
  for (let first = 0; first < runs; first += batch) {
    const bodies = Array.from({ length: batch }, (_, index) => bodyOf(first + index, Date.now()))
    const answer = await service.ask('/telemetry/batch', { body: bodies.join('\n'), key })
    if (answer.status !== 202) throw new Error(`seeding answered ${answer.status}: ${await answer.text()}`)
  }
  await service.settle()
  return { service, browser }
}

function bodyOf(index: number, now: number): string {
  const status = statuses[(index + Math.floor(index / 10)) % statuses.length]
  const error = (index * 13 + Math.floor(index / crowd.errors)) % crowd.errors
  const exitCode = 1 + (error % 120)
  return eventBody({
    execution_id: crypto.randomUUID(),
    at: new Date(now - ((index * 37) % crowd.days) * dayMs).toISOString(),
    nsapp: scriptOf(index % 7 === 0 ? 0 : index % crowd.scripts),
    status,
    os_type: ['debian', 'ubuntu', 'alpine', 'fedora', 'rocky', 'arch', 'centos'][index % 7],
    os_version: `${index % crowd.osVersions}.${index % 11}`,
    pve_version: `9.${index % 20}.${index % 9}`,
    method: ['default', 'advanced', 'mydefaults', 'appdefaults', 'rest-api'][index % 5],
    core_count: 1 + (index % 16),
    ram_size: 512 * (1 + (index % 31)),
    disk_size: 2 + (index % 60),
    gpu_vendor: ['nvidia', 'amd', 'intel', 'unknown'][index % 4],
    gpu_model: `GeForce Model ${index % 90} Super Edition`,
    gpu_passthrough: ['igpu', 'dgpu', 'none'][index % 3],
    cpu_vendor: ['intel', 'amd', 'arm'][index % 3],
    cpu_model: `Maker(R) Processor(TM) ${index % 150} @ 3.${index % 10}0GHz`,
    arch: ['amd64', 'arm64'][index % 2],
    platform: ['proxmox', 'incus', 'lxd'][index % 3],
    repo_source: ['ProxmoxVE', 'ProxmoxVED', 'external'][index % 3],
    repo_slug: `maker-${index % 40}/scripts-${index % 40}`,
    ...(status === 'success' && { install_duration: 30 + ((index * 17) % 900) }),
    ...((status === 'failed' || status === 'aborted') && {
      exit_code: exitCode,
      error: `exit_code=${exitCode} | E: The package ${nameOf(error, 5)} cannot be ${nameOf(error * 3, 4)} by ${nameOf(error, 4)}: held ${nameOf(error * 5, 3)}`,
    }),
  })
}
