import { isPrivateHost } from './access/outbound.ts'
import { findPasswordFault, passwordCharactersMin } from './access/password.ts'
import { type SettingName, settingNames, settingOf } from './setting.ts'
import type { SettingSource, Settings } from './setting-value.ts'

/** Settings that do nothing without another one, by that other one. */
const dependents: Readonly<Partial<Record<SettingName, readonly SettingName[]>>> = {
  PB_URL: settingNames.filter((name) => settingOf(name).group === 'PocketBase' && name !== 'PB_URL'),
  SMTP_HOST: settingNames.filter((name) => name.startsWith('SMTP_') && name !== 'SMTP_HOST'),
  ALERT_WEBHOOK_URL: ['ALERT_WEBHOOK_SECRET', 'ALERT_WEBHOOK_PRIVATE'],
  GITHUB_TOKEN: ['GITHUB_OWNER', 'GITHUB_REPO', 'GITHUB_API_URL', 'GITHUB_API_PRIVATE'],
}

/** Says of settings that are right and do not do what whoever gave them will expect. */
export function warnOfEffects(settings: Settings, sources: Readonly<Record<string, SettingSource>>): readonly string[] {
  const isGiven = (name: string) => sources[name] !== 'default'
  const warnings = Object.entries(dependents)
    .filter(([other]) => !isGiven(other))
    .flatMap(([other, names]) => names.filter(isGiven).map((name) => `${name} has no effect without ${other}`))
  if (settings.rateKeyMode === 'ip' && isGiven('RATE_KEY_HEADER'))
    warnings.push('RATE_KEY_HEADER has no effect unless RATE_KEY_MODE is header')
  if (!settings.runMigration && settings.migrationRequired) warnings.push('MIGRATION_REQUIRED has no effect without RUN_MIGRATION=true')
  // A batch is taken in parts, so it is no fault: each part fits into the smallest journal.
  if (settings.maxBatchBytes > settings.journalMaxMb * 1024 ** 2)
    warnings.push(
      'MAX_BATCH_BYTES is larger than JOURNAL_MAX_MB: the end of so large a batch may find no room, is answered with 503 then and must be sent again',
    )
  // Clients of the earlier service have it, so it is taken as it is.
  if (settings.adminPassword !== undefined && findPasswordFault(settings.adminPassword, '') !== undefined)
    warnings.push(`ADMIN_PASSWORD is easy to guess: take at least ${passwordCharactersMin} characters, and not the same few over and over`)
  return [...warnings, ...warnOfAlerts(settings), ...warnOfPrivateAddresses(settings)]
}

/** The ways by which alerts leave the service, as the settings name them; whether alerts are looked for at all is another setting. */
export function channelsNamed({ smtpHost, alertWebhookUrl }: Pick<Settings, 'smtpHost' | 'alertWebhookUrl'>): readonly string[] {
  return [...(smtpHost === undefined ? [] : ['mail']), ...(alertWebhookUrl === undefined ? [] : ['webhook'])]
}

function warnOfAlerts(settings: Settings): readonly string[] {
  const { alertEnabled, weeklyReportEnabled, smtpHost, alertWebhookUrl, smtpUser, smtpPassword } = settings
  const warnings: string[] = []
  const asking = alertEnabled ? 'ALERT_ENABLED' : weeklyReportEnabled ? 'WEEKLY_REPORT_ENABLED' : undefined
  if (asking !== undefined && channelsNamed(settings).length === 0)
    warnings.push(
      `${asking} is true, but alerts have nowhere to go: set SMTP_HOST and SMTP_TO, or ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET`,
    )
  const idle = { WEEKLY_REPORT_ENABLED: weeklyReportEnabled || undefined, SMTP_HOST: smtpHost, ALERT_WEBHOOK_URL: alertWebhookUrl }
  for (const [name, value] of Object.entries(idle))
    if (!alertEnabled && value !== undefined) warnings.push(`${name} has no effect without ALERT_ENABLED=true`)
  if (smtpHost !== undefined && smtpUser !== undefined && smtpPassword === undefined)
    warnings.push('SMTP_USER is set without SMTP_PASSWORD: it signs in with an empty one')
  if (smtpHost !== undefined && smtpUser === undefined && smtpPassword !== undefined)
    warnings.push('SMTP_PASSWORD has no effect without SMTP_USER')
  return warnings
}

/** Addresses that are refused each time they are asked, as far as their name tells. */
function warnOfPrivateAddresses(settings: Settings): readonly string[] {
  const places = [
    ['ALERT_WEBHOOK_URL', settings.alertWebhookUrl, 'ALERT_WEBHOOK_PRIVATE', settings.alertWebhookPrivate],
    ['GITHUB_API_URL', settings.githubApiUrl, 'GITHUB_API_PRIVATE', settings.githubApiPrivate],
  ] as const
  return places
    .filter(([, url, , isAllowed]) => url !== undefined && !isAllowed && isPrivateHost(new URL(url).hostname))
    .map(([name, , permit]) => `${name} leads into a private network: nothing is sent there without ${permit}=true`)
}
