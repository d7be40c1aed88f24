import { describe, expect, test } from 'bun:test'
import { findChannelFaults } from '../../src/app/alert-channel.ts'
import { examineAlerts } from '../../src/app/doctor-channel.ts'
import { readSettings, type Settings } from '../../src/config.ts'

function settingsOf(given: Readonly<Record<string, string>>): Settings {
  const read = readSettings(given)
  if (!read.ok) throw new Error(JSON.stringify(read.fault))
  return read.value.settings
}

const mail = { ALERT_ENABLED: 'true', SMTP_HOST: 'mail.b.org', SMTP_TO: 'ops@b.org', SMTP_FROM: 'telemetry@b.org' }
const hook = { ALERT_ENABLED: 'true', ALERT_WEBHOOK_URL: 'https://hook.b.org/a', ALERT_WEBHOOK_SECRET: 'x'.repeat(32) }
const url = { PUBLIC_URL: 'https://t.b.org' }

describe('the ways to a human', () => {
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['mail with both settings', { ...mail, ...url }, []],
    ['mail without an address of the service', mail, ['PUBLIC_URL']],
    ['a webhook without an address of the service', hook, ['PUBLIC_URL']],
    ['no channel', { ALERT_ENABLED: 'true' }, []],
    ['a channel while alerts are off', { ...mail, ALERT_ENABLED: 'false' }, []],
    ['the sender of the default', { ...mail, ...url, SMTP_FROM: 'telemetry@proxmoxved.local' }, ['SMTP_FROM']],
    ['a sender of a bare host', { ...mail, ...url, SMTP_FROM: 'telemetry@mailhost' }, ['SMTP_FROM']],
    ['a sender of an ending that nobody has', { ...mail, ...url, SMTP_FROM: 'a@b.internal' }, ['SMTP_FROM']],
    ['a sender that only a webhook has no use for', { ...hook, ...url, SMTP_FROM: 'a@b.local' }, []],
  ])('with %s', (_, given, wrong) => {
    const settings = settingsOf(given)
    expect(findChannelFaults(settings).map(({ setting }) => setting)).toEqual([...wrong])
    const { state, text } = examineAlerts(settings)
    if (wrong.length > 0) expect([state, wrong.every((name) => text.includes(name))]).toEqual(['odd', true])
  })

  test('that are broken are worse than those that are odd', () => {
    const settings = settingsOf({ ...mail, SMTP_CA_FILE: '/nowhere/ca.pem' })
    expect(examineAlerts(settings)).toMatchObject({ state: 'bad', text: expect.stringContaining('SMTP_CA_FILE') })
  })
})
