import type { Access } from '../access/access.ts'
import { readCertificates } from '../access/certificate-file.ts'
import { createAlertDesk, type RuleDesk } from '../alert/alert-desk.ts'
import { type Alerts, openAlerts, testChannels } from '../alert/alerts.ts'
import { installationFrom } from '../alert/installation.ts'
import { createMail, type MailOptions } from '../alert/mail.ts'
import type { Channel } from '../alert/outbox.ts'
import type { AlertSource } from '../alert/source.ts'
import { createWebhook, type WebhookOptions } from '../alert/webhook.ts'
import { systemClock } from '../base/clock.ts'
import { readDisk } from '../base/free-disk.ts'
import type { Log } from '../base/log.ts'
import type { Settings } from '../config.ts'
import type { Back } from './back.ts'
import { systemLookup } from './lookup.ts'

const minuteMs = 60_000

export type AlertOptions = {
  readonly settings: Settings
  readonly access: Access
  readonly back: Back
  readonly log: Log
  readonly origin: () => string
  /** How work by the clock stands. */
  readonly timer: AlertSource['timer']
}

/** What is watched and told, as the settings ask for. Without ALERT_ENABLED no rule is looked at and nothing is sent. */
export function openAlertsOf({ settings, access, back, log, origin, timer }: AlertOptions): Alerts {
  const { alertEnabled, alertFailureThreshold: threshold, alertCooldownMin: cooldownMin, alertQuietHours: quiet } = settings
  return openAlerts({
    rules: access.alertRules,
    messages: access.alertMessages,
    figures: access.alertFigures,
    source: { ...sourceOf(settings, access, back), timer },
    channels: channelsOf(settings, access, origin),
    clock: systemClock,
    log,
    everyMs: settings.alertCheckIntervalMin * minuteMs,
    ...(alertEnabled && { settingRule: { threshold, cooldownMin, ...(quiet !== undefined && { quiet }) } }),
    reportsWeekly: alertEnabled && settings.weeklyReportEnabled,
  })
}

/** What an operator may do with the rules; without a running service the settings say where a test message goes. */
export function alertDeskOf(settings: Settings, access: Access, origin: () => string, actor = 'cli'): RuleDesk {
  const { alertRules, alertMessages, audit } = access
  const channels = channelsOf(settings, access, origin)
  const test = async () => {
    if (channels.length === 0) return undefined
    audit.add({ at: systemClock.now(), actor, act: 'alert_test', subject: channels.map(({ name }) => name).join('+') })
    return testChannels(channels, systemClock)
  }
  return createAlertDesk({ rules: alertRules, messages: alertMessages, clock: systemClock, actor, test })
}

function sourceOf({ dataDir, pbUrl }: Settings, { errorStates }: Access, back: Back): Omit<AlertSource, 'timer'> {
  return {
    reader: back.reader,
    isMutedGroup: (tenant, fingerprint) => errorStates.find(tenant, [fingerprint]).get(fingerprint)?.state === 'muted',
    mirrorLag: () => (pbUrl === undefined ? 'off' : back.mirror()?.lag),
    disk: () => readDisk(dataDir),
  }
}

function channelsOf(settings: Settings, { idSecret }: Access, origin: () => string): readonly Channel[] {
  const mail = mailOptionsOf(settings, origin)
  const hook = webhookOptionsOf(settings, origin)
  const installation = installationFrom(idSecret)
  return [
    ...(mail === undefined ? [] : [createMail({ ...mail, installation })]),
    ...(hook === undefined ? [] : [createWebhook({ ...hook, installation })]),
  ]
}

/** Where mails go and how; undefined while none is sent. */
export function mailOptionsOf(settings: Settings, origin: () => string): MailOptions | undefined {
  const { alertEnabled, smtpHost, smtpUser, smtpPassword } = settings
  if (!alertEnabled || smtpHost === undefined) return undefined
  return {
    host: smtpHost,
    port: settings.smtpPort,
    security: settings.smtpUseTls ? 'implicit' : settings.smtpStarttls,
    ...(smtpUser !== undefined && { auth: { user: smtpUser, pass: smtpPassword ?? '' } }),
    from: settings.smtpFrom,
    to: settings.smtpTo,
    origin,
    lookup: systemLookup,
    ...(settings.smtpCaFile !== undefined && { caFile: settings.smtpCaFile }),
  }
}

/** Where the webhook is; undefined while nothing is sent there. */
export function webhookOptionsOf(settings: Settings, origin: () => string): WebhookOptions | undefined {
  const { alertEnabled, alertWebhookUrl: url, alertWebhookSecret: secret, alertWebhookPrivate: allowsPrivate } = settings
  if (!alertEnabled || url === undefined || secret === undefined) return undefined
  return { url, secret, origin, allowsPrivate, lookup: systemLookup, clock: systemClock }
}

/** What is wrong with the certificates that are to vouch for the mail server; undefined where nothing is, or no mail is sent. */
export function findMailCaFault({ alertEnabled, smtpHost, smtpCaFile }: Settings): string | undefined {
  if (!alertEnabled || smtpHost === undefined || smtpCaFile === undefined) return undefined
  const read = readCertificates(smtpCaFile)
  return read.ok ? undefined : read.fault
}
