import { isVariableName, kindOf, type WordKind } from './error-word-kind.ts'

/** A word of an error. `key` is what counts in a fingerprint, `shown` what a page shows; `isLiteral` is false for what differs from run to run. */
export type ErrorWord = { readonly key: string; readonly shown: string; readonly isLiteral: boolean; readonly isElastic: boolean }

/** The words of a text without control characters and double blanks. Neighbours that differ from run to run are one. */
export function readErrorWords(text: string): readonly ErrorWord[] {
  const words: ErrorWord[] = []
  let before = ''
  for (const word of text.split(' ')) {
    const read = readWord(word, before)
    before = read.isLiteral ? read.key : before
    const last = words.at(-1)
    if (read.key === '' && last !== undefined) words[words.length - 1] = { ...last, shown: `${last.shown} ${read.shown}` }
    else if (!read.isLiteral && last !== undefined && !last.isLiteral) words[words.length - 1] = join(last, read)
    else words.push(read)
  }
  return words
}

function join(one: ErrorWord, other: ErrorWord): ErrorWord {
  const shown = one.shown === other.shown ? one.shown : `${one.shown} ${other.shown}`
  return { key: one.key, shown, isLiteral: false, isElastic: one.isElastic || other.isElastic }
}

/** What stands around a word: matches the quotes and the colon of `'name':`. */
const wordForm = /^([^\p{L}\p{N}<$/~.+-]*)(.*?)([^\p{L}\p{N}>/$%+]*)$/u

function readWord(word: string, before: string): ErrorWord {
  const [, open = '', core = '', close = ''] = wordForm.exec(word) ?? []
  const isQuoted = quotes.test(open.slice(-1)) && quotes.test(close.slice(0, 1))
  const kind: WordKind | undefined = isQuoted || isVariableName(core, before) ? (kindOf(core, before) ?? 'name') : kindOf(core, before)
  if (kind === undefined) return { key: core.toLowerCase(), shown: word, isLiteral: core !== '', isElastic: false }
  return { key: '*', shown: `${open}<${kind}>${close}`, isLiteral: false, isElastic: elasticKinds.has(kind) || isQuoted }
}
const quotes = /["'`‘’“”«»]/u

/** What can be as long as a whole text. */
const elasticKinds: ReadonlySet<WordKind> = new Set(['path', 'url', 'file', 'name', 'hash'])

/** Room of the words that count, in characters, each that differs taken as `variableCharacters`: so no variant has lost one of them at the cut. */
const countedCharactersMax = 100
const variableCharacters = 30
const wordsBeforeMin = 3

/**
 * The words that decide the group. After three that say what failed, a path, address or name ends them: a longer one would have pushed the rest
 * out of the text. `isOpen` says that this is so, whether or not anything followed.
 */
export function significantWords(words: readonly ErrorWord[]): { readonly words: readonly ErrorWord[]; readonly isOpen: boolean } {
  let room = countedCharactersMax
  let literals = 0
  for (const [index, word] of words.entries()) {
    room -= (word.isLiteral ? word.key.length : variableCharacters) + 1
    if (room < 0 && index > 0) return { words: words.slice(0, index), isOpen: false }
    if (word.isElastic && literals >= wordsBeforeMin) return { words: words.slice(0, index + 1), isOpen: true }
    if (word.isLiteral && word.key.length > 1) literals += 1
  }
  return { words, isOpen: false }
}
