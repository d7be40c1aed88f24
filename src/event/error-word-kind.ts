/** What a word of an error is when it differs from run to run. */
export type WordKind = 'n' | 'version' | 'time' | 'id' | 'hash' | 'ip' | 'host' | 'path' | 'url' | 'file' | 'name' | 'pkg' | 'hidden'

/** The kind of a word that differs from run to run; undefined for one that says what happened. `before` is the literal word before it. */
export function kindOf(core: string, before: string): WordKind | undefined {
  if (core === '' || codeWords.test(core)) return undefined
  if (/^\d{1,3}$/u.test(core) && codeIntroducers.has(before)) return undefined
  return kinds.find(([, form]) => form.test(core))?.[0]
}

/** Whether a word is the name of a package, by the word before it. */
export function isVariableName(core: string, before: string): boolean {
  return packageIntroducers.has(before) && !notAName.test(core)
}

/** Words that name an error by a number or in capitals: matches `E404`, `ENOENT`; must not match `E2E5`. */
const codeWords = /^(?:E\d{3}|E[A-Z]{3,14})$/u

/** After these a short number says which error it is. */
const codeIntroducers: ReadonlySet<string> = new Set(['code', 'status', 'error', 'errno', 'signal', 'http', 'curl', 'returned'])
const packageIntroducers: ReadonlySet<string> = new Set(['package', 'packages', 'requirement', 'depends'])
const notAName =
  /^(?:is|are|was|were|has|have|had|not|manager|managers|lists?|cache|index|database|name|file|files|failed|for|from|and|or|in|to|of|with|that|which|installation|repository|sources?|system|configuration|version|error|could|cannot)?$/iu

/** Forms of what differs, the most particular first. */
const kinds: readonly (readonly [WordKind, RegExp])[] = [
  ['url', /^[a-z][a-z0-9+.-]{1,15}:\/\//iu],
  ['ip', /^\d{1,3}(?:\.(?:\d{1,3}|x)){3}(?:[:/]\d+)?$/iu],
  ['path', /^(?:[/~]|\.{1,2}\/|\$\{?\w+\}?\/|[a-z]:\\|\\\\)/iu],
  ['hidden', /^<[a-z0-9-]{1,14}>/iu],
  ['time', /^\d{4}-\d\d-\d\d|^\d{1,2}:\d\d(?::\d\d)?/u],
  ['n', /^[+-]?\d[\d.,]*(?:%|[a-z]{1,3})?$/iu],
  ['hash', /^(?:sha\d+:)?[0-9a-f]{32,}$/iu],
  ['id', /^(?=[^\s]*\d)[0-9a-z_.:@-]{4,}$/iu],
  ['path', /\//u],
]
