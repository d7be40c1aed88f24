import { afterAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { renderConfiguration } from '../script/papers.ts'
import { camelCase } from '../src/base/camel-case.ts'
import { type Environment, readSettings, type Settings } from '../src/config.ts'
import { settingNames, settingOf, takesFile } from '../src/setting.ts'
import { retiredNames } from '../src/setting-name.ts'

const folder = mkdtempSync(join(tmpdir(), 'telemetry-config-'))
const pocketBase = { PB_URL: 'http://pocketbase:8090', PB_IDENTITY: 'me', PB_PASSWORD: 'secret-of-mine' }

const mail = { ALERT_ENABLED: 'true', SMTP_HOST: 'mail.test', SMTP_TO: 'ops@a.test' }
const hook = { ALERT_ENABLED: 'true', ALERT_WEBHOOK_URL: 'https://hook.example.org/in', ALERT_WEBHOOK_SECRET: 'a secret' }

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('defaults', () => {
  test('nothing has to be set', () => {
    const config = read({})
    expect(config.warnings).toEqual([])
    expect(config.settings).toMatchObject({
      listenAddr: { host: undefined, port: 8080 },
      dataDir: join(process.cwd(), 'data'),
      maxBodyBytes: 262_144,
      ingestAccess: 'open',
      rateLimitRpm: 60,
      rateBurst: 20,
      ingestKeyRpm: 0,
      repoOwners: ['community-scripts'],
      trustedProxiesCidr: [],
      retentionDays: 365,
      pbUrl: undefined,
    })
  })

  test('P6 request logging is off by default', () => {
    expect(read({}).settings.enableRequestLogging).toBe(false)
  })

  test('P8 nothing is attached by default: every address of another service is absent', () => {
    const outside = settingNames.filter((name) => settingOf(name).kind === 'url' || settingOf(name).secret)
    expect(outside.map((name) => settingOf(name).default)).toEqual(outside.map(() => undefined))
  })

  test('an empty value counts as not given', () => {
    expect(read({ RATE_BURST: '', PB_URL: '  ' }).sources).toMatchObject({ RATE_BURST: 'default', PB_URL: 'default' })
  })
})

describe('values', () => {
  test.each<[name: string, env: Environment, expected: Partial<Settings>]>([
    ['a port alone listens on every interface', { LISTEN_ADDR: ':9000' }, { listenAddr: { host: undefined, port: 9000 } }],
    ['an IPv4 address', { LISTEN_ADDR: '127.0.0.1:0' }, { listenAddr: { host: '127.0.0.1', port: 0 } }],
    ['an IPv6 address in brackets', { METRICS_ADDR: '[::1]:9100' }, { metricsAddr: { host: '::1', port: 9100 } }],
    ['a host name', { LISTEN_ADDR: 'localhost:80' }, { listenAddr: { host: 'localhost', port: 80 } }],
    ['on is true', { ENABLE_REQUEST_LOGGING: 'on' }, { enableRequestLogging: true }],
    ['1 is true', { ENABLE_REQUEST_LOGGING: '1' }, { enableRequestLogging: true }],
    ['YES is true', { ENABLE_REQUEST_LOGGING: 'YES' }, { enableRequestLogging: true }],
    ['no is false', { ENABLE_REQUEST_LOGGING: 'no' }, { enableRequestLogging: false }],
    ['a choice in capitals', { INGEST_ACCESS: 'KEY' }, { ingestAccess: 'key' }],
    [
      'networks and a single address',
      { TRUSTED_PROXIES_CIDR: '10.0.0.0/8, fd00::/8,192.0.2.7' },
      { trustedProxiesCidr: ['10.0.0.0/8', 'fd00::/8', '192.0.2.7'] },
    ],
    ['a list with gaps', { REPO_OWNERS: ' a ,, b,' }, { repoOwners: ['a', 'b'] }],
    [
      'an address with a closing slash',
      { ...pocketBase, PB_URL: 'https://pb.example.org/base/' },
      { pbUrl: 'https://pb.example.org/base' },
    ],
    ['the least number', { RATE_LIMIT_RPM: '0' }, { rateLimitRpm: 0 }],
    ['spaces around a value', { RATE_BURST: ' 7 ' }, { rateBurst: 7 }],
  ])('%s', (_, env, expected) => {
    expect(read(env).settings).toMatchObject(expected)
  })

  test.each<[name: string, env: Environment, message: string]>([
    ['digits with letters are not a number', { RATE_BURST: '10abc' }, 'RATE_BURST is "10abc": must be a whole number from 1 to 100000'],
    ['a fraction is not a whole number', { RATE_BURST: '1.5' }, 'RATE_BURST is "1.5": must be a whole number from 1 to 100000'],
    ['a number under the range', { RETENTION_DAYS: '0' }, 'RETENTION_DAYS is "0": must be a whole number from 1 to 36500'],
    ['a number over the range', { MAX_BODY_BYTES: '9999999999999' }, 'MAX_BODY_BYTES is "9999999999999": must be'],
    [
      'another word is not silently false',
      { ENABLE_REQUEST_LOGGING: 'maybe' },
      'ENABLE_REQUEST_LOGGING is "maybe": must be true or false (also 1, yes, on; 0, no, off)',
    ],
    ['an unknown choice names the right ones', { RATE_KEY_MODE: 'cookie' }, 'RATE_KEY_MODE is "cookie": must be one of ip, header'],
    ['a port without a colon', { LISTEN_ADDR: '8080' }, 'LISTEN_ADDR is "8080": must be host:port'],
    ['a port out of range', { LISTEN_ADDR: ':65536' }, 'LISTEN_ADDR is ":65536"'],
    ['an IPv6 address without brackets', { LISTEN_ADDR: '::1:8080' }, 'LISTEN_ADDR is "::1:8080"'],
    [
      'a broken network',
      { TRUSTED_PROXIES_CIDR: '10.0.0.0/8,10.0.0.0/33' },
      'TRUSTED_PROXIES_CIDR is "10.0.0.0/8,10.0.0.0/33": must be a list of networks',
    ],
    ['an address of another scheme', { PB_URL: 'ftp://pb' }, 'PB_URL is "ftp://pb": must be an http or https address'],
    ['a header name with a space', { RATE_KEY_HEADER: 'X Key' }, 'RATE_KEY_HEADER is "X Key": must be the name of an HTTP header'],
    [
      'a batch smaller than one body',
      { MAX_BATCH_BYTES: '2048' },
      'MAX_BATCH_BYTES is "2048": must not be smaller than MAX_BODY_BYTES (262144)',
    ],
    [
      'a burst that takes days to refill',
      { RATE_LIMIT_RPM: '1', RATE_BURST: '1441' },
      'RATE_BURST is "1441": must refill within a day, so it must not be over 1440 (RATE_LIMIT_RPM × 1440)',
    ],
    ['an admin without a password', { ADMIN_USER: 'ada' }, 'ADMIN_PASSWORD_FILE is missing: ADMIN_USER is set'],
    ['a password without an admin', { ADMIN_PASSWORD_FILE: '/run/secret' }, 'ADMIN_USER is missing: ADMIN_PASSWORD_FILE is set'],
    ['metrics on the address of the service', { METRICS_ADDR: ':8080' }, 'METRICS_ADDR must not be the address of LISTEN_ADDR'],
    [
      'PocketBase without an identity',
      { ...pocketBase, PB_IDENTITY: undefined },
      'PB_IDENTITY is missing: PB_URL is set, so PB_IDENTITY or PB_IDENTITY_FILE must be set too',
    ],
    ['an owner that leads elsewhere', { GITHUB_OWNER: 'a/../b' }, 'GITHUB_OWNER is "a/../b": must be the name of a user or organization'],
    ['a repository that leads elsewhere', { GITHUB_REPO: '..' }, 'GITHUB_REPO is "..": must be the name of a repository'],
    ['a repository with its owner', { GITHUB_REPO: 'a/b' }, 'GITHUB_REPO is "a/b": must be the name of a repository'],
    ['a token that no header takes', { GITHUB_TOKEN: 'tök' }, 'GITHUB_TOKEN is invalid: must be printable ASCII'],
    ['a GitHub outside without TLS', { GITHUB_API_URL: 'http://github.example.org/api/v3' }, 'must begin with https'],
    [
      'a webhook outside without TLS, its query left out',
      { ...hook, ALERT_WEBHOOK_URL: 'http://hook.example.org/in?key=canary' },
      'ALERT_WEBHOOK_URL is "http://hook.example.org/in": must begin with https, since it lies outside private networks',
    ],
    ['PocketBase without a password', { ...pocketBase, PB_PASSWORD: undefined }, 'PB_PASSWORD is missing'],
  ])('%s is refused', (_, env, message) => {
    expect(faultsOf(env).join('\n')).toContain(message)
  })

  test('all faults come at once, each under its setting', () => {
    const config = readSettings({ RATE_BURST: 'x', LOG_LEVEL: 'loud', DATA_DIR: '/srv' })
    expect(config.ok ? [] : config.fault.map(({ setting }) => setting)).toEqual(['RATE_BURST', 'LOG_LEVEL'])
  })

  test('no text in any setting makes reading throw, and a fault names its setting', () => {
    fc.assert(
      fc.property(fc.constantFrom(...settingNames), fc.string({ unit: 'binary' }), (name, text) => {
        const config = readSettings({ [name]: text })
        if (!config.ok) expect(config.fault.every(({ message }) => message.length < 400)).toBe(true)
      }),
    )
  })
})

describe('secrets', () => {
  test('P23 each secret is read from the file that NAME_FILE names', () => {
    const path = join(folder, 'password')
    writeFileSync(path, 'from-a-file\n')
    const config = read({ ...pocketBase, PB_PASSWORD: undefined, PB_PASSWORD_FILE: path })
    expect(config.settings.pbPassword).toBe('from-a-file')
    expect(config.sources.PB_PASSWORD).toBe('file')
    for (const name of settingNames.filter(takesFile)) {
      writeFileSync(path, `value of ${name}`)
      const values: Readonly<Record<string, unknown>> = read({ [`${name}_FILE`]: path }).settings
      expect(values[camelCase(name)]).toBe(`value of ${name}`)
    }
  })

  test('a name that is a setting of its own is no file of a secret', () => {
    expect(settingNames.filter((name) => settingOf(name).secret && !takesFile(name))).toEqual(['ADMIN_PASSWORD'])
  })

  test('a secret that is given twice, missing, empty or a folder is refused', () => {
    const empty = join(folder, 'empty')
    writeFileSync(empty, '\n')
    expect(faultsOf({ PB_PASSWORD: 'a', PB_PASSWORD_FILE: empty })).toEqual([
      'PB_PASSWORD and PB_PASSWORD_FILE are both set: give one of them',
    ])
    expect(faultsOf({ PB_PASSWORD_FILE: empty })[0]).toEndWith('the file is empty')
    expect(faultsOf({ PB_PASSWORD_FILE: join(folder, 'none') })[0]).toEndWith('the file cannot be read (ENOENT)')
    expect(faultsOf({ PB_PASSWORD_FILE: folder })[0]).toEndWith('must be the path of a file')
  })

  test('no message holds a secret or the credentials of an address', () => {
    const messages = [...faultsOf({ PB_PASSWORD: 'canary\u0007canary' }), ...faultsOf({ PB_URL: 'https://user:canary@pb.example.org' })]
    expect(messages).toHaveLength(2)
    expect(messages.join('\n')).not.toContain('canary')
  })
})

describe('P19 PocketBase outside private networks needs https', () => {
  test.each(['http://pb.example.org', 'http://203.0.113.9:8090', 'http://[2001:db8::1]:8090'])('%s is refused', (url) => {
    expect(faultsOf({ ...pocketBase, PB_URL: url }).join()).toContain('must begin with https')
  })

  test.each([
    'http://pocketbase:8090',
    'http://127.0.0.1:8090',
    'http://10.1.2.3',
    'http://[::1]:8090',
    'http://[fd00::5]',
    'http://pb.lan',
    'http://pb.home.arpa',
    'https://pb.example.org',
  ])('%s is accepted', (url) => {
    expect(read({ ...pocketBase, PB_URL: url }).settings.pbUrl).toBe(url)
  })
})

describe('names', () => {
  test.each<[given: string, meant: string | undefined]>([
    ['RATE_LIMIT_RMP', 'RATE_LIMIT_RPM'],
    ['LISTENADDR', 'LISTEN_ADDR'],
    ['data_dir', 'DATA_DIR'],
    ['PB_PASWORD_FILE', 'PB_PASSWORD_FILE'],
    ['PB_USER', 'PB_IDENTITY'],
    ['PB_URLS', 'PB_URL'],
    ['SMTP_PASS', 'SMTP_PASSWORD'],
    ['SMTP_PASS_FILE', 'SMTP_PASSWORD_FILE'],
    ['SMTP_USER_FILE', 'SMTP_USER'],
    ['SMTP_SERVER', 'SMTP_HOST'],
    ['SMTP_FORM', 'SMTP_FROM'],
    ['ALERT_RECIPIENTS', 'SMTP_TO'],
    ['ALERT_ENABLE', 'ALERT_ENABLED'],
    ['WEEKLY_REPORT', 'WEEKLY_REPORT_ENABLED'],
    ['BACKUP_SCHEDULE', 'BACKUP_CRON'],
    ['CLEANUP_INTERVAL', 'CLEANUP_INTERVAL_MIN'],
    ['TELEMETRY_LISTEN_ADDR', 'LISTEN_ADDR'],
    ['TELEMETRY_URL', undefined],
    ['PORT', undefined],
    ['GITHUB_REPOSITORY', undefined],
    ['GITHUB_SHA', undefined],
    ['SSL_CERT_FILE', undefined],
    ['RATE_LIMIT_PER_MINUTE', 'RATE_LIMIT_RPM'],
    ['TRUSTED_PROXIES', 'TRUSTED_PROXIES_CIDR'],
    ['DB_URL', undefined],
    ['PATH', undefined],
    ['HOME', undefined],
    ['LOGNAME', undefined],
    ['npm_config_cache', undefined],
    ['KUBERNETES_SERVICE_HOST', undefined],
  ])('%s is taken for %s', (given, meant) => {
    const warnings = read({ [given]: 'x' }).warnings
    expect(warnings).toEqual(meant === undefined ? [] : [`${given} is not a setting and has no effect: did you mean ${meant}?`])
  })

  test('a name of a family of ours that is like none of it leads to the list', () => {
    expect(read({ SMTP_ENCRYPTION: 'x' }).warnings).toEqual([
      'SMTP_ENCRYPTION is not a setting and has no effect: `telemetry-service help settings` lists those there are',
    ])
  })

  test.each(Object.keys(retiredNames))('%s of the earlier service is recognized and said to have no meaning', (name) => {
    expect(read({ [name]: '1' }).warnings).toEqual([`${name} has no meaning here: ${retiredNames[name]}`])
  })

  test.each(['constructor', 'toString', 'hasOwnProperty'])('%s, which every object has, is a foreign name like any other', (name) => {
    expect(read({ [name]: '1' }).warnings).toEqual([])
  })

  test.each<[name: string, env: Environment, warnings: readonly string[]]>([
    ['of PocketBase without its address', { PB_PASSWORD: 'x' }, ['PB_PASSWORD has no effect without PB_URL']],
    ['the header of a limit by address', { RATE_KEY_HEADER: 'X-Me' }, ['RATE_KEY_HEADER has no effect unless RATE_KEY_MODE is header']],
    ['a repository without a token', { GITHUB_REPO: 'x' }, ['GITHUB_REPO has no effect without GITHUB_TOKEN']],
    ['of mails without a mail server', { SMTP_TO: 'a@b.test' }, ['SMTP_TO has no effect without SMTP_HOST']],
    ['the secret of no webhook', { ALERT_WEBHOOK_SECRET: 'x' }, ['ALERT_WEBHOOK_SECRET has no effect without ALERT_WEBHOOK_URL']],
    ['a mail server without alerts', { ...mail, ALERT_ENABLED: 'false' }, ['SMTP_HOST has no effect without ALERT_ENABLED=true']],
    ['a webhook without alerts', { ...hook, ALERT_ENABLED: '' }, ['ALERT_WEBHOOK_URL has no effect without ALERT_ENABLED=true']],
    [
      'alerts without a channel',
      { ALERT_ENABLED: 'true' },
      ['ALERT_ENABLED is true, but alerts have nowhere to go: set SMTP_HOST and SMTP_TO, or ALERT_WEBHOOK_URL and ALERT_WEBHOOK_SECRET'],
    ],
    [
      'a report without alerts and a channel',
      { WEEKLY_REPORT_ENABLED: 'true' },
      [
        expect.stringMatching(/^WEEKLY_REPORT_ENABLED is true, but alerts have nowhere to go/),
        'WEEKLY_REPORT_ENABLED has no effect without ALERT_ENABLED=true',
      ],
    ],
    ['a name without its password', { ...mail, SMTP_USER: 'u' }, ['SMTP_USER is set without SMTP_PASSWORD: it signs in with an empty one']],
    ['a password without its name', { ...mail, SMTP_PASSWORD: 'p' }, ['SMTP_PASSWORD has no effect without SMTP_USER']],
    [
      'a webhook inside that is not allowed',
      { ...hook, ALERT_WEBHOOK_URL: 'http://chat:8080/in' },
      ['ALERT_WEBHOOK_URL leads into a private network: nothing is sent there without ALERT_WEBHOOK_PRIVATE=true'],
    ],
    [
      'a short password',
      { ADMIN_PASSWORD: 'secret' },
      [expect.stringMatching(/^ADMIN_PASSWORD is easy to guess: take at least 12 characters/)],
    ],
    ['of mails, each in order', { ...mail, SMTP_USER: 'u', SMTP_PASSWORD: 'p', WEEKLY_REPORT_ENABLED: 'true' }, []],
    ['a webhook inside that is allowed', { ...hook, ALERT_WEBHOOK_URL: 'http://chat:8080/in', ALERT_WEBHOOK_PRIVATE: 'true' }, []],
    ['a long password', { ADMIN_PASSWORD: 'correct horse battery' }, []],
  ])('%s: what a setting does not do is said', (_, env, warnings) => {
    expect(read(env).warnings).toEqual([...warnings])
  })

  test('a batch that may be larger than the journal is warned of, one as large is not', () => {
    expect(read({ JOURNAL_MAX_MB: '8', MAX_BATCH_BYTES: '8388609' }).warnings).toEqual([
      'MAX_BATCH_BYTES is larger than JOURNAL_MAX_MB: the end of so large a batch may find no room, is answered with 503 then and must be sent again',
    ])
    expect(read({ JOURNAL_MAX_MB: '8', MAX_BATCH_BYTES: '8388608' }).warnings).toEqual([])
  })

  test('no retired name is also a setting', () => {
    expect(Object.keys(retiredNames).filter((name) => settingNames.some((known) => known === name))).toEqual([])
  })
})

test('docs/configuration.md is what the list of settings makes', async () => {
  expect(await Bun.file(join(import.meta.dir, '../docs/configuration.md')).text()).toBe(renderConfiguration())
})

function read(env: Environment) {
  const config = readSettings(env)
  if (!config.ok) throw new Error(config.fault.map(({ message }) => message).join('\n'))
  return config.value
}

function faultsOf(env: Environment): readonly string[] {
  const config = readSettings(env)
  return config.ok ? [] : config.fault.map(({ message }) => message)
}
