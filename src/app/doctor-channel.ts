import type { Settings } from '../config.ts'
import type { PartView } from '../page/system/system-view.ts'
import { channelsNamed } from '../setting-effect.ts'
import { findChannelFaults } from './alert-channel.ts'

const name = 'alerts'

/** Whether alerts are looked for, and have a way to somebody. */
export function examineAlerts(settings: Settings): PartView {
  const { alertEnabled, weeklyReportEnabled } = settings
  const channels = channelsNamed(settings)
  const ways = 'Set SMTP_HOST and SMTP_TO, or ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET.'
  if (!alertEnabled) {
    const isMeant = channels.length > 0 || weeklyReportEnabled
    const text = isMeant
      ? `are off, and without them goes no ${[...channels, ...(weeklyReportEnabled ? ['report'] : [])].join(' and no ')}`
      : 'are off'
    return { name, state: isMeant ? 'odd' : 'off', text, todo: 'Set ALERT_ENABLED=true.' }
  }
  if (channels.length === 0) return { name, state: 'odd', text: 'have nowhere to go: they stand on the page Alerts alone', todo: ways }
  const faults = findChannelFaults(settings)
  if (faults.length > 0) {
    const said = { text: faults.map(({ text }) => text).join(' '), todo: faults.map(({ todo }) => todo).join(' ') }
    return { name, state: faults.some(({ isBad }) => isBad) ? 'bad' : 'odd', ...said }
  }
  return { name, state: 'good', text: `are told by ${channels.join(' and ')}` }
}
