import { dayOf, systemClock } from '../base/clock.ts'
import { nextMoment } from '../base/cron.ts'
import { formatDay } from '../base/format.ts'
import type { Settings } from '../config.ts'
import type { PartView } from '../page/system/system-view.ts'
import { channelsNamed } from '../setting-effect.ts'
import { findChannelFaults } from './alert-channel.ts'

const name = 'alerts'

/** Whether alerts are looked for, and have a way to somebody. */
export function examineAlerts(settings: Settings, now = systemClock.now()): PartView {
  const { alertEnabled, weeklyReportEnabled } = settings
  const channels = channelsNamed(settings)
  const ways = 'Set SMTP_HOST and SMTP_TO, or ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET.'
  if (!alertEnabled) {
    const idle = [...channels, ...(weeklyReportEnabled ? ['weekly report'] : [])]
    const text = idle.length === 0 ? 'are off' : `are off, so that no ${idle.join(' and no ')} is sent`
    return { name, state: idle.length === 0 ? 'off' : 'odd', text, todo: 'Set ALERT_ENABLED=true.' }
  }
  if (channels.length === 0) return { name, state: 'odd', text: 'have nowhere to go: they stand on the page Alerts alone', todo: ways }
  const faults = findChannelFaults(settings)
  if (faults.length > 0) {
    const said = { text: faults.map(({ text }) => text).join(' '), todo: faults.map(({ todo }) => todo).join(' ') }
    return { name, state: faults.some(({ isBad }) => isBad) ? 'bad' : 'odd', ...said }
  }
  return { name, state: 'good', text: `are told by ${channels.join(' and ')}${weeklyReportEnabled ? sayReport(now) : ''}` }
}

/** When the next weekly report goes. Of the weeks before this service was there is none, so that the first day is not what one is missing on. */
function sayReport(now: number): string {
  const day = formatDay(dayOf(nextMoment(reportCron, now)))
  return `; the next weekly report goes on ${day} after 08:00 UTC, for the week before it. A week that was over before alerts were on and runs came has none`
}

const reportCron = '0 8 * * 1'
