import { digit, dot, hyphen, isIn, letter, runLeft } from './character.ts'
import { dottedEnd } from './host-name.ts'

/** Where the parts of a URL's authority stand. `userEnd` is the place of the @, or the end of what can only be credentials; -1 without any. */
export type Authority = { readonly userStart: number; readonly userEnd: number; readonly hostStart: number; readonly hostEnd: number }

/** More than any authority with a password needs. */
const authorityReach = 1024
const schemeReach = 32

/** Schemes behind whose `://` stands a path, an image or a module. */
const hostlessSchemes = new Set([
  'file',
  'docker',
  'oci',
  'dir',
  'webpack',
  'webpack-internal',
  'app',
  'bundle',
  'sqlite',
  'blob',
  'node',
  'rsrc',
  'jar',
])

/** Reads what stands behind a `://` at `at`; nothing for schemes without a host. */
export function readAuthority(text: string, at: number): Authority | undefined {
  if (!isIn(text, at - 1, letter | digit)) return undefined
  let schemeStart = runLeft(text, at, letter | digit | dot | hyphen, schemeReach)
  while (schemeStart < at && !isIn(text, schemeStart, letter)) schemeStart += 1
  if (schemeStart === at || hostlessSchemes.has(text.slice(schemeStart, at).toLowerCase())) return undefined

  const userStart = at + 3
  const userEnd = credentialEnd(text, userStart)
  const hostStart = userEnd < 0 ? userStart : userEnd + 1
  if (userEnd >= 0 && text[userEnd] !== '@') return { userStart, userEnd, hostStart: userEnd, hostEnd: userEnd }
  return { userStart, userEnd, hostStart, hostEnd: dottedEnd(text, hostStart) }
}

/**
 * A password may hold any sign, even those that should end the authority. So where the first part before `/?#` has an @, that one counts;
 * otherwise a port that is no number gives the password away, and it goes up to the last @, or to the end where the @ was cut off.
 */
function credentialEnd(text: string, start: number): number {
  const authority = readUntil(authorityStop, text, start)
  const near = authority.lastIndexOf('@')
  if (near >= 0) return start + near
  const colon = authority.lastIndexOf(':')
  if (colon < 0 || authority.endsWith(']') || isPort(authority.slice(colon + 1))) return -1
  const token = readUntil(tokenStop, text, start)
  const far = token.lastIndexOf('@')
  return start + (far >= 0 ? far : token.length)
}

/** Digits with the punctuation of a sentence behind them, nothing at all, or a variable that a template fills in. */
function isPort(text: string): boolean {
  if (/^[^\w]*$/.test(text) || /^[$%{]/.test(text)) return true
  const port = /^(\d{1,5})[^\w]*$/.exec(text)
  return port !== null && Number(port[1]) <= 65_535
}

/** What ends a URL, and what ends already its authority: a blank, a quote, the `://` of the next one, but not the `:` of a port. */
const tokenStop = /[\s"'`<>]|:\/\//
const authorityStop = /[\s"'`<>/?#\\]|:\/\//

/** Most authorities end within this, so that a small piece of the text is all to look through. */
const usualReach = 96

function readUntil(stop: RegExp, text: string, start: number): string {
  const near = text.slice(start, start + usualReach)
  const nearLength = near.search(stop)
  if (nearLength >= 0 && nearLength <= usualReach - '://'.length) return near.slice(0, nearLength)
  const rest = text.slice(start, start + authorityReach)
  const length = rest.search(stop)
  return length < 0 ? rest : rest.slice(0, length)
}

/** Whether the @ at `at` ends the credentials of a URL (`https://jo:p@host`), so that it makes no mail address. */
export function isUserinfoEnd(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - authorityReach / 4), at)
  const scheme = before.lastIndexOf('://')
  if (scheme < 0 || /[\s"'`<>]/.test(before.slice(scheme))) return false
  return readAuthority(text, at - before.length + scheme)?.userEnd === at
}
