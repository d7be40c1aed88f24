import { eventBody, type Running, startRunning } from '../../part/running.ts'
import { type Browser, setUp } from '../../part/sign-in.ts'

/** Names as an attacker chooses them. */
export const hostileNames = [
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  '../../etc/passwd',
  'a/b?c=d#e&f',
  '100%25 "quoted"',
  '=1+1',
  'zażółć gęślą',
] as const

const statuses = [
  'success',
  'success',
  'success',
  'success',
  'failed',
  'failed',
  'aborted',
  'installing',
  'configuring',
  'unknown',
] as const
const systems = ['debian', 'ubuntu', 'alpine'] as const
const scripts = ['docker', 'immich', 'vaultwarden', ...hostileNames] as const
const perScript = 30

/** A service with a few hundred runs of every kind, and a browser that is signed in as its admin. */
export type Seeded = { readonly service: Running; readonly browser: Browser }

export async function startSeeded(env: Readonly<Record<string, string>> = {}): Promise<Seeded> {
  const service = await startRunning({ RATE_LIMIT_RPM: '0', ...env })
  const browser = await setUp(service)
  const bodies = scripts.flatMap((nsapp, script) => Array.from({ length: perScript }, (_, index) => bodyOf(nsapp, script + index)))
  for (let first = 0; first < bodies.length; first += batch) {
    const answer = await service.ask('/telemetry/batch', { body: bodies.slice(first, first + batch).join('\n') })
    if (answer.status !== 202) throw new Error(`seeding answered ${answer.status}: ${await answer.text()}`)
  }
  await service.settle()
  return { service, browser }
}

const batch = 20

function bodyOf(nsapp: string, index: number): string {
  const status = statuses[index % statuses.length]
  const isFailed = status === 'failed'
  return eventBody({
    execution_id: crypto.randomUUID(),
    nsapp,
    status,
    os_type: systems[index % systems.length],
    os_version: String(10 + (index % 4)),
    pve_version: `9.0.${index % 5}`,
    method: index % 2 === 0 ? 'default' : 'advanced',
    core_count: 1 + (index % 4),
    ram_size: 1_024 * (1 + (index % 3)),
    disk_size: 8,
    gpu_vendor: index % 3 === 0 ? 'nvidia' : 'unknown',
    cpu_vendor: 'intel',
    cpu_model: `Model ${index % 3}`,
    arch: 'amd64',
    repo_source: index % 5 === 0 ? 'ProxmoxVED' : 'ProxmoxVE',
    ...(status === 'success' && { install_duration: 60 + index }),
    ...(isFailed && {
      exit_code: index % 2 === 0 ? 100 : 28,
      error: `exit_code=${index % 2 === 0 ? 100 : 28} | E: Unable to locate package thing-${index % 2}\nat 192.168.1.77 for admin@example.org`,
    }),
  })
}
