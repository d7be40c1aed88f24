import { type Ending, type EndingKind, endingOf } from './domain-ending.ts'

/**
 * What a dotted name is by itself. `proof` is what it takes for that to be true: nothing, that nothing around it speaks against a host,
 * or words around it that speak of one; of a `file` they must leave no doubt.
 */
export type NameForm = { readonly kind: EndingKind | 'none'; readonly proof: Proof; readonly isFile: boolean }
export type Proof = 'nothing' | 'no-path' | 'words'

const noHost: NameForm = { kind: 'none', proof: 'nothing', isFile: false }

/** Reads the parts of a name, in their own case, at least two. */
export function formOf(parts: readonly string[]): NameForm {
  const lower = parts.map((part) => part.toLowerCase())
  const ending = endingOf(lower)
  if (!ending) return noHost
  if (ending.kind === 'internal' && ending.weight === 'sure') return { kind: 'internal', proof: 'nothing', isFile: false }
  if (!/[a-z]|[^\0-\x7f]/.test(lower.at(-2) ?? '')) return noHost
  return { kind: ending.kind, proof: proofOf(parts, lower, ending), isFile: ending.weight === 'file' || ending.weight === 'extension' }
}

function proofOf(parts: readonly string[], lower: readonly string[], { kind, weight }: Ending): Proof {
  const last = lower.at(-1) ?? ''
  const isLower = parts.every((part, index) => part === lower[index])
  const isOneCase = parts.at(-1) === last || parts.every((part) => part === part.toUpperCase())
  if (weight === 'sure') return (isOneCase || last === 'com') && !isTurned(lower) ? 'nothing' : 'words'
  if (weight === 'file' && isOneCase && lower.length > 2 && isBelowCountry(last, lower.at(-2) ?? '')) return 'nothing'
  if (!isLower || weight === 'extension') return 'words'
  if (weight === 'name' && !codeWords.has(lower[0] ?? '') && (kind === 'public' || (isLong(lower) && !ofCode(lower)))) return 'nothing'
  return lower.length > 2 && !ofCode(lower) && isLong(lower) ? 'no-path' : 'words'
}

/** Names turned round, as packages of Java and services of D-Bus have them (`org.example.it`), begin with a public ending. */
function isTurned(lower: readonly string[]): boolean {
  return lower.length > 2 && turned.has(lower[0] ?? '') && (lower.at(-1) ?? '').length === 2
}
const turned = new Set(['com', 'org', 'io', 'java', 'javax'])
/** More than those begin names that end with a word. */
const turnedWords = new Set('com net org io java javax jakarta edu gov eu uk us de fr ch at nl fi'.split(' '))

/** Whether the last two parts are of a country that registers names below such ones, or of one whose names are seen more often than its files. */
function isBelowCountry(last: string, second: string): boolean {
  return secondLevels.has(second) || ((last === 'pl' || last === 'pt') && !fileWords.has(second) && !propertyWords.has(second))
}
const secondLevels = new Set(['com', 'net', 'org', 'gov', 'edu', 'co', 'ac', 'waw'])

/** Whether the part that somebody chose is long enough to be no abbreviation, language or architecture (`readme.de.md`). */
function isLong(lower: readonly string[]): boolean {
  return (lower.at(-2) ?? '').length > 2 || secondLevels.has(lower.at(-2) ?? '')
}

/** Whether a part before the last is one of code, settings or files; the first may also be what machines are called like. */
function ofCode(lower: readonly string[]): boolean {
  if (turnedWords.has(lower[0] ?? '')) return true
  return lower.slice(0, -1).some((part, index) => {
    if (index === 0 && lower.length > 2 && machineWords.has(part)) return false
    return codeWords.has(part) || propertyWords.has(part) || fileWords.has(part) || /^\d|\d\d\d/.test(part)
  })
}

/** First parts of names in code and settings; a host is not called like that. */
const codeWords = new Set([
  ...'self this cls super app os sys logger log logging console process module window document config'.split(' '),
  ...'ctx req res request response system user java javax jdk sun com org net io kernel vm fs'.split(' '),
  ...'path file data node obj object item event err error e args opts options settings flask django'.split(' '),
  ...'std core math np torch tf pkg package project target build test row record env db model'.split(' '),
  ...'spring server client session state props params entry asyncio subprocess uvicorn fastapi django nextjs'.split(' '),
])

/** Further words of names in code and settings, for endings that are words themselves. */
const propertyWords = new Set([
  ...'prototype function array string number boolean symbol promise import meta exports require global globals context ref value'.split(
    ' ',
  ),
  ...'metadata spec status template labels annotations services service volumes networks containers container image cluster index'.split(
    ' ',
  ),
  ...'management application datasource jpa hibernate servlet endpoint endpoints health metrics actuator properties property'.split(' '),
  ...'traefik docker http https tcp udp routers middlewares caddy homepage diun compose safe init remote branch credential'.split(' '),
  ...'google azure mgmt aws boto botocore torch tensorflow numpy scipy pandas sklearn sqlalchemy alembic aiohttp tornado twisted'.split(
    ' ',
  ),
  ...'celery discord telegram homeassistant components contrib importlib setuptools distutils command pip email mime xml html json'.split(
    ' ',
  ),
  ...'github gitlab component element button input form field fields column columns table users accounts author customer customers'.split(
    ' ',
  ),
  ...'parent child children root token frame df series tensor layer layers request session cookie cookies header headers body'.split(' '),
  ...'message messages validation auth key keys default network networking transport discovery elasticsearch kibana kafka producer'.split(
    ' ',
  ),
  ...'consumer listener listeners bootstrap retention replication zookeeper broker plugin plugins theme i18n locale lang translations'.split(
    ' ',
  ),
  ...'android androidx kotlin kotlinx scala groovy akka netty reactor apache freedesktop gnome kde mozilla lodash regexp'.split(' '),
  ...'vnd pygments chalk elem tag styles shape curve hash requirement constructor iterator type types class method instance result results list map set rows view controller router route routes store stores'.split(
    ' ',
  ),
])

/** Parts of file names that stand before the ending. */
const fileWords = new Set([
  ...'html htm css scss less js mjs cjs ts tsx jsx vue svelte min map d c h cc cpp cxx hpp hh o a so tar gz xz bz2 zst zip txt md rst yml'.split(
    ' ',
  ),
  ...'yaml json json5 toml ini cfg conf config env sh bash zsh fish py pyc rb php pl pm t sql xml svg png in am ac m4 spec tests mock mocks'.split(
    ' ',
  ),
  ...'unit integration e2e stories story module component socket timer mount desktop exe dll deb rpm apk log logs bak orig old sample dist'.split(
    ' ',
  ),
  ...'tmp temp tmpl tpl override prod production development staging release debug src lib index main setup install installer build'.split(
    ' ',
  ),
  ...'common base utils util helpers helper constants schema schemas migrations migration linux windows darwin win32 macos ios arm64 amd64'.split(
    ' ',
  ),
  ...'test example local localhost bootstrap deploy deployment update upgrade start run docs readme changelog pom gradle lock'.split(' '),
])

/** Words of code that machines are called like too. */
const machineWords = new Set(
  'app server db node test data file files project build log logs env client dev auth http docker gitlab docs email'.split(' '),
)
