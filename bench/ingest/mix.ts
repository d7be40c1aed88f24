/** The mix of the benchmarks: 60 % progress, 30 % success, 8 % failed with logs of 2 to 10 kB, 2 % broken in the ways clients break bodies. */

/** A body with `@ID@` where the run's id goes, so that each request can be a run of its own. */
export type Template = { readonly kind: 'progress' | 'success' | 'failed' | 'broken'; readonly body: string }

/** Small numbers from a seed (mulberry32), so that every run sends the same bytes. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function makeTemplates(count: number, seed: number): Template[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, index) => {
    const place = index % 100 // Exact shares whatever the seed.
    if (place < 60) return { kind: 'progress', body: encode(progress(random)) }
    if (place < 90) return { kind: 'success', body: encode(success(random)) }
    if (place < 98) return { kind: 'failed', body: encode(failed(random)) }
    return { kind: 'broken', body: breakBody(encode(success(random)), random) }
  })
}

const scripts = Array.from({ length: 600 }, (_, index) => `script-${index}`)
const systems = [
  ['debian', '12'],
  ['debian', '13'],
  ['ubuntu', '24.04'],
  ['alpine', '3.21'],
] as const

type Fields = Record<string, string | number | boolean>

function base(random: () => number): Fields {
  const [os_type, os_version] = pick(systems, random)
  return {
    random_id: '@ID@',
    execution_id: '@ID@',
    type: random() < 0.85 ? 'lxc' : 'vm',
    nsapp: scripts[Math.floor(random() ** 3 * scripts.length)] ?? 'script-0',
    ct_type: 1,
    disk_size: 2 + Math.floor(random() * 30),
    core_count: 1 + Math.floor(random() * 8),
    ram_size: 512 * (1 + Math.floor(random() * 16)),
    os_type,
    os_version,
    pve_version: '8.4.1',
    method: 'default',
    cpu_vendor: 'intel',
    cpu_model: 'Intel(R) Core(TM) i5-8500T CPU @ 2.10GHz',
    gpu_vendor: 'intel',
    gpu_model: 'UHD Graphics 630',
    gpu_passthrough: 'none',
    ram_speed: '2666',
    repo_source: 'ProxmoxVE',
    repo_slug: 'community-scripts/ProxmoxVE',
    arch: 'amd64',
    platform: 'pve',
  }
}

function progress(random: () => number): Fields {
  return { ...base(random), status: pick(['installing', 'validation', 'configuring'], random) }
}

function success(random: () => number): Fields {
  return {
    ...base(random),
    status: 'success',
    exit_code: 0,
    install_duration: 20 + Math.floor(random() * 600),
    error: '',
    error_category: '',
  }
}

function failed(random: () => number): Fields {
  const code = pick([1, 100, 6, 127, 137, 243], random)
  const log = makeLog(2_000 + Math.floor(random() * 8_000), random)
  const error = `exit_code=${code} | General error | at line 64: apt-get install -y nodejs\n---\n${log}`
  return {
    ...base(random),
    status: 'failed',
    exit_code: code,
    install_duration: 20 + Math.floor(random() * 600),
    error,
    error_category: 'unknown',
  }
}

const logLines: readonly ((random: () => number) => string)[] = [
  (random) =>
    `Get:${1 + Math.floor(random() * 90)} http://archive.ubuntu.com/ubuntu noble/main amd64 libssl3 amd64 3.0.15-1~deb12u1 [2,023 kB]`,
  () => 'Setting up nodejs (22.11.0-1nodesource1) ...',
  () => 'npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory. Do not use it.',
  (random) => `E: Unable to locate package python3-${Math.floor(random() * 500)}-dev`,
  (random) => `[${(random() * 9_000).toFixed(6)}] systemd[1]: Started immich-server.service - Immich Server.`,
  () => 'dpkg: error processing package systemd-timesyncd (--configure):',
  () => '  File "/usr/lib/python3.11/site-packages/pip/_internal/cli/main.py", line 79, in main',
  (random) =>
    `curl: (7) Failed to connect to 192.168.${Math.floor(random() * 255)}.${Math.floor(random() * 255)} port 8006 after 3 ms: Connection refused`,
  () => 'Unpacking libc6:amd64 (2.36-9+deb12u9) over (2.36-9+deb12u8) ...',
  () => 'root@debian:/opt/app# make -j4 all',
  () => 'Fetched 48.2 MB in 3s (15.9 MB/s)',
  () => 'Processing triggers for libc-bin (2.36-9+deb12u9) ...',
  () => 'gcc -O2 -Wall -c src/main.c -o build/main.o',
]

function makeLog(bytes: number, random: () => number): string {
  let log = ''
  while (log.length < bytes) log += `${pick(logLines, random)(random)}\n`
  return log.slice(0, bytes)
}

/** Units behind numbers, a raw tab, an unknown escape: what the clients' shells produce. */
function breakBody(body: string, random: () => number): string {
  const ways = [
    (text: string) => text.replace(/"disk_size":(\d+)/, '"disk_size":$1G'),
    (text: string) => text.replace('UHD Graphics', 'UHD\tGraphics'),
    (text: string) => text.replace('default', 'de\\fault\\x41'),
  ]
  return pick(ways, random)(body)
}

function encode(fields: Fields): string {
  return JSON.stringify(fields)
}

function pick<Value>(values: readonly Value[], random: () => number): Value {
  const value = values[Math.floor(random() * values.length)]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}
