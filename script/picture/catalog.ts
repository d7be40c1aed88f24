/** A script of the pictures' history: its share of all runs, its usual time and how often it fails. */
export type SampleScript = {
  readonly name: string
  readonly type: 'lxc' | 'vm' | 'pve' | 'addon'
  readonly weight: number
  readonly medianSeconds: number
  readonly failing: number
}

/** `name type weight seconds failing`, the most used ones first. */
const scriptRows = `
docker lxc 90 95 0.05
homeassistant-os vm 84 190 0.04
jellyfin lxc 70 140 0.08
immich lxc 66 620 0.09
nginxproxymanager lxc 60 240 0.11
adguard lxc 58 55 0.03
pihole lxc 52 80 0.06
vaultwarden lxc 50 320 0.07
paperless-ngx lxc 46 410 0.12
plex lxc 44 110 0.06
post-pve-install pve 42 25 0.02
frigate lxc 38 780 0.24
nextcloud-vm vm 36 300 0.14
debian-vm vm 34 60 0.03
ollama lxc 32 260 0.10
uptimekuma lxc 30 130 0.05
openwebui lxc 28 540 0.15
n8n lxc 27 200 0.09
zigbee2mqtt lxc 26 125 0.05
wireguard lxc 25 70 0.05
homepage lxc 24 150 0.06
sonarr lxc 22 60 0.03
radarr lxc 22 62 0.03
prowlarr lxc 20 58 0.03
qbittorrent lxc 19 50 0.03
grafana lxc 18 75 0.05
add-tailscale-lxc addon 18 20 0.00
technitiumdns lxc 17 65 0.03
gitea lxc 16 60 0.04
mealie lxc 15 350 0.13
cloudflared lxc 15 40 0.02
unifi lxc 14 160 0.10
influxdb lxc 13 70 0.04
postgresql lxc 13 55 0.04
mqtt lxc 12 35 0.02
ubuntu2404-vm vm 12 80 0.04
syncthing lxc 11 45 0.02
audiobookshelf lxc 11 60 0.04
linkwarden lxc 10 480 0.16
actualbudget lxc 10 140 0.06
caddy lxc 9 50 0.03
traefik lxc 9 45 0.04
authentik lxc 9 900 0.22
forgejo lxc 8 50 0.03
mariadb lxc 8 60 0.04
bookstack lxc 7 170 0.08
karakeep lxc 7 520 0.17
navidrome lxc 6 55 0.04
stirling-pdf lxc 6 330 0.12
opnsense-vm vm 6 400 0.11
microcode pve 6 15 0.01
homarr lxc 5 420 0.18
tandoor lxc 5 300 0.13
kavita lxc 4 40 0.03
wikijs lxc 4 180 0.07
netdata addon 4 30 0.00
scrutiny lxc 3 90 0.06
mylar3 lxc 1 95 0.10
`

export const sampleScripts: readonly SampleScript[] = linesOf(scriptRows).map((row) => {
  const [name = '', type, weight, seconds, failing] = row.split(' ')
  return { name, type: type as SampleScript['type'], weight: Number(weight), medianSeconds: Number(seconds), failing: Number(failing) }
})

/** A way to fail: the exit code, what the script says of it, and the log that stands behind. `ofScripts` keeps it to some scripts. */
export type SampleFailure = {
  readonly exitCode: number
  readonly weight: number
  readonly says: string
  readonly log: string
  readonly ofScripts?: readonly string[]
}

/** `{host}`, `{user}` and `{n}` differ from run to run; the service hides the first two before anything is written. */
export const sampleFailures: readonly SampleFailure[] = [
  {
    exitCode: 100,
    weight: 22,
    says: 'exit_code=100 | APT: Package manager error (broken packages) | at line 41: $STD apt-get install -y build-essential',
    log: 'Reading package lists...\nBuilding dependency tree...\nE: Unable to correct problems, you have held broken packages.',
  },
  {
    exitCode: 28,
    weight: 18,
    says: 'exit_code=28 | curl: Operation timed out | at line 96: curl -fsSL https://github.com',
    log: '* Connected to {host} port 443\n* Operation timed out after 300{n} milliseconds with 0 bytes received\ncurl: (28) Operation timed out',
  },
  {
    exitCode: 6,
    weight: 14,
    says: 'exit_code=6 | curl: Could not resolve host | at line 38: curl -fsSL https://api.github.com',
    log: 'nameserver {host}\ncurl: (6) Could not resolve host: api.github.com\nping: {host}: Temporary failure in name resolution',
  },
  {
    exitCode: 255,
    weight: 9,
    says: 'E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process {n} (unattended-upgr)',
    log: 'E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process {n} (unattended-upgr)\nN: Be aware that removing the lock file is not a solution',
  },
  {
    exitCode: 137,
    weight: 10,
    says: 'exit_code=137 | Killed (Out of memory?) | at line 118: $STD npm run build',
    log: '> build\n> next build\nCreating an optimized production build ...\nKilled\nssh: {user}@{host}: connection closed',
    ofScripts: ['immich', 'openwebui', 'homarr', 'linkwarden', 'karakeep', 'authentik', 'frigate', 'mealie'],
  },
  {
    exitCode: 1,
    weight: 9,
    says: 'npm error code ERESOLVE: unable to resolve dependency tree',
    log: 'npm error code ERESOLVE\nnpm error ERESOLVE unable to resolve dependency tree\nnpm error A complete log of this run can be found in: /home/{user}/.npm/_logs/{n}-debug-0.log',
    ofScripts: ['n8n', 'homepage', 'homarr', 'linkwarden', 'uptimekuma', 'karakeep', 'wikijs', 'actualbudget'],
  },
  {
    exitCode: 1,
    weight: 8,
    says: 'ERROR: No space left on device',
    log: 'tar: data/model.bin: Cannot write: No space left on device\ntar: Exiting with failure status due to previous errors\nFilesystem 4.0G used 100% on {host}',
    ofScripts: ['immich', 'ollama', 'openwebui', 'frigate', 'docker', 'paperless-ngx', 'stirling-pdf'],
  },
  {
    exitCode: 22,
    weight: 7,
    says: 'exit_code=22 | curl: HTTP error returned | at line 203: curl -fsSLO https://github.com/releases/latest',
    log: 'curl: (22) The requested URL returned error: 404\nrequested by {user}@{host}',
  },
  {
    exitCode: 127,
    weight: 6,
    says: 'exit_code=127 | Command not found | at line 77: uv sync --frozen',
    log: 'bash: line 77: uv: command not found\n/home/{user}/install.sh: exit 127',
    ofScripts: ['paperless-ngx', 'mealie', 'tandoor', 'openwebui', 'authentik'],
  },
  {
    exitCode: 1,
    weight: 6,
    says: 'FATAL: password authentication failed for user "paperless"',
    log: 'psql: error: connection to server at "{host}", port 5432 failed\nFATAL: password authentication failed for user "paperless"\nPGPASSWORD=hunter{n} psql -h {host}',
    ofScripts: ['paperless-ngx', 'vaultwarden', 'authentik', 'linkwarden', 'tandoor'],
  },
  {
    exitCode: 1,
    weight: 5,
    says: 'Error: cannot open /dev/dri/renderD128: Permission denied',
    log: 'Configuring hardware acceleration\nError: cannot open /dev/dri/renderD128: Permission denied\nlxc-start on {host}: tools/lxc_start.c: main: The container failed to start',
    ofScripts: ['jellyfin', 'plex', 'frigate', 'immich', 'ollama'],
  },
  {
    exitCode: 143,
    weight: 3,
    says: 'exit_code=143 | Terminated (SIGTERM) | at line 12: qm importdisk',
    log: 'transferred 1.{n} GiB of 32.0 GiB\nreceived signal 15 from {host}\nTerminated',
    ofScripts: ['nextcloud-vm', 'opnsense-vm', 'homeassistant-os', 'ubuntu2404-vm'],
  },
]

/** What went wrong of late: a repository moved, so that many runs of one script end in the same new way. */
export const recentFailure = {
  script: 'zigbee2mqtt',
  hours: 40,
  share: 0.42,
  failure: {
    exitCode: 100,
    weight: 0,
    says: "E: The repository 'https://deb.nodesource.com/node_20.x nodistro Release' does not have a Release file.",
    log: "Err:7 https://deb.nodesource.com/node_20.x nodistro Release\n  404  Not Found [IP: {host} 443]\nE: The repository 'https://deb.nodesource.com/node_20.x nodistro Release' does not have a Release file.\nN: reported by {user}@{host}, mail ops@{host}.example.net",
  },
} as const satisfies { script: string; hours: number; share: number; failure: SampleFailure }

/** A failure of many scripts that comes more often from day to day. */
export const growingFailure: SampleFailure & { readonly growsDays: number } = {
  exitCode: 35,
  weight: 1,
  growsDays: 52,
  says: 'exit_code=35 | curl: SSL connect error | at line 54: curl -fsSL https://download.example.org',
  log: 'curl: (35) TLS connect error: error:00000000:lib(0)::reason(0)\n* Closing connection to {host}',
}

const hostRows = `
30 9.1.2 intel|Intel N100 intel|Alder Lake-N [UHD Graphics]
18 9.0.3 intel|Intel Core i5-8500T intel|CoffeeLake-S GT2 [UHD Graphics 630]
14 9.1.2 amd|AMD Ryzen 7 5700G amd|Cezanne [Radeon Vega Series]
12 8.4.14 intel|Intel Core i7-10700 nvidia|GA106 [GeForce RTX 3060]
9 9.1.2 amd|AMD Ryzen 9 7950X amd|Raphael
8 8.4.14 intel|Intel Celeron J4125 intel|GeminiLake [UHD Graphics 600]
7 9.0.3 amd|AMD EPYC 7302P unknown|
6 8.4.1 intel|Intel Xeon E5-2680 v4 nvidia|GP107GL [Quadro P1000]
5 9.1.2 intel|Intel Core i5-13500 intel|AlderLake-S GT1
3 8.3.5 intel|Intel Core i3-8100 intel|CoffeeLake-S GT2 [UHD Graphics 630]
2 9.0.3 arm|Cortex-A76 unknown|
`

/** A machine of the history, with how often it comes. */
export type SampleHost = {
  readonly weight: number
  readonly pveVersion: string
  readonly cpuVendor: string
  readonly cpuModel: string
  readonly gpuVendor: string
  readonly gpuModel: string
}

export const sampleHosts: readonly SampleHost[] = linesOf(hostRows).map((row) => {
  const [, weight = '', pveVersion = '', cpuVendor = '', cpuModel = '', gpuVendor = '', gpuModel = ''] =
    /^(\d+) (\S+) (\w+)\|(.*?) (intel|amd|nvidia|unknown)\|(.*)$/.exec(row) ?? []
  return { weight: Number(weight), pveVersion, cpuVendor, cpuModel, gpuVendor, gpuModel }
})

function linesOf(text: string): readonly string[] {
  return text.trim().split('\n')
}
