import { expect, test } from 'bun:test'
import { bannerOf, setupLineOf } from '../../src/cli/banner.ts'
import { type Environment, readSettings } from '../../src/config.ts'

function bannerFor(env: Environment, setupFile?: string): string {
  const config = readSettings({ DATA_DIR: '/srv/telemetry', ...env })
  if (!config.ok) throw new Error(config.fault[0]?.message ?? '')
  return bannerOf(config.value.settings, 'http://localhost:8080', setupFile)
}

test.each<[name: string, env: Environment, line: RegExp]>([
  ['the address', {}, /Serving +http:\/\/localhost:8080/],
  ['the data folder', {}, /Data +\/srv\/telemetry/],
  ['that PocketBase is off, and why', {}, /PocketBase +off \(PB_URL is not set\)/],
  [
    'what is attached',
    { PB_URL: 'https://pb.example.org', PB_IDENTITY: 'canary', PB_PASSWORD: 'canary', PB_TARGET_COLLECTION: 'runs' },
    /PocketBase +https:\/\/pb\.example\.org, collection runs/,
  ],
  ['that alerts are off, and why', {}, /Alerts +off \(ALERT_ENABLED is false\)/],
  ['that alerts lead nowhere, and why', { ALERT_ENABLED: 'true' }, /Alerts +have nowhere to go \(neither SMTP_HOST nor ALERT_WEBHOOK_URL/],
  [
    'where alerts go',
    {
      ...{ ALERT_ENABLED: 'true', SMTP_HOST: 'mail.test', SMTP_TO: 'canary@a.test, ops@a.test' },
      ...{ ALERT_WEBHOOK_URL: 'https://hook.test/canary', ALERT_WEBHOOK_SECRET: 'canary' },
    },
    /Alerts +by mail to 2 addresses over mail\.test and by webhook to hook\.test\n/,
  ],
  ['that no issues are opened, and why', {}, /GitHub +no issues are opened \(GITHUB_TOKEN is not set\)/],
  ['where issues are opened', { GITHUB_TOKEN: 'canary', GITHUB_OWNER: 'me' }, /GitHub +maintainers open issues at me\/ProxmoxVE/],
  ['who may sign in', {}, /Sign-in +users and keys \(PUBLIC_DASHBOARD is false\)/],
  ['that aggregates are open', { PUBLIC_DASHBOARD: 'true' }, /Sign-in +.*open to everybody \(PUBLIC_DASHBOARD is true\)/],
  ['who may send', {}, /Ingest +open to anonymous clients \(INGEST_ACCESS is open\)/],
  ['that ingest is closed', { INGEST_ACCESS: 'key' }, /Ingest +closed without a key of scope ingest \(INGEST_ACCESS is key\)/],
  ['the limit', {}, /Limit +60 events a minute for each address, 20 at once; ingest keys without limit/],
  [
    'that the limit is off, and why',
    { RATE_LIMIT_RPM: '0', INGEST_KEY_RPM: '600' },
    /off for clients \(RATE_LIMIT_RPM is 0\); an ingest key 600 a minute/,
  ],
  ['that requests are not logged, and why', {}, /Requests +not logged \(ENABLE_REQUEST_LOGGING is false\)/],
  ['that metrics have no address of their own, and why', {}, /Metrics .*\(METRICS_ADDR is not set\)/],
  ['the address of metrics', { METRICS_ADDR: '127.0.0.1:9100' }, /Metrics .*port 9100 of 127\.0\.0\.1/],
])('the banner names %s', (_, env, line) => {
  expect(bannerFor(env)).toMatch(line)
  expect(bannerFor(env)).not.toContain('canary')
})

test('the banner names the file of the setup link, and never the link', () => {
  expect(bannerFor({}, '/srv/telemetry/setup-link')).toMatch(/Sign-in +no admin yet: \/srv\/telemetry\/setup-link holds the link/)
})

test('the setup link goes to a terminal and nowhere else', () => {
  const url = 'https://telemetry.example.org/setup/abc'
  expect([setupLineOf(url, true), setupLineOf(url, false), setupLineOf(undefined, true)]).toEqual([
    `Make the first admin: ${url}\n\n`,
    '',
    '',
  ])
})
