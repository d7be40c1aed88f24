import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { readNetwork } from './access/address.ts'
import { isCron } from './base/cron.ts'
import type { Setting } from './setting.ts'

/** Where to listen. Without a host: every interface. */
export type Address = { readonly host: string | undefined; readonly port: number }

/** What each kind of setting is read as; a choice is one of its own texts. */
export type Values = {
  address: Address
  integer: number
  boolean: boolean
  path: string
  file: string
  text: string
  url: string
  list: readonly string[]
  networks: readonly string[]
  decimal: number
  cron: string
}
export type Value = Values[keyof Values] | undefined

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
      return 'the path of a folder'
    case 'file':
      return 'the path of a file'
    case 'text':
      return 'a text without control characters'
    case 'url':
      return 'an http or https address without user name, password, query or fragment'
    case 'list':
      return 'a list of names, separated by commas'
    case 'networks':
      return 'a list of networks like 10.0.0.0/8 or fd00::/8 and addresses, separated by commas'
    case 'cron':
      return 'five cron fields of numbers in UTC, like 40 2 * * *, or off'
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
      return text.includes('\0') ? undefined : resolve(text)
    case 'text':
      return /^[^\x00-\x1f\x7f]+$/.test(text) ? text : undefined
    case 'url':
      return parseUrl(text)
    case 'list':
      return splitList(text)
    case 'networks':
      return parseNetworks(text)
    case 'cron':
      return parseCron(text)
    case 'choice':
      return setting.values?.find((choice) => choice === text.toLowerCase())
  }
}

function parseAddress(text: string): Address | undefined {
  // Matches ":8080", "127.0.0.1:8080", "[::1]:8080", "localhost:8080"; not "8080", "::1:8080", "host:http".
  const match = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]*):([0-9]{1,5})$/.exec(text)
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
  const fields = text.trim().replace(/\s+/g, ' ').toLowerCase()
  return fields === 'off' || isCron(fields) ? fields : undefined
}

function parseBoolean(text: string): boolean | undefined {
  if (['1', 'true', 'yes', 'on'].includes(text.toLowerCase())) return true
  return ['0', 'false', 'no', 'off'].includes(text.toLowerCase()) ? false : undefined
}

function parseUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  return isPlain && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href.replace(/\/+$/, '') : undefined
}

function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function parseNetworks(text: string): readonly string[] | undefined {
  const networks = splitList(text)
  return networks.every((network) => readNetwork(network).ok) ? networks : undefined
}
