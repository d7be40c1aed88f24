import type { Settings } from '../config.ts'
import { versionLine } from './version.ts'

/** What the operator sees at the start: where it serves, where the data lies, what is attached, what is off and why. */
export function bannerOf(settings: Settings, url: string, setupFile?: string): string {
  const rows = [
    ['Serving', url],
    ['TLS', tlsLine(settings)],
    ['Data', settings.dataDir],
    ['Sign-in', signInLine(settings, setupFile)],
    ['Ingest', ingestLine(settings)],
    ['Limit', limitLine(settings)],
    ['Journal', `at most ${settings.journalMaxMb} MB of waiting events`],
    ['Backup', backupLine(settings)],
    ['PocketBase', pocketBaseLine(settings)],
    ['Alerts', alertLine(settings)],
    ['GitHub', githubLine(settings)],
    ['Metrics', metricsLine(settings)],
    ['Requests', settings.enableRequestLogging ? 'logged, one line each' : 'not logged (ENABLE_REQUEST_LOGGING is false)'],
  ]
  const lines = rows.map(([name = '', text = '']) => `  ${name.padEnd(11)} ${text}\n`)
  return `\n${versionLine()}\n\n${lines.join('')}\n`
}

/** The setup link on stdout, for a person who watches it; nothing where stdout is a file, a pipe or the log of a container. */
export function setupLineOf(url: string | undefined, isTerminal: boolean): string {
  return url === undefined || !isTerminal ? '' : `Make the first admin: ${url}\n\n`
}

function tlsLine({ tlsCertFile, requireHttps }: Settings): string {
  if (tlsCertFile !== undefined) return `1.3 only, with ${tlsCertFile}`
  return requireHttps
    ? 'asked of a trusted proxy; plain requests are refused (REQUIRE_HTTPS is true)'
    : 'off: plain HTTP, meant for a proxy with TLS in front (TLS_CERT_FILE is not set)'
}

function signInLine({ publicDashboard }: Settings, setupFile: string | undefined): string {
  if (setupFile !== undefined) return `no admin yet: ${setupFile} holds the link that makes one, for 30 minutes`
  return publicDashboard
    ? 'users and keys; aggregates are open to everybody (PUBLIC_DASHBOARD is true)'
    : 'users and keys (PUBLIC_DASHBOARD is false)'
}

function ingestLine(settings: Settings): string {
  return settings.ingestAccess === 'open'
    ? 'open to anonymous clients (INGEST_ACCESS is open)'
    : 'closed without a key of scope ingest (INGEST_ACCESS is key)'
}

function limitLine(settings: Settings): string {
  const keys = settings.ingestKeyRpm === 0 ? 'ingest keys without limit' : `an ingest key ${settings.ingestKeyRpm} a minute`
  if (settings.rateLimitRpm === 0) return `off for clients (RATE_LIMIT_RPM is 0); ${keys}`
  const by = settings.rateKeyMode === 'ip' ? 'address' : `${settings.rateKeyHeader} header`
  return `${settings.rateLimitRpm} events a minute for each ${by}, ${settings.rateBurst} at once; ${keys}`
}

function backupLine({ backupCron, backupKeep }: Settings): string {
  if (backupCron === 'off') return 'none by itself (BACKUP_CRON is off)'
  return `${backupCron} in UTC (BACKUP_CRON), each one proved, the newest ${backupKeep} kept in backup/`
}

function pocketBaseLine(settings: Settings): string {
  if (settings.pbUrl === undefined) return 'off (PB_URL is not set)'
  return `${settings.pbUrl}, collection ${settings.pbTargetCollection}`
}

function alertLine({ alertEnabled, smtpHost, smtpTo, alertWebhookUrl }: Settings): string {
  if (!alertEnabled) return 'off (ALERT_ENABLED is false)'
  const ways = [
    ...(smtpHost === undefined
      ? []
      : [`by mail to ${smtpTo.length === 1 ? 'one address' : `${smtpTo.length} addresses`} over ${smtpHost}`]),
    ...(alertWebhookUrl === undefined ? [] : [`by webhook to ${new URL(alertWebhookUrl).host}`]),
  ]
  return ways.join(' and ') || 'have nowhere to go (neither SMTP_HOST nor ALERT_WEBHOOK_URL is set)'
}

function githubLine({ githubToken, githubOwner, githubRepo }: Settings): string {
  if (githubToken === undefined) return 'no issues are opened (GITHUB_TOKEN is not set)'
  return `maintainers open issues at ${githubOwner}/${githubRepo}`
}

function metricsLine(settings: Settings): string {
  if (settings.metricsAddr === undefined) return '/metrics with a key or from this machine; no address of its own (METRICS_ADDR is not set)'
  return `/metrics, also on port ${settings.metricsAddr.port} of ${settings.metricsAddr.host ?? 'every interface'} without a key`
}
