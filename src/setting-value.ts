import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { readAddress, readNetwork } from './access/address.ts'
import type { CamelCase } from './base/camel-case.ts'
import { isCron } from './base/cron.ts'
import type { Setting, SettingForm, SettingName, settingTable } from './setting.ts'

/** Where to listen. Without a host: every interface. */
export type Address = { readonly host: string | undefined; readonly port: number }

/** How many at once and in a time of so many seconds; a count of 0 is no limit. */
export type Rate = { readonly count: number; readonly seconds: number }

/** What each kind of setting is read as; a choice is one of its own texts. */
export type Values = {
  address: Address
  integer: number
  boolean: boolean
  path: string
  file: string
  text: string
  host: string
  url: string
  endpoint: string
  list: readonly string[]
  mailbox: string
  mailboxes: readonly string[]
  networks: readonly string[]
  decimal: number
  cron: string
  rate: Rate
}
/** Where the text of a setting came from. */
export type SettingSource = 'default' | 'env' | 'file'
export type Value = Values[keyof Values] | undefined

type Table = typeof settingTable
type ValueOf<Row> = Row extends { kind: 'choice'; values: readonly (infer Choice)[] }
  ? Choice
  : Row extends { kind: keyof Values }
    ? Values[Row['kind']]
    : never
type OrOff<Row> = Row extends { default: string } ? ValueOf<Row> : ValueOf<Row> | undefined

/** All settings by their name in camelCase (`LISTEN_ADDR` is `listenAddr`); a setting without a default is undefined when it is not given. */
export type Settings = { readonly [Name in SettingName as CamelCase<Name>]: OrOff<Table[Name]> }

/** The longest path that Linux takes. */
const pathBytesMax = 4_096
const textCharactersMax = 4_096
const urlCharactersMax = 2_048
const hostCharactersMax = 253
const itemsMax = 1_000

/** What a value must be, as it stands in messages and papers. */
export function ruleOf(setting: Setting): string {
  switch (setting.kind) {
    case 'address':
      return 'host:port or :port with a port from 0 to 65535'
    case 'integer':
      return `a whole number from ${setting.min ?? 0} to ${setting.max ?? Number.MAX_SAFE_INTEGER}`
    case 'decimal':
      return `a number from ${setting.min ?? 0} to ${setting.max ?? Number.MAX_SAFE_INTEGER}`
    case 'boolean':
      return 'true or false (also 1, yes, on; 0, no, off)'
    case 'path':
      return `the path of a folder without control characters, at most ${pathBytesMax} bytes`
    case 'file':
      return `the path of a file without control characters, at most ${pathBytesMax} bytes`
    case 'text':
      return setting.form?.rule ?? `a text without control characters, at most ${textCharactersMax} characters`
    case 'host':
      return 'a host name or an IP address, without a port'
    case 'url':
      return 'an http or https address without user name, password, query or fragment'
    case 'endpoint':
      return 'an http or https address without user name, password or fragment'
    case 'list':
      return setting.form?.rule ?? 'a list of names, separated by commas'
    case 'mailbox':
      return 'a mail address, like ops@example.org or Ops <ops@example.org>'
    case 'mailboxes':
      return `mail addresses, like ops@example.org or Ops <ops@example.org>, separated by commas, at most ${itemsMax}`
    case 'networks':
      return 'a list of networks like 10.0.0.0/8 or fd00::/8 and addresses, separated by commas'
    case 'cron':
      return 'five cron fields of numbers in UTC, like 40 2 * * *, or off'
    case 'rate':
      return `a count and a time like 100/minute (second, minute, hour or day), at most ${rateCountMax}, or 0`
    case 'choice':
      return `one of ${(setting.values ?? []).join(', ')}`
  }
}

/** Reads the text of a setting by its kind; undefined when it breaks the rule. */
export function parseValue(text: string, setting: Setting): Value {
  switch (setting.kind) {
    case 'address':
      return parseAddress(text)
    case 'integer':
      return parseInteger(text, setting.min ?? 0, setting.max ?? Number.MAX_SAFE_INTEGER)
    case 'decimal':
      return parseDecimal(text, setting.min ?? 0, setting.max ?? Number.MAX_SAFE_INTEGER)
    case 'boolean':
      return parseBoolean(text)
    case 'path':
    case 'file':
      return parsePath(text)
    case 'text':
      return parseText(text, setting.form)
    case 'host':
      return parseHost(text)
    case 'url':
      return parseUrl(text, false)
    case 'endpoint':
      return parseUrl(text, true)
    case 'list':
      return parseItems(text, (item) => setting.form?.pattern.test(item) !== false)
    case 'mailbox':
      return isMailbox(text) ? text : undefined
    case 'mailboxes':
      return parseItems(text, isMailbox)
    case 'networks':
      return parseItems(text, (item) => readNetwork(item).ok)
    case 'cron':
      return parseCron(text)
    case 'rate':
      return parseRate(text)
    case 'choice':
      return setting.values?.find((choice) => choice === text.toLowerCase())
  }
}

function parseAddress(text: string): Address | undefined {
  // Matches ":8080", "127.0.0.1:8080", "[::1]:8080", "localhost:8080"; not "8080", "::1:8080", "host:http".
  const match = /^(\[[0-9a-fA-F:.]{1,64}\]|[A-Za-z0-9._-]{0,253}):([0-9]{1,5})$/.exec(text)
  if (match === null) return undefined
  const port = parseInteger(match[2] ?? '', 0, 65_535)
  const host = (match[1] ?? '').replace(/^\[|\]$/g, '')
  if (port === undefined || (match[1]?.startsWith('[') && !ipaddr.IPv6.isValid(host))) return undefined
  return { host: host === '' ? undefined : host, port }
}

function parseInteger(text: string, min: number, max: number): number | undefined {
  const value = /^-?[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN
  return value >= min && value <= max ? value : undefined
}

/** Matches `20` and `20.0`; not `1e3`, `.5` or `20,0`. */
function parseDecimal(text: string, min: number, max: number): number | undefined {
  const value = /^[0-9]{1,12}(\.[0-9]{1,6})?$/.test(text) ? Number(text) : Number.NaN
  return value >= min && value <= max ? value : undefined
}

function parseCron(text: string): string | undefined {
  const fields = text.replace(/ +/g, ' ').toLowerCase()
  return fields === 'off' || isCron(fields) ? fields : undefined
}

const rateCountMax = 1_000_000
const secondsOf: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3_600, day: 86_400 }

/** Matches `100/minute`, `5 per second` and `0`; not `100`, `1.5/minute` or `100/week`. */
function parseRate(text: string): Rate | undefined {
  if (/^0(?:$|[ /])/.test(text)) return { count: 0, seconds: 60 }
  const [, count = '', unit = ''] = /^([0-9]{1,7}) ?(?:\/|per) ?(second|minute|hour|day)s?$/i.exec(text) ?? []
  const seconds = secondsOf[unit.toLowerCase()]
  const value = parseInteger(count, 1, rateCountMax)
  return seconds === undefined || value === undefined ? undefined : { count: value, seconds }
}

function parseBoolean(text: string): boolean | undefined {
  if (['1', 'true', 'yes', 'on'].includes(text.toLowerCase())) return true
  return ['0', 'false', 'no', 'off'].includes(text.toLowerCase()) ? false : undefined
}

function parsePath(text: string): string | undefined {
  return isPlain(text) && Buffer.byteLength(text) <= pathBytesMax ? resolve(text) : undefined
}

function parseText(text: string, form: SettingForm | undefined): string | undefined {
  return isPlain(text) && text.length <= textCharactersMax && form?.pattern.test(text) !== false ? text : undefined
}

/** Whether no control character is in a text, nor another that breaks a line. */
function isPlain(text: string): boolean {
  return !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)
}

/** Matches `mail.example.org`, `relay`, `10.0.0.7` and `[fd00::1]`; not `mail:587`, `1.2.3` (which readers take for another address) or `a..b`. */
function parseHost(text: string): string | undefined {
  const bare = text.replace(/^\[(.*)\]$/, '$1')
  if (readAddress(bare) !== undefined) return bare
  return isDomain(text, /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/) ? text : undefined
}

/** Whether each part between dots has the form, and the last is no number. */
function isDomain(text: string, label: RegExp): boolean {
  const labels = text.split('.')
  return text.length <= hostCharactersMax && labels.every((part) => label.test(part)) && !/^\d+$/.test(labels.at(-1) ?? '')
}

/** White space is looked for first: a reader of addresses drops line breaks and goes on. */
function parseUrl(text: string, takesQuery: boolean): string | undefined {
  if (/[\s\p{Cc}]/u.test(text) || text.length > urlCharactersMax || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const isPublic = url.username === '' && url.password === '' && url.hash === '' && (takesQuery || url.search === '')
  if (!isPublic || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined
  return takesQuery ? url.href : url.href.replace(/\/+$/, '')
}

/** The items of a list in which each is right. */
function parseItems(text: string, isRight: (item: string) => boolean): readonly string[] | undefined {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
  return items.length <= itemsMax && isPlain(text) && items.every(isRight) ? items : undefined
}

const localPart = /^[^\s\p{Cc}<>()[\]\\,;:"@]{1,64}$/u
const mailDomainLabel = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?$/u

/** Matches `ada@b.org` and `Ada L. <ada@b.org>`, the name also in quotes; not `ada`, two addresses, or a name with what would part addresses. */
function isMailbox(text: string): boolean {
  const named = /^(?:"[^\p{Cc}<>"\\]*"|[^\p{Cc}<>()[\]\\,;:"@]*)\s*<([^<>]*)>$/u.exec(text)
  const [local = '', domain = '', ...rest] = (named?.[1] ?? text).split('@')
  return isPlain(text) && rest.length === 0 && localPart.test(local) && isDomain(domain, mailDomainLabel)
}
