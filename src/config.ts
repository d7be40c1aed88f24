import { readFileSync, statSync } from 'node:fs'
import { distance } from 'fastest-levenshtein'
import { isPrivateHost } from './access/outbound.ts'
import { burstMax } from './access/rate-limit.ts'
import { type CamelCase, camelCase } from './base/camel-case.ts'
import { err, ok, type Result } from './base/result.ts'
import { retiredNames, type SettingName, settingNames, settingOf, type settingTable, takesFile } from './setting.ts'
import { parseValue, ruleOf, type Value, type Values } from './setting-value.ts'

type Table = typeof settingTable
type ValueOf<Row> = Row extends { kind: 'choice'; values: readonly (infer Choice)[] }
  ? Choice
  : Row extends { kind: keyof Values }
    ? Values[Row['kind']]
    : never
type OrOff<Row> = Row extends { default: string } ? ValueOf<Row> : ValueOf<Row> | undefined

/** All settings by their name in camelCase (`LISTEN_ADDR` is `listenAddr`); a setting without a default is undefined when it is not given. */
export type Settings = { readonly [Name in SettingName as CamelCase<Name>]: OrOff<Table[Name]> }

export type Environment = Readonly<Record<string, string | undefined>>
export type SettingSource = 'default' | 'env' | 'file'
export type SettingFault = { readonly setting: string; readonly message: string }
export type Config = {
  readonly settings: Settings
  readonly sources: Readonly<Record<SettingName, SettingSource>>
  readonly warnings: readonly string[]
}

/** Each setting as one text, to tell whether it is another than before. Secrets are among them: not to be shown. */
export function settingTexts(settings: Settings): Readonly<Record<string, string>> {
  const values: Readonly<Record<string, unknown>> = settings
  return Object.fromEntries(settingNames.map((name) => [name, JSON.stringify(values[camelCase(name)]) ?? '']))
}

type Given = { readonly text: string | undefined; readonly source: SettingSource }

/** Reads every setting from the environment. All faults come at once, each with setting, value (never a secret's) and rule. */
export function readSettings(env: Environment): Result<Config, readonly SettingFault[]> {
  const faults: SettingFault[] = []
  const values: Record<string, Value> = {}
  const sources: Record<string, SettingSource> = {}
  for (const name of settingNames) {
    const given = findText(name, env)
    const value = given.ok ? parseGiven(name, given.value) : given
    if (!value.ok) faults.push({ setting: name, message: value.fault })
    else values[camelCase(name)] = value.value
    if (given.ok) sources[name] = given.value.source
  }
  if (faults.length > 0) return err(faults)

  const settings = values as Settings
  const crossFaults = findContradictions(settings)
  if (crossFaults.length > 0) return err(crossFaults)
  return ok({ settings, sources: sources as Config['sources'], warnings: [...warnOfNames(env), ...warnOfEffects(settings, sources)] })
}

function findText(name: SettingName, env: Environment): Result<Given, string> {
  const setting = settingOf(name)
  const own = env[name]?.trim() ?? ''
  const file = takesFile(name) ? (env[`${name}_FILE`]?.trim() ?? '') : ''
  if (own !== '' && file !== '') return err(`${name} and ${name}_FILE are both set: give one of them`)
  if (file !== '') return readSecretFile(name, file)
  return ok(own === '' ? { text: setting.default, source: 'default' } : { text: own, source: 'env' })
}

const secretBytesMax = 65_536

function readSecretFile(name: SettingName, path: string): Result<Given, string> {
  try {
    const stat = statSync(path)
    if (!stat.isFile() && !stat.isFIFO()) return err(`${name}_FILE is ${JSON.stringify(path)}: must be the path of a file`)
    if (stat.size > secretBytesMax)
      return err(`${name}_FILE is ${JSON.stringify(path)}: the file must not be larger than ${secretBytesMax} bytes`)
    const text = readFileSync(path, 'utf8').trim()
    return text === '' ? err(`${name}_FILE is ${JSON.stringify(path)}: the file is empty`) : ok({ text, source: 'file' })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'error'
    return err(`${name}_FILE is ${JSON.stringify(path)}: the file cannot be read (${code})`)
  }
}

function parseGiven(name: SettingName, given: Given): Result<Value, string> {
  const setting = settingOf(name)
  if (given.text === undefined) return ok(undefined)

  const value = parseValue(given.text, setting)
  if (value !== undefined) return ok(value)
  // An address may carry a user name and a password, or a key in its query, so its text is kept out of the message like a secret's.
  const isHidden = setting.secret || /[@?]/.test(given.text)
  return err(`${name} is ${isHidden ? 'invalid' : quote(given.text)}: must be ${ruleOf(setting)}`)
}

const shownCharactersMax = 80

/** The beginning of a text in quotes, on one line whatever is in it. */
function quote(text: string): string {
  return JSON.stringify(text.slice(0, shownCharactersMax)).replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '?')
}

function findContradictions(settings: Settings): readonly SettingFault[] {
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
  faults.push(...findAlertFaults(settings), ...findGithubFaults(settings))
  if (settings.pbUrl === undefined) return faults

  for (const name of ['PB_IDENTITY', 'PB_PASSWORD'] as const) {
    const value = name === 'PB_IDENTITY' ? settings.pbIdentity : settings.pbPassword
    if (value === undefined)
      faults.push({ setting: name, message: `${name} is missing: PB_URL is set, so ${name} or ${name}_FILE must be set too` })
  }
  if (settings.pbUrl.startsWith('http:') && !isPrivateHost(new URL(settings.pbUrl).hostname)) {
    faults.push({
      setting: 'PB_URL',
      message: `PB_URL is ${JSON.stringify(settings.pbUrl)}: must begin with https, since it lies outside private networks`,
    })
  }
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

function findGithubFaults({ githubApiUrl }: Settings): readonly SettingFault[] {
  if (!githubApiUrl?.startsWith('http:') || isPrivateHost(new URL(githubApiUrl).hostname)) return []
  const message = `GITHUB_API_URL is ${JSON.stringify(githubApiUrl)}: must begin with https, since it lies outside private networks`
  return [{ setting: 'GITHUB_API_URL', message }]
}

function warnOfEffects(settings: Settings, sources: Readonly<Record<string, SettingSource>>): readonly string[] {
  const isGiven = (name: SettingName) => sources[name] !== 'default'
  const warnings = settingNames
    .filter((name) => settings.pbUrl === undefined && name !== 'PB_URL' && settingOf(name).group === 'PocketBase' && isGiven(name))
    .map((name) => `${name} has no effect without PB_URL`)
  if (settings.rateKeyMode === 'ip' && isGiven('RATE_KEY_HEADER'))
    warnings.push('RATE_KEY_HEADER has no effect unless RATE_KEY_MODE is header')
  for (const name of ['GITHUB_OWNER', 'GITHUB_REPO', 'GITHUB_API_PRIVATE'] as const)
    if (settings.githubToken === undefined && isGiven(name)) warnings.push(`${name} has no effect without GITHUB_TOKEN`)
  // A batch is taken in parts, so it is no fault: each part fits into the smallest journal.
  if (settings.maxBatchBytes > settings.journalMaxMb * 1024 ** 2)
    warnings.push(
      'MAX_BATCH_BYTES is larger than JOURNAL_MAX_MB: the end of so large a batch may find no room, is answered with 503 then and must be sent again',
    )
  return warnings
}

/** A foreign variable of these families is surely meant for us. */
const ourFamilies = ['PB_', 'RATE_', 'INGEST_', 'JOURNAL_', 'RETENTION_', 'TRUSTED_PROXIES', 'UPSTREAM_']
const readNames: ReadonlySet<string> = new Set(settingNames.flatMap((name) => (settingOf(name).secret ? [name, `${name}_FILE`] : [name])))

function warnOfNames(env: Environment): readonly string[] {
  const names = Object.keys(env).filter((name) => env[name] !== undefined && env[name] !== '' && !readNames.has(name))
  return names.sort().flatMap((name) => {
    const reason = retiredNames[name]
    if (reason !== undefined) return [`${name} has no meaning here: ${reason}`]
    const nearest = nearestSetting(name)
    return nearest === undefined ? [] : [`${name} is not a setting and has no effect: did you mean ${nearest}?`]
  })
}

/** The setting that a foreign name was probably meant to be. Short names are near to many others, so they may differ by one letter only, not the first. */
function nearestSetting(name: string): string | undefined {
  const upper = name.toUpperCase()
  let nearest: { readonly name: string; readonly steps: number } | undefined
  for (const ours of readNames) {
    const steps = distance(upper, ours)
    if (nearest === undefined || steps < nearest.steps) nearest = { name: ours, steps }
  }
  if (nearest === undefined) return undefined
  const isNear = nearest.name.length < 9 ? nearest.steps <= 1 && nearest.name[0] === upper[0] : nearest.steps <= 2
  return isNear || ourFamilies.some((family) => upper.startsWith(family)) ? nearest.name : undefined
}
