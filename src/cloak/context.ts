import { alphanumeric, isIn, isSign } from './character.ts'
import { isOneOf, makeWordSet, type WordSet } from './word-set.ts'

/** How far before a match a word is looked for that speaks for it, in UTF-16 units. */
const contextReach = 64
/** How many words before a match count. */
const contextWordsMax = 5

/** A word with its hyphens: matches `travel`, `driver's`, `ust-idnr`. */
const wordForm = /[\p{L}\p{N}][\p{L}\p{N}'-]*/gu

/** The first word of a list that stands among the last five before a place; of two words ("driver license") both must. Whole words only: `us` is not in `user`. */
export function contextBefore(text: string, start: number, words: readonly string[]): string | undefined {
  const { begins, padded } = preparedOf(words)
  if (!maySay(text, start, begins)) return undefined
  const before = text.slice(Math.max(0, start - contextReach), start).toLowerCase()
  const said = (before.match(wordForm) ?? []).slice(-contextWordsMax)
  const joined = ` ${said.flatMap((word) => (word.includes('-') ? [word, ...word.split('-')] : [word])).join(' ')} `
  return words[padded.findIndex((word) => joined.includes(word))]
}

/** What a list is looked up by: the letters of ASCII that its words begin with, and the words between blanks. */
type Prepared = { readonly begins: WordSet; readonly padded: readonly string[] }

/** By the list itself: lists are those of the recognizers, so they are few. */
const prepared = new Map<readonly string[], Prepared>()

function preparedOf(words: readonly string[]): Prepared {
  const known = prepared.get(words)
  if (known !== undefined) return known
  const made = { begins: makeWordSet(words.map((word) => /[a-z0-9]+/.exec(word)?.[0] ?? '')), padded: words.map((word) => ` ${word} `) }
  prepared.set(words, made)
  return made
}

/** Beyond it, and at the capital I with a dot, small letters of other scripts become ones of ASCII. */
const scriptsEnd = 0x2000
const dottedCapital = 0x130

/**
 * A first look that cuts nothing out and tells nearly all places: whether one of the last words, each taken apart at what is no letter or digit of ASCII,
 * has a part that a word of the list begins with.
 */
function maySay(text: string, start: number, begins: WordSet): boolean {
  const from = Math.max(0, start - contextReach)
  let words = 0
  let isCounted = false
  for (let end = start; end > from; ) {
    let partStart = end
    while (partStart > from && isIn(text, partStart - 1, alphanumeric)) partStart -= 1
    if (partStart < end) {
      if (isOneOf(begins, text, partStart, end)) return true
      if (!isCounted) words += 1
      isCounted = true
      end = partStart
      continue
    }
    end -= 1
    const code = text.charCodeAt(end)
    if (code >= scriptsEnd || code === dottedCapital) return true
    if (code >= 0x80 || isSign(text, end, "'-")) continue
    isCounted = false
    if (words === contextWordsMax) return false
  }
  return false
}
