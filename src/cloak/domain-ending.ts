import { isIn, letter } from './character.ts'
import { isOneOf, makeWordSet } from './word-set.ts'

/** Endings that exist only inside a network. */
const internalEndings = new Set([
  ...['local', 'lan', 'home', 'internal', 'intranet', 'localdomain', 'corp', 'private', 'intern', 'lokal', 'homelab', 'lab'],
])
const internalPairs = new Set(['fritz.box', 'home.arpa', 'speedport.ip', 'ts.net', 'in-addr.arpa', 'ip6.arpa', 'beta.tailscale.net'])

/** Endings of public names that are hardly anything else. Country endings that are also endings of files or words of code are left to `weakEndings` and `fileEndings`. */
const strongEndings = new Set([
  ...['com', 'net', 'org', 'edu', 'gov', 'mil', 'biz', 'arpa', 'eu', 'xyz', 'online', 'club', 'ovh', 'cloud', 'onion', 'tech', 'website'],
  ...'ad ae af al ao ar at au az ba bd be bg bh bo by ca ch ci cl cm cn co'.split(' '),
  ...'cy cz de dk dz ec ee eg es et fi fr ge gr gt hk hn hr hu ie il ir it'.split(' '),
  ...'jo jp ke kg kh kr kw kz lb li lk lt lu lv ma mx ng ni nl np nz om pa'.split(' '),
  ...['pe', 'ph', 'pk', 'qa', 'ro', 'ru', 'sa', 'se', 'sg', 'si', 'sk', 'su', 'sv', 'th', 'tr', 'tw', 'tz', 'ua', 'ug', 'uk', 'us'],
  ...'uy uz ve vn ye za zw berlin hamburg koeln cologne wien bayern ruhr saarland swiss paris'.split(' '),
  ...'london amsterdam nyc scot wales bzh gmbh family duckdns wtf ninja icu cyou sbs rocks lol'.split(' '),
])

/** Endings that private domains like to have and code uses as words (`logger.info`, `self.app`): only in lower case and without a sign of code around. */
const weakEndings = new Set([
  ...'io dev app me info tv ai gg fm im is id to no my nu cx int vc ws st sx'.split(' '),
  ...'site store shop blog digital systems zone life wiki page live space studio software technology'.split(' '),
  ...['solutions', 'moe', 'pub', 'haus', 'house', 'codes', 'vip', 'fun', 'top', 'one', 'world'],
])

/** Country endings that are first of all endings of files; they count only below a second level that is itself an ending (`shop.com.br`), or from three parts on where files do not have that many. */
const fileEndings = new Set([
  ...['br', 'ml', 'tf', 'cu', 'cc', 'mo', 'cr', 'mk', 'la', 'am', 'in', 'ac', 'py', 'sh', 'rs', 'md', 'so', 'pm', 'ps', 'do', 'pro'],
])
const fileOrCountryEndings = new Set(['pl', 'pt'])
const secondLevels = new Set(['com', 'net', 'org', 'gov', 'edu', 'co', 'ac', 'waw'])

/** First parts of names in code and settings; a host is not called like that. */
const codeWords = new Set([
  ...'self this cls super app os sys logger log logging console process module window document config'.split(' '),
  ...'ctx req res request response system user java javax jdk sun com org net io kernel vm fs'.split(' '),
  ...'path file data node obj object item event err error e args opts options settings flask django'.split(' '),
  ...'std core math np torch tf pkg package project target build test row record env db model'.split(' '),
  ...'spring server client session state props params entry asyncio subprocess uvicorn fastapi django nextjs'.split(' '),
])

export type EndingKind = 'internal' | 'public'

const publicEndings = makeWordSet([...strongEndings, ...weakEndings, ...fileEndings, ...fileOrCountryEndings])
const lastOfPairs = [...internalPairs].map((pair) => pair.slice(pair.lastIndexOf('.') + 1))
const internalLasts = makeWordSet([...internalEndings, ...lastOfPairs])

/** Each kind as a bit. */
export const endingBits: Readonly<Record<EndingKind, number>> = { public: 1, internal: 2 }

/** Marks endings that need three parts, in the table only. */
const threePartsBit = 4

/** The kinds of the endings that share two letters and the length, so that nearly all other words are told apart without a look-up by name. */
const endingsByStart = new Uint8Array(1 << 14)
const lengthMax = 15
for (const ending of [...strongEndings, ...weakEndings]) addEnding(ending, endingBits.public)
for (const ending of [...fileEndings, ...fileOrCountryEndings]) addEnding(ending, threePartsBit)
for (const ending of [...internalEndings, ...lastOfPairs]) addEnding(ending, endingBits.internal)

function addEnding(ending: string, bit: number): void {
  const key = startKey(ending, 0, ending.length)
  endingsByStart[key] = (endingsByStart[key] ?? 0) | bit
}

/** Two letters in any case, five bits each, and the length; other characters fall together with some letter, which only costs a closer look. */
function startKey(text: string, start: number, end: number): number {
  return ((text.charCodeAt(start) & 31) << 9) | ((text.charCodeAt(start + 1) & 31) << 4) | Math.min(end - start, lengthMax)
}

/** The kinds of endings that begin like the part at `start` and are as long; 0 where nothing like it ends a name. */
export function endingsLike(text: string, start: number, end: number): number {
  if (end - start < 2 || !isIn(text, start, letter)) return 0
  const found = endingsByStart[startKey(text, start, end)] ?? 0
  return (found & threePartsBit) === 0 ? found : found | endingBits.public
}

/** Whether all endings that begin like the part at `start` and are as long end names of three parts only. */
export function needsThreeParts(text: string, start: number, end: number): boolean {
  return endingsByStart[startKey(text, start, end)] === threePartsBit
}

/** A first, cheap look at the last part alone, which sorts out nearly all versions, files and code. */
export function mayEndWith(text: string, start: number, end: number, kind: EndingKind): boolean {
  return isOneOf(kind === 'public' ? publicEndings : internalLasts, text, start, end)
}

/** What a dotted name is by its ending; `parts` in their own case, at least two. */
export function kindOfEnding(parts: readonly string[]): EndingKind | 'none' {
  const lower = parts.map((part) => part.toLowerCase())
  const ending = lower.at(-1) ?? ''
  const second = lower.at(-2) ?? ''
  if (
    internalEndings.has(ending) ||
    (lower.length > 2 && internalPairs.has(`${second}.${ending}`)) ||
    `${second}.${ending}` === 'fritz.box'
  )
    return 'internal'
  if (!/[a-z]|[^\0-\x7f]/.test(second)) return 'none'

  const isOneCase = parts.at(-1) === ending || parts.every((part) => part === part.toUpperCase())
  if (strongEndings.has(ending)) return isOneCase || ending === 'com' ? strengthOfStrong(lower) : 'none'
  if (fileEndings.has(ending)) return lower.length >= 3 && secondLevels.has(second) && isOneCase ? 'public' : 'none'
  if (fileOrCountryEndings.has(ending)) return lower.length >= 3 && isOneCase ? 'public' : 'none'
  const isLower = parts.every((part, index) => part === lower[index])
  return weakEndings.has(ending) && isLower && !codeWords.has(lower[0] ?? '') ? 'public' : 'none'
}

/** Names turned round, as packages of Java and services of D-Bus have them (`org.example.it`), begin with a public ending. */
function strengthOfStrong(lower: readonly string[]): EndingKind | 'none' {
  const isTurned = lower.length > 2 && ['com', 'org', 'io', 'java', 'javax'].includes(lower[0] ?? '')
  return isTurned && (lower.at(-1) ?? '').length === 2 ? 'none' : 'public'
}
