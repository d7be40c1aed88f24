/** How the text of a setting is read. Each kind has its parser in `setting-value.ts`. */
export type SettingKind =
  | 'address'
  | 'integer'
  | 'boolean'
  | 'path'
  | 'file'
  | 'text'
  | 'host'
  | 'url'
  | 'endpoint'
  | 'list'
  | 'mailbox'
  | 'mailboxes'
  | 'networks'
  | 'decimal'
  | 'cron'
  | 'choice'
  | 'rate'

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
  readonly form?: SettingForm
}

/** What a text, or each item of a list, must look like where not everything goes. `rule` says it in words that follow "must be". */
export type SettingForm = { readonly pattern: RegExp; readonly rule: string }

export type SettingGroup = 'Server' | 'Access' | 'Ingest' | 'Limits' | 'Storage' | 'PocketBase' | 'Alerts' | 'GitHub' | 'Cloak' | 'Logs'

const gigabyte = 1024 ** 3
const hourMs = 3_600_000

const userName: SettingForm = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$/,
  rule: '1 to 64 letters, digits or . _ @ + -, beginning with a letter or digit',
}
const collection: SettingForm = { pattern: /^[A-Za-z0-9_]{1,100}$/, rule: 'the name of a collection: letters, digits and _, at most 100' }
const headerName: SettingForm = { pattern: /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, rule: 'the name of an HTTP header' }
// Owner and repository become parts of a path, the token a header.
const owner: SettingForm = { pattern: /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})$/, rule: 'the name of a user or organization' }
const repository: SettingForm = {
  pattern: /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/,
  rule: 'the name of a repository, without its owner',
}
const token: SettingForm = { pattern: /^[\x20-\x7e]{1,1024}$/, rule: 'printable ASCII, at most 1024 characters' }
const origins: SettingForm = {
  pattern: /^(?:\*|https?:\/\/[^\s/?#@]{1,253})$/,
  rule: 'a list of origins like https://app.example.org, separated by commas, or *',
}
const owners: SettingForm = {
  pattern: /^[A-Za-z0-9._-]{1,100}$/,
  rule: 'a list of names of letters, digits and . _ -, separated by commas',
}
// Matches `22-6` and `08-17`, not `24-6`, `6-06` or `22:30-6`: a day has an hour to speak in.
const quietHours: SettingForm = {
  pattern: /^0?([0-9]|1[0-9]|2[0-3])-0?(?!\1$)(?:[0-9]|1[0-9]|2[0-3])$/,
  rule: 'two different hours of the day, like 22-6',
}

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
  TLS_CERT_FILE: {
    group: 'Server',
    kind: 'file',
    meaning:
      'The certificate of the service in PEM, followed by those that vouch for it. With TLS_KEY_FILE the service speaks TLS 1.3 and nothing older, also on METRICS_ADDR; another pair in the files is served to every new connection within 41 seconds.',
  },
  TLS_KEY_FILE: {
    group: 'Server',
    kind: 'file',
    meaning: 'The private key of TLS_CERT_FILE in PEM, without a passphrase.',
  },
  REQUIRE_HTTPS: {
    group: 'Server',
    kind: 'boolean',
    default: 'false',
    meaning:
      'Refuses every request that did not come by TLS, be it here or at a proxy of TRUSTED_PROXIES_CIDR that says so in X-Forwarded-Proto. Nobody is sent on: what was sent in the plain has been readable. This machine may still ask /healthz and /metrics.',
  },
  ADMIN_USER: {
    group: 'Access',
    kind: 'text',
    form: userName,
    meaning:
      'Name of the first admin, who is made at the start when there is no admin yet. Without it the first start writes a one-time setup link.',
  },
  ADMIN_PASSWORD_FILE: {
    group: 'Access',
    kind: 'file',
    meaning: 'The file that holds the password of ADMIN_USER. It is read at a start without an admin, and not afterwards.',
  },
  ADMIN_PASSWORD: {
    group: 'Access',
    kind: 'text',
    secret: true,
    meaning:
      'A password for clients of the earlier service that start a cleanup at /api/cleanup/run or open an issue at /api/github/create-issue. It opens nothing else; without it an admin key does. ADMIN_PASSWORD_FILE is something else: the password of the first admin.',
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
    form: owners,
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
    form: headerName,
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
  RUN_MIGRATION: {
    group: 'Storage',
    kind: 'boolean',
    default: 'false',
    meaning:
      'Imports at the start, beside the running service, what JSON_FILE or MIGRATION_SOURCE_URL names (DATE_FROM, DATE_UNTIL and REPO_SOURCE narrow it and name its source). An import that was broken off goes on at the next start; one that is done is not begun again before the source, the days or REPO_SOURCE are others.',
  },
  MIGRATION_REQUIRED: {
    group: 'Storage',
    kind: 'boolean',
    default: 'false',
    meaning:
      'Ends the service with exit code 1 when the import of RUN_MIGRATION fails. Otherwise it is logged, doctor says it, and the service goes on.',
  },
  RETENTION_DAYS: {
    group: 'Storage',
    kind: 'integer',
    min: 1,
    max: 36_500,
    default: '365',
    meaning:
      'Days after which runs are removed, here and in PocketBase; their sums stay. Also how far back a client with an ingest key may date an event: an older date counts as the oldest allowed one.',
  },
  RETENTION_ENABLED: {
    group: 'Storage',
    kind: 'boolean',
    default: 'true',
    meaning: 'Removes runs after RETENTION_DAYS and their logs after RETENTION_TRACE_DAYS, here and in PocketBase. The sums of runs stay.',
  },
  RETENTION_TRACE_DAYS: {
    group: 'Storage',
    kind: 'integer',
    min: 1,
    max: 36_500,
    default: '90',
    meaning: 'Days after which the log of a failed run is removed.',
  },
  CLEANUP_ENABLED: {
    group: 'Storage',
    kind: 'boolean',
    default: 'true',
    meaning: 'Gives up runs without an end of which nothing was heard for CLEANUP_STUCK_HOURS; whatever comes later takes that back.',
  },
  CLEANUP_INTERVAL_MIN: {
    group: 'Storage',
    kind: 'integer',
    min: 1,
    max: 10_080,
    default: '60',
    meaning: 'Minutes between two looks for such runs.',
  },
  CLEANUP_STUCK_HOURS: {
    group: 'Storage',
    kind: 'integer',
    min: 1,
    max: 8_760,
    default: '1',
    meaning: 'Hours without a report after which a run without an end is given up: it reads as unknown, with the category timeout.',
  },
  BACKUP_CRON: {
    group: 'Storage',
    kind: 'cron',
    default: '40 2 * * *',
    meaning: 'When a backup is made and proved by itself, in UTC: minute, hour, day, month, weekday. off makes none.',
  },
  BACKUP_KEEP: {
    group: 'Storage',
    kind: 'integer',
    min: 1,
    max: 10_000,
    default: '7',
    meaning: 'How many of the newest backups are kept; older ones go once a new one is proved.',
  },
  PB_URL: {
    group: 'PocketBase',
    kind: 'url',
    meaning: 'Address of the PocketBase to fill. Without it nothing is sent. https, unless it lies in a private network.',
  },
  PB_AUTH_COLLECTION: {
    group: 'PocketBase',
    kind: 'text',
    form: collection,
    default: 'telemetry_service',
    meaning: 'The auth collection that the service signs in to. One of its own: `setup pocketbase` stops where it has other members.',
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
    form: collection,
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
  ALERT_ENABLED: {
    group: 'Alerts',
    kind: 'boolean',
    default: 'false',
    meaning:
      'Looks at the rules and tells a human by mail and webhook, as far as those are set. false: nothing is looked at and nothing leaves.',
  },
  ALERT_FAILURE_THRESHOLD: {
    group: 'Alerts',
    kind: 'decimal',
    min: 0.1,
    max: 100,
    default: '20',
    meaning:
      'Failed runs of ProxmoxVE in percent of those that succeeded or failed in the last 24 hours, from which on the first rule fires.',
  },
  ALERT_CHECK_INTERVAL_MIN: {
    group: 'Alerts',
    kind: 'integer',
    min: 1,
    max: 1_440,
    default: '15',
    meaning: 'Minutes between two looks at all rules.',
  },
  ALERT_COOLDOWN_MIN: {
    group: 'Alerts',
    kind: 'integer',
    min: 0,
    max: 40_320,
    default: '60',
    meaning: 'The least minutes between two alarms of the first rule.',
  },
  ALERT_QUIET_HOURS: {
    group: 'Alerts',
    kind: 'text',
    form: quietHours,
    meaning:
      'From which hour up to which, UTC, nobody is told of the first rule: 22-6. What lasts is told at their end. Other rules have quiet hours of their own.',
  },
  WEEKLY_REPORT_ENABLED: {
    group: 'Alerts',
    kind: 'boolean',
    default: 'false',
    meaning: 'Sends a report of the last week on Monday after 08:00 UTC, once for each week. Needs ALERT_ENABLED.',
  },
  SMTP_HOST: { group: 'Alerts', kind: 'host', meaning: 'The mail server that takes alerts. Without it no mail is sent.' },
  SMTP_PORT: { group: 'Alerts', kind: 'integer', min: 1, max: 65_535, default: '587', meaning: 'The port of the mail server.' },
  SMTP_USER: { group: 'Alerts', kind: 'text', meaning: 'Name to sign in to the mail server with. Without it nobody signs in.' },
  SMTP_PASSWORD: { group: 'Alerts', kind: 'text', secret: true, meaning: 'Password to sign in to the mail server with.' },
  SMTP_FROM: {
    group: 'Alerts',
    kind: 'mailbox',
    default: 'telemetry@proxmoxved.local',
    meaning: 'The address that mails come from. Set one of a domain of yours: many mail servers refuse a sender without one.',
  },
  SMTP_TO: { group: 'Alerts', kind: 'mailboxes', default: '', meaning: 'Who gets the mails, separated by commas. Needed with SMTP_HOST.' },
  SMTP_USE_TLS: {
    group: 'Alerts',
    kind: 'boolean',
    default: 'false',
    meaning: 'true speaks TLS from the first byte (usually port 465), false begins plain and takes STARTTLS.',
  },
  SMTP_STARTTLS: {
    group: 'Alerts',
    kind: 'choice',
    values: ['opportunistic', 'required'],
    default: 'opportunistic',
    meaning: 'Whether a mail server in a private network must offer STARTTLS. One outside must always; its address tells, not its name.',
  },
  SMTP_CA_FILE: {
    group: 'Alerts',
    kind: 'file',
    meaning:
      'Certificates in PEM that vouch for the mail server, instead of those of the system. Read for each mail: one that was replaced counts at once.',
  },
  ALERT_WEBHOOK_URL: {
    group: 'Alerts',
    kind: 'endpoint',
    meaning: 'Where messages are posted as signed JSON. https, unless it lies in a private network and ALERT_WEBHOOK_PRIVATE allows that.',
  },
  ALERT_WEBHOOK_SECRET: {
    group: 'Alerts',
    kind: 'text',
    secret: true,
    meaning: 'What the JSON is signed with (HMAC-SHA256), so that its receiver knows who sent it. Needed with ALERT_WEBHOOK_URL.',
  },
  ALERT_WEBHOOK_PRIVATE: {
    group: 'Alerts',
    kind: 'boolean',
    default: 'false',
    meaning: 'Lets the webhook reach addresses of private networks and of this machine.',
  },
  GITHUB_TOKEN: {
    group: 'GitHub',
    kind: 'text',
    form: token,
    secret: true,
    meaning:
      'A token that may write issues of the repository (fine-grained: Issues read and write, of this repository alone). With it maintainers open an issue for a group of errors, by hand; without it nothing is sent.',
  },
  GITHUB_OWNER: {
    group: 'GitHub',
    kind: 'text',
    form: owner,
    default: 'community-scripts',
    meaning: 'The user or organization that owns the repository of the issues.',
  },
  GITHUB_REPO: {
    group: 'GitHub',
    kind: 'text',
    form: repository,
    default: 'ProxmoxVE',
    meaning: 'The repository of the issues, without its owner.',
  },
  GITHUB_API_URL: {
    group: 'GitHub',
    kind: 'url',
    meaning:
      'The REST API of a GitHub of your own (https://github.example.org/api/v3). Without it: https://api.github.com. https, unless it lies in a private network and GITHUB_API_PRIVATE allows that.',
  },
  GITHUB_API_PRIVATE: {
    group: 'GitHub',
    kind: 'boolean',
    default: 'false',
    meaning: 'Lets GITHUB_API_URL reach addresses of private networks and of this machine.',
  },
  CLOAK_ACCESS: {
    group: 'Cloak',
    kind: 'choice',
    values: ['key', 'open'],
    default: 'key',
    meaning:
      'Who may have texts analyzed and anonymized at /analyze and /anonymize: key takes PIICLOAK_API_KEY and keys of scope cloak, open takes everybody. The API is off while there is no such key.',
  },
  CLOAK_MAX_BODY_BYTES: {
    group: 'Cloak',
    kind: 'integer',
    min: 1024,
    max: 268_435_456,
    default: '8388608',
    meaning:
      'Largest body of /analyze, /anonymize and what lies below it, counted after unpacking gzip. A larger one is answered with 413.',
  },
  PIICLOAK_API_KEY: {
    group: 'Cloak',
    kind: 'text',
    form: token,
    secret: true,
    meaning:
      'A key for /analyze and /anonymize, sent as `Authorization: Bearer KEY`, `ApiKey KEY` or `KEY`. Keys of scope cloak work beside it.',
  },
  PIICLOAK_CORS_ORIGINS: {
    group: 'Cloak',
    kind: 'list',
    form: origins,
    default: '',
    meaning: 'Origins whose pages may call /analyze and /anonymize from a browser. Without it none may; * lets every page.',
  },
  PIICLOAK_RATE_LIMIT: {
    group: 'Cloak',
    kind: 'rate',
    default: '100/minute',
    meaning: 'Texts that one client may send, all of them at once if it likes; a batch counts each of its lines. 0 for no limit.',
  },
  PIICLOAK_SCORE_THRESHOLD: {
    group: 'Cloak',
    kind: 'decimal',
    min: 0,
    max: 1,
    default: '0.4',
    meaning: 'How sure something must be to count as found, where a request does not say.',
  },
  PIICLOAK_DEFAULT_MODE: {
    group: 'Cloak',
    kind: 'choice',
    values: ['replace', 'redact', 'hash', 'mask', 'pseudonym'],
    default: 'replace',
    meaning: 'What is put in the place of what was found, where a request does not say.',
  },
  PIICLOAK_ENABLE_METRICS: {
    group: 'Cloak',
    kind: 'boolean',
    default: 'true',
    meaning: 'Shows the series piicloak_* in /metrics.',
  },
  LOG_LEVEL: {
    group: 'Logs',
    kind: 'choice',
    values: ['debug', 'info', 'warn', 'error', 'silent'],
    default: 'info',
    meaning: 'The least important log line that is still written.',
  },
  LOG_DIR: {
    group: 'Logs',
    kind: 'path',
    meaning:
      'A folder that gets the log as well, in one file a day; files older than 7 days are removed. Without it nothing is written to files.',
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

/** Whether a setting may lie in a file that `NAME_FILE` names: each secret, unless that name is a setting of its own. */
export function takesFile(name: SettingName): boolean {
  return settingOf(name).secret === true && !Object.hasOwn(settingTable, `${name}_FILE`)
}
