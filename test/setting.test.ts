import { describe, expect, test } from 'bun:test'
import { camelCase } from '../src/base/camel-case.ts'
import { readSettings } from '../src/config.ts'
import { type SettingKind, type SettingName, settingNames, settingOf } from '../src/setting.ts'
import { ruleOf } from '../src/setting-value.ts'

const huge = 'x'.repeat(5_000)
const broken = ['two\nlines', 'a\u0000b', 'a\tb\u007f']
const notNumbers = ['ten', '1.5.2', '-1', '1e3', '0x10', '1\n2', '1,5', '9'.repeat(30), '99999999999', 'NaN', '½']

/** What no setting of the kind takes. */
const wrong: Readonly<Record<SettingKind, readonly string[]>> = {
  address: [...broken, huge, '8080', 'a host:80', ':-1', ':99999', '::1:80', 'localhost:80\nx', `${'a'.repeat(300)}:80`, 'http://a:80'],
  integer: [...broken, huge, ...notNumbers, '1.5'],
  decimal: [...broken, huge, ...notNumbers],
  boolean: [...broken, huge, 'maybe', '2', 'tr ue', 'true\nfalse', 'null'],
  path: [...broken, huge],
  file: [...broken, huge],
  text: [...broken, huge, 'a\u0085b', 'a\u2028b'],
  host: [
    ...broken,
    huge,
    'https://mail.test',
    'mail.test:587',
    'a b',
    '-a.test',
    'a..b',
    '[::1',
    '1.2.3',
    '256.1.1.1',
    'ada@mail.test',
    'a/b',
  ],
  url: [
    ...broken,
    huge,
    'service.test',
    'ftp://a.test',
    'https://a.test/b c',
    'https://a\n.test',
    'https://u:p@a.test',
    'https://a.test/#b',
  ],
  endpoint: [
    ...broken,
    huge,
    'hook.test',
    'ftp://a.test',
    'https://a.test/b c',
    'https://a\n.test',
    'https://u:p@a.test',
    'https://a.test/#b',
  ],
  list: [...broken, huge, 'a b', 'a/b', 'a,b\nc'],
  mailbox: [
    ...broken,
    huge,
    'ada',
    '@a.test',
    'ada@',
    'a b@c.test',
    'ada@a.test, ben@a.test',
    'a@b@c.test',
    'ada@a..test',
    'Ada ada@a.test',
  ],
  mailboxes: [
    ...broken,
    huge,
    'ada',
    'ada@a.test; ben@a.test',
    'ada@a.test,ben',
    'ada@a.test\nBcc: x@y.test',
    'ada@-a.test',
    '<ada@a.test',
  ],
  networks: [...broken, huge, '10.0.0.0/33', '10.0.0', 'all', '10.0.0.0/8\n10.0.0.0/8', 'fd00::/129'],
  cron: [...broken, huge, 'daily', '@daily', '* * * *', '60 * * * *', '0 0 31 2 *', '1 2\n* * *'],
  choice: [...broken, huge, 'other', 'open,key'],
  rate: [...broken, huge, '100', '1.5/minute', '100/week', '-1/minute', '10000000/second', 'many/minute'],
}

const rows = settingNames.map((name) => [name] as const)

describe.each(rows)('%s', (name) => {
  test('refuses each wrong value by a message that names it and its rule, and at most the beginning of the value', () => {
    for (const value of wrong[settingOf(name).kind]) {
      const [fault, ...more] = faultsOf(name, value)
      expect([value.slice(0, 40), fault?.setting, more]).toEqual([value.slice(0, 40), name, []])
      expect(fault?.message).toStartWith(`${name} is `)
      expect(fault?.message).toEndWith(`: must be ${ruleOf(settingOf(name))}`)
      expect(fault?.message.length).toBeLessThan(400)
      expect(fault?.message).not.toMatch(/\p{Cc}/u)
    }
  })

  test('counts nothing and white space as not given', () => {
    for (const value of ['', ' ', '\t', '\n']) expect(readValue(name, value)).toEqual(readValue(name, undefined))
  })
})

describe('values that are taken', () => {
  test.each<[SettingName, string, unknown]>([
    ['SMTP_HOST', 'mail.test', 'mail.test'],
    ['SMTP_HOST', 'relay_1', 'relay_1'],
    ['SMTP_HOST', '10.0.0.7', '10.0.0.7'],
    ['SMTP_HOST', '[fd00::1]', 'fd00::1'],
    ['SMTP_FROM', 'Telemetry <telemetry@a.test>', 'Telemetry <telemetry@a.test>'],
    ['SMTP_FROM', '"Telemetry of us" <t+1@localhost>', '"Telemetry of us" <t+1@localhost>'],
    ['SMTP_TO', 'ada@a.test, Ben <ben@b.test>,', ['ada@a.test', 'Ben <ben@b.test>']],
    ['SMTP_TO', 'jörg@bücher.test', ['jörg@bücher.test']],
    ['ALERT_WEBHOOK_URL', 'https://hook.test/in/?to=ops&x=1', 'https://hook.test/in/?to=ops&x=1'],
    ['REPO_OWNERS', 'community-scripts, my.org', ['community-scripts', 'my.org']],
    ['BACKUP_CRON', '1  2 * * *', '1 2 * * *'],
    ['PB_TARGET_COLLECTION', 'telemetry_data_2', 'telemetry_data_2'],
    ['ADMIN_PASSWORD', 'pass wörd, with everything', 'pass wörd, with everything'],
  ])('%s takes %s', (name, text, value) => {
    expect(readValue(name, text)).toEqual(value)
  })
})

describe('values of a form of their own', () => {
  test.each<[SettingName, string]>([
    ['ADMIN_USER', 'ada lovelace'],
    ['ADMIN_USER', '-ada'],
    ['RATE_KEY_HEADER', 'X Key'],
    ['PB_AUTH_COLLECTION', 'a/b'],
    ['PB_TARGET_COLLECTION', 'telemetry-data'],
    ['GITHUB_OWNER', 'a/../b'],
    ['GITHUB_REPO', '..'],
    ['GITHUB_TOKEN', 'tök'],
  ])('%s refuses %s', (name, text) => {
    expect(faultsOf(name, text)[0]?.message).toEndWith(`: must be ${ruleOf(settingOf(name))}`)
  })
})

/** What a setting needs beside it. */
const companions: Readonly<Record<string, string>> = {
  ...{ PB_URL: 'https://pb.test', PB_IDENTITY: 'me', PB_PASSWORD: 'secret-of-mine' },
  ...{ SMTP_HOST: 'mail.test', SMTP_TO: 'ops@a.test', ALERT_WEBHOOK_URL: 'https://hook.test', ALERT_WEBHOOK_SECRET: 'a secret' },
}

function read(name: SettingName, value: string | undefined) {
  return readSettings({ ...companions, [name]: value })
}

function faultsOf(name: SettingName, value: string) {
  const config = read(name, value)
  return config.ok ? [] : config.fault
}

function readValue(name: SettingName, text: string | undefined): unknown {
  const config = read(name, text)
  if (!config.ok) return config.fault
  const values: Readonly<Record<string, unknown>> = config.value.settings
  return values[camelCase(name)]
}
