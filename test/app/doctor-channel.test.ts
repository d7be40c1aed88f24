import { expect, test } from 'bun:test'
import { examineAlerts } from '../../src/app/doctor-channel.ts'
import { readSettings } from '../../src/config.ts'

const mailed = {
  ...{ ALERT_ENABLED: 'true', SMTP_HOST: 'localhost', SMTP_TO: 'a@b.test', SMTP_FROM: 'telemetry@b.org' },
  PUBLIC_URL: 'https://t.b.org',
}

test.each([
  ['a Tuesday', '2026-12-01T10:00:00Z', '2026-12-07'],
  ['a Monday before eight', '2026-11-30T07:59:00Z', '2026-11-30'],
  ['a Monday after eight', '2026-11-30T08:00:01Z', '2026-12-07'],
])('says on %s when the next weekly report goes, and that weeks of before have none', (_, now, day) => {
  const config = readSettings({ ...mailed, WEEKLY_REPORT_ENABLED: 'true' })
  if (!config.ok) throw new Error('the settings are read')
  const { state, text } = examineAlerts(config.value.settings, Date.parse(now))
  expect(state).toBe('good')
  expect(text).toBe(
    `are told by mail; the next weekly report goes on ${day} after 08:00 UTC, for the week before it. A week that was over before alerts were on and runs came has none`,
  )
})
