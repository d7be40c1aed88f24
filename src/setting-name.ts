import { distance } from 'fastest-levenshtein'
import { type SettingName, settingNames, settingOf, takesFile } from './setting.ts'

/** What a process is started with. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Names that an import reads, or says by itself that it does not, with what an operator is told who begins none. */
const importNames: Readonly<Record<string, string>> = {
  MIGRATION_SOURCE_URL: 'only an import reads it, see RUN_MIGRATION',
  DATE_FROM: 'only an import reads it, see RUN_MIGRATION',
  DATE_UNTIL: 'only an import reads it, see RUN_MIGRATION',
  REPO_SOURCE: 'only an import reads it, see RUN_MIGRATION',
  SQL_OUTPUT: 'records go into the store and from there to PocketBase',
  START_PAGE: 'an import that was broken off goes on by itself',
  SKIP_RECORDS: 'an import that was broken off goes on by itself',
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
  WEEKLY_REPORT_DAY: 'the report comes on Monday after 08:00 UTC, see WEEKLY_REPORT_ENABLED',
  WEEKLY_REPORT_HOUR: 'the report comes on Monday after 08:00 UTC, see WEEKLY_REPORT_ENABLED',
  ...importNames,
  PIICLOAK_HOST: 'the service listens on one address, see LISTEN_ADDR',
  PIICLOAK_PORT: 'the service listens on one address, see LISTEN_ADDR',
  PIICLOAK_DEBUG: 'nothing of a text is ever logged, see LOG_LEVEL',
  PIICLOAK_WORKERS: 'texts have a thread of their own, which starts with the first',
  PIICLOAK_LOG_LEVEL: 'use LOG_LEVEL',
  PIICLOAK_LOG_FORMAT: 'the log is JSON lines',
  PIICLOAK_SPACY_MODEL: 'the model lies in the binary',
  PIICLOAK_DEFAULT_LANGUAGE: 'types with a form are found in every language, names in English and German',
  PIICLOAK_TIMEOUT: 'the time of a text is bounded by its length, see CLOAK_MAX_BODY_BYTES',
}

/** What other programs call a thing that has another name here. */
const otherNames: Readonly<Record<string, SettingName>> = {
  ...{ SMTP_SERVER: 'SMTP_HOST', SMTP_HOSTNAME: 'SMTP_HOST', MAIL_HOST: 'SMTP_HOST', MAIL_SERVER: 'SMTP_HOST' },
  ...{ SMTP_USERNAME: 'SMTP_USER', SMTP_LOGIN: 'SMTP_USER', SMTP_PASS: 'SMTP_PASSWORD', SMTP_PWD: 'SMTP_PASSWORD' },
  ...{ SMTP_SENDER: 'SMTP_FROM', SMTP_FROM_ADDRESS: 'SMTP_FROM', MAIL_FROM: 'SMTP_FROM', EMAIL_FROM: 'SMTP_FROM', ALERT_FROM: 'SMTP_FROM' },
  ...{ SMTP_RECIPIENT: 'SMTP_TO', SMTP_RECIPIENTS: 'SMTP_TO', MAIL_TO: 'SMTP_TO', EMAIL_TO: 'SMTP_TO', ALERT_TO: 'SMTP_TO' },
  ...{
    ALERT_RECIPIENT: 'SMTP_TO',
    ALERT_RECIPIENTS: 'SMTP_TO',
    ALERT_EMAIL: 'SMTP_TO',
    ALERT_EMAILS: 'SMTP_TO',
    ALERT_EMAIL_TO: 'SMTP_TO',
  },
  ...{ SMTP_TLS: 'SMTP_USE_TLS', SMTP_SSL: 'SMTP_USE_TLS', SMTP_SECURE: 'SMTP_USE_TLS', SMTP_USE_SSL: 'SMTP_USE_TLS' },
  ...{ SMTP_CA: 'SMTP_CA_FILE', SMTP_CA_CERT: 'SMTP_CA_FILE' },
  ...{ WEBHOOK_URL: 'ALERT_WEBHOOK_URL', ALERT_WEBHOOK: 'ALERT_WEBHOOK_URL', WEBHOOK_SECRET: 'ALERT_WEBHOOK_SECRET' },
  ...{ ENABLE_ALERTS: 'ALERT_ENABLED', ENABLE_ALERTING: 'ALERT_ENABLED', ALERT_THRESHOLD: 'ALERT_FAILURE_THRESHOLD' },
  ...{ ALERT_INTERVAL: 'ALERT_CHECK_INTERVAL_MIN', ALERT_INTERVAL_MIN: 'ALERT_CHECK_INTERVAL_MIN' },
  ...{ WEEKLY_REPORT: 'WEEKLY_REPORT_ENABLED', ENABLE_WEEKLY_REPORT: 'WEEKLY_REPORT_ENABLED' },
  ...{ BACKUP_SCHEDULE: 'BACKUP_CRON', BACKUP_ENABLED: 'BACKUP_CRON', BACKUP_INTERVAL: 'BACKUP_CRON', BACKUP_TIME: 'BACKUP_CRON' },
  ...{ BACKUP_RETENTION: 'BACKUP_KEEP', BACKUP_RETENTION_DAYS: 'BACKUP_KEEP', BACKUP_COUNT: 'BACKUP_KEEP' },
  ...{ PB_USER: 'PB_IDENTITY', PB_USERNAME: 'PB_IDENTITY', PB_EMAIL: 'PB_IDENTITY', PB_PASS: 'PB_PASSWORD' },
  ...{ PB_COLLECTION: 'PB_TARGET_COLLECTION' },
  ...{ ADMIN_USERNAME: 'ADMIN_USER', LISTEN_PORT: 'LISTEN_ADDR', HTTP_PORT: 'LISTEN_ADDR', BIND_ADDR: 'LISTEN_ADDR' },
  ...{ TLS_CERT: 'TLS_CERT_FILE', TLS_KEY: 'TLS_KEY_FILE', LOG_PATH: 'LOG_DIR', REQUEST_LOGGING: 'ENABLE_REQUEST_LOGGING' },
}

/** A foreign variable of these families is surely meant for us. */
const ourFamilies = [
  ...['PB_', 'RATE_', 'INGEST_', 'JOURNAL_', 'RETENTION_', 'TRUSTED_PROXIES', 'UPSTREAM_'],
  ...['SMTP_', 'ALERT_', 'BACKUP_', 'CLEANUP_', 'WEEKLY_REPORT', 'PIICLOAK_', 'CLOAK_'],
]
const readNames: ReadonlySet<string> = new Set(settingNames.flatMap((name) => (settingOf(name).secret ? [name, `${name}_FILE`] : [name])))

/** Names that are not read and were probably meant for us, each with the right one or the reason. A process that imports says of its own names itself. */
export function warnOfNames(env: Environment, imports: boolean): readonly string[] {
  const isRead = (name: string) => readNames.has(name) || (imports && Object.hasOwn(importNames, name))
  const names = Object.keys(env).filter((name) => env[name] !== undefined && env[name] !== '' && !isRead(name))
  return names.sort().flatMap((name) => {
    const reason = Object.hasOwn(retiredNames, name) ? retiredNames[name] : undefined // `constructor` is a name that a process may be started with.
    if (reason !== undefined) return [`${name} has no meaning here: ${reason}`]
    const upper = name.toUpperCase()
    const meant = meantBy(upper)
    if (meant === undefined && familyOf(upper) === undefined) return []
    return [`${name} is not a setting and has no effect: ${meant === undefined ? helpHint : `did you mean ${meant}?`}`]
  })
}

const helpHint = '`telemetry-service help settings` lists those there are'

function familyOf(name: string): string | undefined {
  return ourFamilies.find((family) => name.startsWith(family))
}

function meantBy(name: string): string | undefined {
  const bare = name.replace(/_FILE$/, '')
  const other = otherNames[name] ?? otherNames[bare]
  if (other !== undefined) return name !== bare && takesFile(other) ? `${other}_FILE` : other
  if (name !== bare && readNames.has(bare)) return bare // Only a secret may lie in a file.
  const short = name.replace(/^TELEMETRY_(?:SERVICE_)?/, '')
  return short !== name && readNames.has(short) ? short : nearestSetting(name)
}

/**
 * The setting that a foreign name was probably meant to be. One of a family of ours may be half another; of others, short names are near to many words, so
 * they may differ by one letter only, not the first.
 */
function nearestSetting(name: string): string | undefined {
  const family = familyOf(name)
  const candidates = [...readNames].filter((ours) => family === undefined || ours.startsWith(family))
  const nearest = candidates.map((ours) => ({ ours, steps: stepsBetween(name, ours) })).toSorted((one, other) => one.steps - other.steps)[0]
  if (nearest === undefined) return undefined
  const { ours, steps } = nearest
  const isNear = family !== undefined ? steps * 2 <= name.length : ours.length < 9 ? steps <= 1 && ours[0] === name[0] : steps <= 2
  return isNear ? ours : undefined
}

/** Letters that changed places are one step. */
function stepsBetween(name: string, ours: string): number {
  const letters = (text: string) => [...text].sort().join('')
  return name !== ours && letters(name) === letters(ours) ? 1 : distance(name, ours)
}
