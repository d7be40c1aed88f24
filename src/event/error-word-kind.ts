/** The kind of a word that differs from run to run; undefined for one that says what happened. `before` is the last word that does. */
export function kindOf(core: string, before: string): string | undefined {
  if (core === '' || namesAnError(core, before)) return undefined
  const label = /<([a-z][a-z0-9-]{0,13})>/iu.exec(core)?.[1]?.toLowerCase()
  const kind = kinds.find(([, form]) => form.test(core))?.[0]
  if (label === undefined) return kind
  return kind === 'url' || kind === 'path' ? kind : label
}

/** What can be as long as a whole text. */
export const elasticKinds: ReadonlySet<string> = new Set(['path', 'url', 'file', 'unit', 'name', 'pkg'])

/** Words that belong to the number or time before them. */
export const units: ReadonlySet<string> = new Set([
  ...['b', 'byte', 'bytes', 'k', 'kb', 'mb', 'gb', 'tb', 'kib', 'mib', 'gib', 'tib', 'kb/s', 'mb/s', 'percent'],
  ...[
    'ms',
    'millisecond',
    'milliseconds',
    's',
    'sec',
    'secs',
    'second',
    'seconds',
    'm',
    'min',
    'mins',
    'minute',
    'minutes',
    'h',
    'hour',
    'hours',
    'day',
    'days',
  ],
  ...['am', 'pm', 'utc', 'gmt', 'cet', 'cest'],
])

const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}'

/** Dates of several words: matches `Mon Aug 4 12:00:05 UTC 2026` and `4 August 2026`; must not match `may fail`. */
export const dates = new RegExp(
  String.raw`\b(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(?:${month} \d{1,2}|\d{1,2} ${month})\b(?:,? \d{4}\b)?(?:,? \d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?)?(?: (?:utc|gmt|[cw]?es?t|[ecmp][sd]t|msk|[ij]st|bst|[+-]\d{4})\b)?(?: \d{4}\b)?`,
  'giu',
)

/** After these a number of up to three digits says which error it is. */
const codeIntroducers: ReadonlySet<string> = new Set(['code', 'status', 'error', 'errno', 'signal', 'http', 'curl', 'returned', 'wget'])

/** Matches `E404`, `HTTP/1.1`, `requests.exceptions.SSLError`; must not match `E4040`. */
const codeForm = /^(?:E\d{3}|HTTP\/[\d.]+|[\w.]+(?:error|exception|failure))$/iu

function namesAnError(core: string, before: string): boolean {
  return codeForm.test(core) || (/^\d{1,3}$/u.test(core) && codeIntroducers.has(before.replace(/^\w*_|\/[\d.]+$/gu, '')))
}

/** Whether a word is the name of a package, by the word before it. */
export function isPackage(core: string, before: string): boolean {
  return packageIntroducers.has(before) && /^[a-z0-9]/iu.test(core) && !noPackage.test(core)
}
const packageIntroducers: ReadonlySet<string> = new Set(['package', 'packages', 'requirement', 'depends', 'crate', 'gem'])

/** What follows the word `package` without being its name. */
const noPackage =
  /^(?:is|are|was|were|has|have|had|not|no|could|cannot|can't|will|would|must|managers?|lists?|cache|index|database|names?|files?|failed|for|from|and|or|in|to|of|on|at|with|that|which|depends|installation|repository|sources?|system|configuration|dependency|dependencies|version|error|install|update|json|does|doesn't|found)$/iu

const fileEnding =
  'deb|rpm|apk|tgz|tar|t?[gbx]z2?|zst|zip|sh|bash|func|py|js|mjs|cjs|ts|json|ya?ml|toml|conf|cfg|ini|env|lock|log|txt|md|xml|html?|php|rb|go|rs|c|h|cpp|o|so|a|jar|war|class|whl|db|sqlite|sql|img|iso|qcow2|raw|vmdk|pem|crt|key|gpg|asc|sig|list|sources|pid|sock|tmp|bak|cache|vars'

/** Forms of what differs, the most particular first. */
const kinds: readonly (readonly [string, RegExp])[] = [
  ['url', /^[a-z][a-z0-9+.-]{1,15}:\/\//iu],
  ['ip', /^\[?(?:\d{1,3}(?:\.(?:\d{1,3}|x)){3}|(?=[^.]*:[^.]*:)[0-9a-f:]{3,39}(?:%\w+)?)\]?(?:[:/]\d+)?$/iu],
  ['time', /^\d{4}-\d\d-\d\d|^\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?$/u],
  ['n', /^[#v]?[+-]?\d[\d.,:/x-]*(?:%|[a-z]{1,3}(?:\/s)?)?$/iu],
  ['path', /^(?:[/~]|\.{1,2}\/|\$\{?\w+\}?\/|[a-z]:\\|\\\\)/iu],
  ['name', /^\$\{?\w/u],
  ['hash', /^(?:sha\d+:|md5:)?[0-9a-f]{32,}$/iu],
  ['pkg', /^@?[\w.+/-]+(?:\[[\w,-]+\])?(?:(?:[=~<>!]=|@[\^~]?)v?\d|=\d+[.:])/iu],
  ['unit', /^[\w.@<>\\-]+\.(?:service|socket|timer|mount|target)$/iu],
  ['file', new RegExp(String.raw`^[\w.+~@<>%-]+\.(?:${fileEnding})(?::\d+)*$`, 'iu')],
  ['host', /^(?:[a-z0-9_-]+\.)+[a-z]{2,}(?::\d+)?$/iu],
  ['id', /^(?=\S*\d)[\w.:@#+~=-]{2,}$/u],
  ['id', /^[a-f]{7,}$/iu],
  ['file', /^tmp\.\w+$/iu],
  ['hidden', /<[a-z][a-z0-9-]{0,13}>/iu],
  ['path', /^[\w.@:+~-]+(?:\/[\w.@:+~-]+)+$/u],
]
