import { absentValue, type Dimension, dimensionRules, valueOfCell, wordKindOf } from './dimension.ts'
import type { Words } from './words.ts'

/** What an absent value reads as. A run that said so itself reads alike. */
const unknownText = 'unknown'

/** What runs have that are meant by a text of a dimension's filter; empty where no run ever had it. */
export function valuesOf(words: Words, name: Dimension, text: string): readonly number[] {
  if (dimensionRules[name].form === 'word') return valuesOfText(words, wordKindOf(name), text)
  if (text === unknownText) return [absentValue]
  return numberForm.test(text) ? [valueOfCell(Number(text))] : []
}

/** Matches 0 and 512; not 012, -1 or 1e3. */
const numberForm = /^(?:0|[1-9]\d{0,9})$/

/** The same for a word of any kind. */
export function valuesOfText(words: Words, kind: string, text: string): readonly number[] {
  const value = valueOfWord(words, kind, text)
  return [...(text === unknownText ? [absentValue] : []), ...(value === undefined ? [] : [value])]
}

/** What runs have that say a word; nothing where none ever did. */
export function valueOfWord(words: Words, kind: string, text: string): number | undefined {
  const code = words.find(kind, text)
  return code === undefined ? undefined : valueOfCell(code)
}
