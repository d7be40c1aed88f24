import { lookup } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import type { Access } from './access/access.ts'
import { isPrivateHost } from './access/outbound.ts'
import { createAlertDesk, type RuleDesk } from './alert/alert-desk.ts'
import { type Alerts, openAlerts, testChannels } from './alert/alerts.ts'
import { createMail } from './alert/mail.ts'
import type { Channel } from './alert/outbox.ts'
import type { AlertSource } from './alert/source.ts'
import { createWebhook } from './alert/webhook.ts'
import type { Back } from './app-back.ts'
import { systemClock } from './base/clock.ts'
import type { Log } from './base/log.ts'
import type { Settings } from './config.ts'

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
  const { alertEnabled, alertFailureThreshold: threshold, alertCooldownMin: cooldownMin } = settings
  return openAlerts({
    rules: access.alertRules,
    messages: access.alertMessages,
    source: { ...sourceOf(settings, access, back), timer },
    channels: channelsOf(settings, origin),
    clock: systemClock,
    log,
    everyMs: settings.alertCheckIntervalMin * minuteMs,
    ...(alertEnabled && { settingRule: { threshold, cooldownMin } }),
    reportsWeekly: alertEnabled && settings.weeklyReportEnabled,
  })
}

/** What an operator may do with the rules; without a running service the settings say where a test message goes. */
export function alertDeskOf(settings: Settings, { alertRules, alertMessages }: Access, origin: () => string, actor = 'cli'): RuleDesk {
  const channels = channelsOf(settings, origin)
  const test = async () => (channels.length === 0 ? undefined : testChannels(channels, systemClock))
  return createAlertDesk({ rules: alertRules, messages: alertMessages, clock: systemClock, actor, test })
}

function sourceOf({ dataDir }: Settings, { errorStates }: Access, back: Back): Omit<AlertSource, 'timer'> {
  return {
    reader: back.reader,
    isMutedGroup: (tenant, fingerprint) => errorStates.find(tenant, [fingerprint]).get(fingerprint)?.state === 'muted',
    mirrorLag: () => back.mirror()?.lag,
    disk: async () => {
      const disk = await statfs(dataDir).catch(() => undefined)
      return disk && { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize }
    },
  }
}

function channelsOf(settings: Settings, origin: () => string): readonly Channel[] {
  if (!settings.alertEnabled) return []
  const { smtpHost, smtpUser, smtpPassword, alertWebhookUrl: url, alertWebhookSecret: secret } = settings
  const channels: Channel[] = []
  if (smtpHost !== undefined) {
    const mail = createMail({
      host: smtpHost,
      port: settings.smtpPort,
      security: securityOf(settings, smtpHost),
      ...(smtpUser !== undefined && { auth: { user: smtpUser, pass: smtpPassword ?? '' } }),
      from: settings.smtpFrom,
      to: settings.smtpTo,
      origin,
      ...(settings.smtpCaFile !== undefined && { ca: readFileSync(settings.smtpCaFile, 'utf8') }),
    })
    channels.push(mail)
  }
  if (url !== undefined && secret !== undefined) {
    const addressesOf = async (host: string) => (await lookup(host, { all: true })).map(({ address }) => address)
    channels.push(createWebhook({ url, secret, allowsPrivate: settings.alertWebhookPrivate, lookup: addressesOf, clock: systemClock }))
  }
  return channels
}

/** Outside private networks nothing goes without TLS. */
function securityOf({ smtpUseTls, smtpStarttls }: Settings, host: string): 'implicit' | 'required' | 'opportunistic' {
  if (smtpUseTls) return 'implicit'
  return isPrivateHost(host) ? smtpStarttls : 'required'
}
