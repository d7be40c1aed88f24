/** How far before a match a word is looked for that speaks for it, in UTF-16 units. */
const contextReach = 64
/** How many words before a match count. */
const contextWordsMax = 5

/** A word with its hyphens: matches `travel`, `driver's`, `ust-idnr`. */
const wordForm = /[\p{L}\p{N}][\p{L}\p{N}'-]*/gu

/** The first word of a list that stands among the last five before a place; of two words ("driver license") both must. Whole words only: `us` is not in `user`. */
export function contextBefore(text: string, start: number, words: readonly string[]): string | undefined {
  const before = text.slice(Math.max(0, start - contextReach), start).toLowerCase()
  const said = (before.match(wordForm) ?? []).slice(-contextWordsMax)
  const joined = ` ${said.flatMap((word) => (word.includes('-') ? [word, ...word.split('-')] : [word])).join(' ')} `
  return words.find((word) => joined.includes(` ${word} `))
}
