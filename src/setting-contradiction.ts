import { isPrivateHost } from './access/outbound.ts'
import { burstMax } from './access/rate-limit.ts'
import type { SettingName } from './setting.ts'
import type { Settings } from './setting-value.ts'

/** A setting, and what is wrong with it, in words that begin with its name. */
export type SettingFault = { readonly setting: string; readonly message: string }

/** What is wrong with settings that are right each by itself. */
export function findContradictions(settings: Settings): readonly SettingFault[] {
  const faults: SettingFault[] = []
  if (settings.maxBatchBytes < settings.maxBodyBytes) {
    faults.push({
      setting: 'MAX_BATCH_BYTES',
      message: `MAX_BATCH_BYTES is "${settings.maxBatchBytes}": must not be smaller than MAX_BODY_BYTES (${settings.maxBodyBytes})`,
    })
  }
  if (
    settings.metricsAddr?.port === settings.listenAddr.port &&
    settings.metricsAddr.port !== 0 &&
    settings.metricsAddr.host === settings.listenAddr.host
  ) {
    faults.push({ setting: 'METRICS_ADDR', message: 'METRICS_ADDR must not be the address of LISTEN_ADDR' })
  }
  if (settings.rateLimitRpm > 0 && settings.rateBurst > burstMax(settings.rateLimitRpm)) {
    faults.push({
      setting: 'RATE_BURST',
      message: `RATE_BURST is "${settings.rateBurst}": must refill within a day, so it must not be over ${burstMax(settings.rateLimitRpm)} (RATE_LIMIT_RPM × 1440)`,
    })
  }
  if ((settings.adminUser === undefined) !== (settings.adminPasswordFile === undefined)) {
    const [missing, given] =
      settings.adminUser === undefined ? ['ADMIN_USER', 'ADMIN_PASSWORD_FILE'] : ['ADMIN_PASSWORD_FILE', 'ADMIN_USER']
    faults.push({ setting: missing, message: `${missing} is missing: ${given} is set, and the first admin is made of both` })
  }
  if ((settings.tlsCertFile === undefined) !== (settings.tlsKeyFile === undefined)) {
    const [missing, given] = settings.tlsCertFile === undefined ? ['TLS_CERT_FILE', 'TLS_KEY_FILE'] : ['TLS_KEY_FILE', 'TLS_CERT_FILE']
    faults.push({ setting: missing, message: `${missing} is missing: ${given} is set, and TLS needs both` })
  }
  faults.push(...findAlertFaults(settings), ...findPocketBaseFaults(settings), ...findPlainAddresses(settings))
  return faults
}

function findAlertFaults(settings: Settings): readonly SettingFault[] {
  const faults: SettingFault[] = []
  const missing = (setting: SettingName, reason: string) => faults.push({ setting, message: `${setting} is missing: ${reason}` })
  if (settings.smtpHost !== undefined && settings.smtpTo.length === 0)
    missing('SMTP_TO', 'SMTP_HOST is set, and a mail needs somebody to go to')
  if (settings.alertWebhookUrl !== undefined && settings.alertWebhookSecret === undefined)
    missing('ALERT_WEBHOOK_SECRET', 'ALERT_WEBHOOK_URL is set, and what is sent there must be signed')
  return faults
}

function findPocketBaseFaults({ pbUrl, pbIdentity, pbPassword }: Settings): readonly SettingFault[] {
  const missing = [...(pbIdentity === undefined ? ['PB_IDENTITY'] : []), ...(pbPassword === undefined ? ['PB_PASSWORD'] : [])]
  if (pbUrl === undefined) return []
  return missing.map((setting) => ({
    setting,
    message: `${setting} is missing: PB_URL is set, so ${setting} or ${setting}_FILE must be set too`,
  }))
}

/** Whether what is sent to an address crosses public networks without TLS. */
export function isPlainAndPublic(address: string): boolean {
  return address.startsWith('http:') && !isPrivateHost(new URL(address).hostname)
}

/** Nothing leaves private networks without TLS. A query may hold a key, so it is not shown. */
function findPlainAddresses({ pbUrl, alertWebhookUrl, githubApiUrl }: Settings): readonly SettingFault[] {
  const addresses = { PB_URL: pbUrl, ALERT_WEBHOOK_URL: alertWebhookUrl, GITHUB_API_URL: githubApiUrl }
  return Object.entries(addresses).flatMap(([setting, address]) => {
    if (address === undefined || !isPlainAndPublic(address)) return []
    const shown = JSON.stringify(address.replace(/\?.*/, ''))
    return [{ setting, message: `${setting} is ${shown}: must begin with https, since it lies outside private networks` }]
  })
}
