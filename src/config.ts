import { readFileSync, statSync } from 'node:fs'
import { camelCase } from './base/camel-case.ts'
import { faultCode } from './base/fault-code.ts'
import { err, ok, type Result } from './base/result.ts'
import { type SettingName, settingNames, settingOf, takesFile } from './setting.ts'
import { findContradictions, type SettingFault } from './setting-contradiction.ts'
import { warnOfEffects } from './setting-effect.ts'
import { type Environment, warnOfNames } from './setting-name.ts'
import { parseValue, ruleOf, type SettingSource, type Settings, type Value } from './setting-value.ts'

export type { Environment, Settings }
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

const mask = '********'

/** The settings as they may be shown: of a secret only whether it is there, and no query of an address, which may hold a key. */
export function maskSettings(settings: Settings): Settings {
  const values: Readonly<Record<string, unknown>> = settings
  const shown = settingNames.map((name) => {
    const value = values[camelCase(name)]
    const { kind, secret } = settingOf(name)
    if (value !== undefined && secret) return [camelCase(name), mask]
    return [camelCase(name), kind === 'endpoint' && typeof value === 'string' ? value.replace(/\?.*/, `?${mask}`) : value]
  })
  return Object.fromEntries(shown) as Settings
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
  const warnings = [...warnOfNames(env, settings.runMigration), ...warnOfEffects(settings, sources)]
  return ok({ settings, sources: sources as Config['sources'], warnings })
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
    return err(`${name}_FILE is ${JSON.stringify(path)}: the file cannot be read (${faultCode(cause)})`)
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
