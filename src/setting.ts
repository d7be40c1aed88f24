/** How the text of a setting is read. Each kind has its parser in `setting-value.ts`. */
export type SettingKind = 'address' | 'integer' | 'boolean' | 'path' | 'file' | 'text' | 'url' | 'list' | 'networks' | 'choice'

/** One setting: its group in the papers, how its text is read, what holds without it (absent: the part is off) and what it is for. */
export type Setting = {
  readonly group: SettingGroup
  readonly kind: SettingKind
  readonly default?: string
  readonly meaning: string
  readonly secret?: true
  readonly min?: number
  readonly max?: number
  readonly values?: readonly string[]
}

export type SettingGroup = 'Server' | 'Access' | 'Ingest' | 'Limits' | 'Storage' | 'PocketBase' | 'Logs'

const gigabyte = 1024 ** 3
const hourMs = 3_600_000

/** The one list of settings. The typed settings, `config print`, `help` and docs/configuration.md are made from it. */
export const settingTable = {
  LISTEN_ADDR: {
    group: 'Server',
    kind: 'address',
    default: ':8080',
    meaning: 'Where the service listens: host:port, or :port for every interface. Port 0 takes a free one.',
  },
  PUBLIC_URL: {
    group: 'Server',
    kind: 'url',
    meaning:
      'The address under which clients reach the service; the curl line on its page and every link use it. Without it: http://localhost and the port.',
  },
  METRICS_ADDR: {
    group: 'Server',
    kind: 'address',
    meaning: 'A second address that serves nothing but /metrics, without a key. Keep it inside your network.',
  },
  ADMIN_USER: {
    group: 'Access',
    kind: 'text',
    meaning:
      'Name of the first admin, who is made at the start when there is no admin yet. Without it the first start writes a one-time setup link.',
  },
  ADMIN_PASSWORD_FILE: {
    group: 'Access',
    kind: 'file',
    meaning: 'The file that holds the password of ADMIN_USER. It is read at a start without an admin, and not afterwards.',
  },
  PUBLIC_DASHBOARD: {
    group: 'Access',
    kind: 'boolean',
    default: 'false',
    meaning:
      'Shows overview, scripts and error groups to everybody: as aggregates, without ids and traces. false asks for a sign-in or a key.',
  },
  PUBLIC_MIN_RUNS: {
    group: 'Access',
    kind: 'integer',
    min: 1,
    max: 1_000_000,
    default: '3',
    meaning: 'The least runs a name must have to be shown to everybody under PUBLIC_DASHBOARD. Names with fewer are counted under other.',
  },
  MAX_BODY_BYTES: {
    group: 'Ingest',
    kind: 'integer',
    min: 1024,
    max: gigabyte,
    default: '262144',
    meaning: 'Largest body of one event. A body one byte larger is answered with 400.',
  },
  MAX_BATCH_BYTES: {
    group: 'Ingest',
    kind: 'integer',
    min: 1024,
    max: gigabyte,
    default: '8388608',
    meaning: 'Largest body of a batch, counted after unpacking gzip. Not smaller than MAX_BODY_BYTES.',
  },
  BODY_TIMEOUT_MS: {
    group: 'Ingest',
    kind: 'integer',
    min: 100,
    max: hourMs,
    default: '10000',
    meaning: 'How long a client may take to send its body.',
  },
  INGEST_ACCESS: {
    group: 'Ingest',
    kind: 'choice',
    values: ['open', 'key'],
    default: 'open',
    meaning: 'Who may send events: open takes anonymous clients, key asks every client for a key of scope ingest.',
  },
  REPO_OWNERS: {
    group: 'Ingest',
    kind: 'list',
    default: 'community-scripts',
    meaning: 'Owners whose repository names are stored. The repository of any other owner is stored as external.',
  },
  RATE_LIMIT_RPM: {
    group: 'Limits',
    kind: 'integer',
    min: 0,
    max: 1_000_000,
    default: '60',
    meaning: 'Events a minute that one client may send, 0 for no limit.',
  },
  RATE_BURST: {
    group: 'Limits',
    kind: 'integer',
    min: 1,
    max: 100_000,
    default: '20',
    meaning: 'Events that one client may send at once. Also the most items of an anonymous batch.',
  },
  RATE_KEY_MODE: {
    group: 'Limits',
    kind: 'choice',
    values: ['ip', 'header'],
    default: 'ip',
    meaning: 'What tells clients apart for the limit: their address, or the header named by RATE_KEY_HEADER.',
  },
  RATE_KEY_HEADER: {
    group: 'Limits',
    kind: 'text',
    default: 'X-Telemetry-Key',
    meaning: 'The header that tells clients apart when RATE_KEY_MODE is header.',
  },
  TRUSTED_PROXIES_CIDR: {
    group: 'Limits',
    kind: 'networks',
    default: '',
    meaning:
      'Networks or addresses of your own reverse proxies. Only these and this machine itself may name the client in X-Forwarded-For.',
  },
  INGEST_KEY_RPM: {
    group: 'Limits',
    kind: 'integer',
    min: 0,
    max: 100_000_000,
    default: '0',
    meaning: 'Events a minute that one ingest key may send, 0 for no limit.',
  },
  DATA_DIR: {
    group: 'Storage',
    kind: 'path',
    default: './data',
    meaning: 'The one folder that is written to. It holds every file of the service.',
  },
  JOURNAL_MAX_MB: {
    group: 'Storage',
    kind: 'integer',
    min: 8,
    max: 1_048_576,
    default: '1024',
    meaning: 'Most megabytes of events that wait to be processed. At this size new events are answered with 503 until there is room again.',
  },
  RETENTION_DAYS: {
    group: 'Storage',
    kind: 'integer',
    min: 1,
    max: 36_500,
    default: '365',
    meaning: 'How many days back a client with an ingest key may date an event. An older date counts as the oldest allowed one.',
  },
  PB_URL: {
    group: 'PocketBase',
    kind: 'url',
    meaning: 'Address of the PocketBase to fill. Without it nothing is sent. https, unless it lies in a private network.',
  },
  PB_AUTH_COLLECTION: {
    group: 'PocketBase',
    kind: 'text',
    default: 'telemetry_service',
    meaning: 'The auth collection that the service signs in to.',
  },
  PB_IDENTITY: {
    group: 'PocketBase',
    kind: 'text',
    secret: true,
    meaning:
      'Identity to sign in with: a mail address, or a user name where PB_AUTH_COLLECTION signs in by `username` (one that the setup makes does, if this is a user name then). Needed with PB_URL.',
  },
  PB_PASSWORD: { group: 'PocketBase', kind: 'text', secret: true, meaning: 'Password to sign in with. Needed with PB_URL.' },
  PB_TARGET_COLLECTION: {
    group: 'PocketBase',
    kind: 'text',
    default: 'telemetry_data',
    meaning: 'The collection that receives the runs.',
  },
  UPSTREAM_TIMEOUT_MS: {
    group: 'PocketBase',
    kind: 'integer',
    min: 100,
    max: hourMs,
    default: '60000',
    meaning: 'How long one request to PocketBase may take before it is tried again.',
  },
  LOG_LEVEL: {
    group: 'Logs',
    kind: 'choice',
    values: ['debug', 'info', 'warn', 'error', 'silent'],
    default: 'info',
    meaning: 'The least important log line that is still written.',
  },
  ENABLE_REQUEST_LOGGING: {
    group: 'Logs',
    kind: 'boolean',
    default: 'false',
    meaning: 'Writes one log line a request with method, route pattern, status, milliseconds and bytes. Never an address or a body.',
  },
} as const satisfies Readonly<Record<string, Setting>>

export type SettingName = keyof typeof settingTable

export const settingNames = Object.keys(settingTable) as readonly SettingName[]

/** The setting in its general shape, for code that treats all of them alike. */
export function settingOf(name: SettingName): Setting {
  return settingTable[name]
}

/** Names that the earlier install-telemetry service knew and this one does not read, with the reason for the operator. */
export const retiredNames: Readonly<Record<string, string>> = {
  ENABLE_CACHE: 'pages are computed from roll-ups and need no cache',
  CACHE_TTL_SECONDS: 'pages are computed from roll-ups and need no cache',
  ENABLE_REDIS: 'nothing is kept in Redis',
  REDIS_URL: 'nothing is kept in Redis',
  WRITE_QUEUE_SIZE: 'events wait on disk, see JOURNAL_MAX_MB',
  WRITE_WORKERS: 'events wait on disk, see JOURNAL_MAX_MB',
  CH_DSN: 'ClickHouse is not used, the store is embedded',
  POCKETBASE_URL: 'use PB_URL',
  POCKETBASE_COLLECTION: 'use PB_TARGET_COLLECTION',
  RETENTION_ENABLED: 'see RETENTION_DAYS',
  GITHUB_TOKEN: 'no issue is opened from here',
  GITHUB_OWNER: 'no issue is opened from here',
  GITHUB_REPO: 'no issue is opened from here',
  ADMIN_PASSWORD: 'there is no shared password; the password of the first admin is read from ADMIN_PASSWORD_FILE',
  CLEANUP_ENABLED: 'runs that never ended are not closed by a timer',
  CLEANUP_INTERVAL_MIN: 'runs that never ended are not closed by a timer',
  CLEANUP_STUCK_HOURS: 'runs that never ended are not closed by a timer',
  ALERT_ENABLED: 'no mail is sent',
  ALERT_FAILURE_THRESHOLD: 'no mail is sent',
  ALERT_CHECK_INTERVAL_MIN: 'no mail is sent',
  ALERT_COOLDOWN_MIN: 'no mail is sent',
  SMTP_HOST: 'no mail is sent',
  SMTP_PORT: 'no mail is sent',
  SMTP_USER: 'no mail is sent',
  SMTP_PASSWORD: 'no mail is sent',
  SMTP_FROM: 'no mail is sent',
  SMTP_TO: 'no mail is sent',
  SMTP_USE_TLS: 'no mail is sent',
  RUN_MIGRATION: 'nothing is migrated at the start',
  MIGRATION_REQUIRED: 'nothing is migrated at the start',
  MIGRATION_SOURCE_URL: 'nothing is migrated at the start',
  WEEKLY_REPORT_ENABLED: 'no mail is sent',
}
