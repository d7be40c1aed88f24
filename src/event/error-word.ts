import { dates, elasticKinds, isPackage, kindOf, units } from './error-word-kind.ts'

/**
 * A word of an error. `key` is what counts in a fingerprint, `shown` what a page shows; `isLiteral` is false for what differs from run to run.
 * `isElastic`: it can be as long as a whole text.
 */
export type ErrorWord = {
  readonly key: string
  readonly shown: string
  readonly isLiteral: boolean
  readonly isElastic: boolean
  /** The room the longest variant takes, in characters. */
  readonly room: number
}

/** The words of a text that has single blanks only. Neighbours that differ from run to run are one; signs alone belong to the word before them. */
export function readErrorWords(text: string): readonly ErrorWord[] {
  const plain = text
    .replace(/[‘’`´]/gu, "'")
    .replace(/[“”«»]/gu, '"')
    .replace(dates, '<time>')
    .replace(opening, '$& ')
  const words: ErrorWord[] = []
  let before = ''
  let at = 0
  for (const word of plain.split(' ')) {
    at += word.length + 1
    const read = readWord(word, { before, rest: plain.slice(at), isAfterVariable: words.at(-1)?.isLiteral === false })
    if (read.isLiteral) before = read.key
    push(words, read)
  }
  return words
}

/** A call or setting before its first value, which is a word of its own: matches `Pool(` of `Pool(host='a')` and then `host=`; must not match `error(s)`, `/?a=b`. */
const opening = /(?<=^|[\s(])[a-z_][\w.]*(?:[(=](?=["'(</]|[a-z_]{2})|=(?=\d+(?![\w.:])))/giu

/** Puts the words together as a page shows them. */
export function showWords(words: readonly ErrorWord[]): string {
  const text = words.map(({ shown }) => shown).join(' ')
  return text.replace(/(?<=\w[(=]) /gu, '')
}

function push(words: ErrorWord[], read: ErrorWord): void {
  const last = words.at(-1)
  if (read.key !== '' && (read.isLiteral || last === undefined || last.isLiteral)) words.push(read)
  else if (last !== undefined)
    words[words.length - 1] = {
      ...last,
      shown: joinShown(last, read),
      isElastic: last.isElastic || read.isElastic,
      room: Math.max(last.room, read.room),
    }
}

function joinShown(last: ErrorWord, read: ErrorWord): string {
  return read.shown === '' || last.shown === read.shown ? last.shown : `${last.shown} ${read.shown}`
}

/** `before` is the last literal word, `rest` the text behind the word. */
type Surroundings = { readonly before: string; readonly rest: string; readonly isAfterVariable: boolean }

/** What stands around a word: matches the signs of `'name':` and `(22)`; leaves a path its slashes and a label its brackets. */
const wordForm = /^([^\p{L}\p{N}<$/~.\\+-]*)(.*?)([^\p{L}\p{N}>/\\%]*)$/u

function readWord(word: string, { before, rest, isAfterVariable }: Surroundings): ErrorWord {
  if (word === divider) return { key: '', shown: word, isLiteral: false, isElastic: false, room: 0 }
  const [, open = '', core = '', close = ''] = wordForm.exec(word) ?? []
  if (isAfterVariable && units.has(core.toLowerCase())) return { key: '', shown: '', isLiteral: false, isElastic: false, room: 0 }
  const isQuoted = isName(core, { open, close, rest })
  const kind = isPackage(core, before) ? 'pkg' : (kindOf(core, before) ?? (isQuoted ? 'name' : undefined))
  if (kind !== undefined) {
    const room = kind === 'hash' ? hashCharacters : variableCharacters
    return { key: '*', shown: `${open}<${kind}>${close}`, isLiteral: false, isElastic: isQuoted || elasticKinds.has(kind), room }
  }
  const key = core.replace(processNumber, '').toLowerCase()
  return { key, shown: word.replace(processNumber, '[<n>]'), isLiteral: key !== '', isElastic: false, room: word.length }
}

/** Between two blanks it stands for `or`, as in `broken packages / dependency problems`; the root of a file system comes with a sign, as in `mount: /: busy`. */
const divider = '/'

/** Room of a word that differs, and of `sha256:` with its 64 digits. What is elastic can be longer still. */
const variableCharacters = 30
const hashCharacters = 71

/** Matches the number in `systemd[1]`. */
const processNumber = /\[\d+(?:\]|$)/gu

/** A single word in quotes. The closing one may be lost at the cut; where it comes later, the quoted text is a message. */
function isName(core: string, { open, close, rest }: { open: string; close: string; rest: string }): boolean {
  const quote = open.at(-1) ?? ''
  if (core === '' || quote === '' || !`'"`.includes(quote) || /^E[A-Z_]{3,}$/u.test(core)) return false
  return close.startsWith(quote) || !rest.includes(quote)
}

/** Room of the words that count. What the text has beyond it is for doubled blanks and signs: no variant has lost a word that counts at the cut. */
const countedCharactersMax = 100
const wordsBeforeMin = 3

/**
 * The words that decide the group. After three that say what failed, a path, address or name ends them: a longer one pushes the rest out of
 * the text. `isOpen` says that they ended so, whether or not anything followed.
 */
export function significantWords(words: readonly ErrorWord[]): { readonly words: readonly ErrorWord[]; readonly isOpen: boolean } {
  let room = countedCharactersMax
  let literals = 0
  for (const [index, { isLiteral, isElastic, key, room: taken }] of words.entries()) {
    room -= taken + 1
    if (room < 0 && index > 0) return { words: words.slice(0, index), isOpen: false }
    if (isElastic && literals >= wordsBeforeMin) return { words: words.slice(0, index + 1), isOpen: true }
    if (isLiteral && key.length > 1) literals += 1
  }
  return { words, isOpen: false }
}
