import { blank, digit, dot, hyphen, isIn, isSign, isSpace, letter, runLeft, runRight, word } from './character.ts'
import { dottedEnd } from './host-name.ts'
import { isOneOf, makeWordSet } from './word-set.ts'

/** Where the parts of a URL's authority stand. `userEnd` is the place of the @, or the end of what can only be credentials; -1 without any. */
export type Authority = { readonly userStart: number; readonly userEnd: number; readonly hostStart: number; readonly hostEnd: number }

/** More than any authority with a password needs. */
const authorityReach = 1024
const schemeReach = 32

/** Schemes behind whose `://` stands a path, an image or a module. */
const hostlessSchemes = makeWordSet([
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

/** Whether anything but a host may stand behind the `://` at `at`: nearly all URLs are told from those with credentials by that. */
export function mayHaveCredentials(text: string, at: number): boolean {
  const end = runRight(text, at + 3, nameSigns, authorityReach)
  return end < text.length && !isIn(text, end, blank) && !isSign(text, end, authorityStops)
}

/** Reads what stands behind a `://` at `at`; nothing for schemes without a host. */
export function readAuthority(text: string, at: number): Authority | undefined {
  if (!isIn(text, at - 1, letter | digit)) return undefined
  let schemeStart = runLeft(text, at, letter | digit | dot | hyphen, schemeReach)
  while (schemeStart < at && !isIn(text, schemeStart, letter)) schemeStart += 1
  if (schemeStart === at || isOneOf(hostlessSchemes, text, schemeStart, at)) return undefined

  const userStart = at + 3
  const userEnd = mayHaveCredentials(text, at) ? credentialEnd(text, userStart) : -1
  const hostStart = userEnd < 0 ? userStart : userEnd + 1
  if (userEnd >= 0 && !isSign(text, userEnd, '@')) return { userStart, userEnd, hostStart: userEnd, hostEnd: userEnd }
  return { userStart, userEnd, hostStart, hostEnd: dottedEnd(text, hostStart) }
}

/**
 * A password may hold any sign, even those that should end the authority. So where the first part before `/?#` has an @, that one counts;
 * otherwise a port that is no number gives the password away, and it goes up to the last @, or to the end where the @ was cut off.
 */
function credentialEnd(text: string, start: number): number {
  const end = readUntil(authorityStops, text, start)
  const near = lastSign(text, start, end, '@')
  if (near >= 0) return near
  const colon = lastSign(text, start, end, ':')
  if (colon < 0 || isSign(text, end - 1, ']') || isPort(text, colon + 1, end)) return -1
  const tokenEnd = readUntil(tokenStops, text, start)
  const far = lastSign(text, start, tokenEnd, '@')
  return far >= 0 ? far : tokenEnd
}

/** Where the sign stands last in a stretch, or -1. */
function lastSign(text: string, start: number, end: number, sign: string): number {
  for (let index = end - 1; index >= start; index -= 1) if (isSign(text, index, sign)) return index
  return -1
}

/** Digits with the punctuation of a sentence behind them, nothing at all, or a variable that a template fills in. */
function isPort(text: string, start: number, end: number): boolean {
  if (isSign(text, start, '$%{') && start < end) return true
  const digitsEnd = runRight(text, start, digit, Math.min(end - start, 6))
  for (let index = digitsEnd; index < end; index += 1) if (isIn(text, index, word)) return false
  return digitsEnd - start <= 5 && Number(text.slice(start, digitsEnd)) <= 65_535
}

/** What ends a URL, and what ends already its authority; the `://` of the next one ends both, but not the `:` of a port. */
const tokenStops = '"\'`<>'
const authorityStops = `${tokenStops}/?#\\`

/** Where what begins at `start` is ended by a blank or one of the stops. */
function readUntil(stops: string, text: string, start: number): number {
  const limit = Math.min(text.length, start + authorityReach)
  let index = start
  while (index < limit && !isStop(stops, text, index) && !(index + 3 <= limit && isSchemeEnd(text, index))) index += 1
  return index
}

const nameSigns = word | dot | hyphen

function isStop(stops: string, text: string, index: number): boolean {
  if (isIn(text, index, nameSigns)) return false // Nearly all of them, told without a search.
  return isSpace(text, index) || isSign(text, index, stops)
}

function isSchemeEnd(text: string, index: number): boolean {
  return isSign(text, index, ':') && isSign(text, index + 1, '/') && isSign(text, index + 2, '/')
}

/** How far before an @ the scheme of its URL is looked for. */
const userinfoReach = authorityReach / 4

/** Whether the @ at `at` ends the credentials of a URL (`https://jo:p@host`), so that it makes no mail address. */
export function isUserinfoEnd(text: string, at: number): boolean {
  const from = Math.max(0, at - userinfoReach)
  for (let index = at - 1; index >= from; index -= 1) {
    if (isStop(tokenStops, text, index)) return false
    if (index + 3 <= at && isSchemeEnd(text, index)) return readAuthority(text, index)?.userEnd === at
  }
  return false
}
