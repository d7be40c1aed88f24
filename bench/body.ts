/** One body of the load that clients send, and which part of it. */
export type LoadBody = { readonly kind: 'progress' | 'success' | 'failed' | 'broken'; readonly bytes: Uint8Array }

/**
 * The load that the figures of this project stand on: 60 % progress, 30 % success, 8 % failed with a log of 2 to 10 kB, 2 % broken.
 * The same `count` gives the same bodies.
 */
export function mixOfBodies(count: number): LoadBody[] {
  return Array.from({ length: count }, (_, index) => bodyOf(index))
}

const encoder = new TextEncoder()

function bodyOf(index: number): LoadBody {
  const turn = (index * 37) % 100 // Spreads the kinds evenly.
  if (turn < 60)
    return {
      kind: 'progress',
      bytes: encoder.encode(turn < 25 ? pingOf(index) : reportOf(index, turn < 40 ? 'validation' : 'configuring')),
    }
  if (turn < 90) return { kind: 'success', bytes: encoder.encode(reportOf(index, 'success')) }
  if (turn < 98) return { kind: 'failed', bytes: encoder.encode(reportOf(index, 'failed', logOf(index))) }
  return { kind: 'broken', bytes: encoder.encode(reportOf(index, 'success').replace(/"disk_size": (\d+)/, '"disk_size": $1G')) }
}

const apps = ['jellyfin', 'home-assistant', 'vaultwarden', 'nginxproxymanager', 'paperless-ngx', 'immich', 'adguard', 'docker']

function idOf(index: number): string {
  return `7d1f3c5a-${(index & 0xffff).toString(16).padStart(4, '0')}-4b6e-9c2d-${index.toString(16).padStart(12, '0')}`
}

function pingOf(index: number): string {
  const id = idOf(index)
  const app = apps[index % apps.length]
  return `{"random_id":"${id}","execution_id":"${id}","type":"lxc","nsapp":"${app}","status":"configuring","platform":"pve","repo_source":"ProxmoxVE","repo_slug":"community-scripts/ProxmoxVE"}`
}

function reportOf(index: number, status: string, error = ''): string {
  const id = idOf(index)
  return `{
  "random_id": "${id}",
  "execution_id": "${id}",
  "type": "lxc",
  "nsapp": "${apps[index % apps.length]}",
  "status": "${status}",
  "ct_type": 1,
  "disk_size": ${4 + (index % 5) * 4},
  "core_count": ${1 + (index % 4)},
  "ram_size": ${1024 * (1 + (index % 4))},
  "os_type": "debian",
  "os_version": "13",
  "pve_version": "9.0.11",
  "method": "default",
  "exit_code": ${status === 'failed' ? 1 + (index % 2) * 99 : 0},
  "error": ${JSON.stringify(error)},
  "error_category": "${status === 'failed' ? 'unknown' : ''}",
  "install_duration": ${status === 'success' ? 90 + (index % 300) : 0},
  "cpu_vendor": "intel",
  "cpu_model": "13th Gen Intel(R) Core(TM) i5-13500",
  "gpu_vendor": "intel",
  "gpu_model": "Alder Lake-S GT1",
  "gpu_passthrough": "igpu",
  "ram_speed": "3200",
  "platform": "pve",
  "arch": "amd64",
  "repo_source": "ProxmoxVE",
  "repo_slug": "community-scripts/ProxmoxVE"
}`
}

const lines = [
  'Get:14 http://archive.ubuntu.com/ubuntu noble/main amd64 libssl3t64 amd64 3.0.13-0ubuntu3.5 [2,455 kB]',
  'Unpacking libglib2.0-0t64:amd64 (2.84.3-1) over (2.84.2-2) ...',
  'Setting up python3.13-minimal (3.13.5-2) ...',
  '  -> building wheel for cryptography==45.0.6 (PEP 517)',
  '2026-08-01 10:22:31 INFO  service.main listening on port 8096 after 3.11 s',
  'npm warn deprecated glob@7.2.3: versions before 9 are no longer maintained',
  '[2/4] Fetching packages... 312 of 877 done, 41 from the store',
]

/** A log of 2 to 10 kB, of a length that goes with the index. */
function logOf(index: number): string {
  const bytes = 2000 + ((index * 7919) % 8000)
  let log = 'exit_code=1 | General error / Operation not permitted | at line 214: $STD apt-get install -y ffmpeg\n---\n'
  for (let line = index; log.length < bytes; line++) log += `${lines[line % lines.length]}\n`
  return index % 3 === 0 ? `${log}error: connection refused by the mirror` : log
}
