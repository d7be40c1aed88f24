import { absentValue, cellOfValue, type Dimension, dimensionRules, wordKindOf } from './dimension.ts'
import type { Words } from './words.ts'

/** A value as filters and pages write it. */
export function nameValue(dimension: Dimension, value: number, words: Words): string {
  if (value === absentValue) return 'unknown'
  const cell = cellOfValue(value)
  return dimensionRules[dimension].form === 'word' ? words.text(wordKindOf(dimension), cell) : String(cell)
}
