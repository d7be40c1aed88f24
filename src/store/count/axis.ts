import { absentValue, cellOfValue, type Dimension, dimensionRules, valueOfCell, wordKindOf } from '../dimension.ts'
import { nameValue } from '../value-name.ts'
import type { Words } from '../words.ts'

/** What to break down by: a dimension, or the type or source that every count has. */
export type AxisName = Dimension | 'source' | 'type'

/** The value of the word `unknown`, which reads like an absent one, where an axis has that word. */
export function unknownValueOf(name: AxisName, words: Words): number {
  if (name === 'source' || name === 'type' || dimensionRules[name].form === 'number') return absentValue
  return valueOfCell(words.find(wordKindOf(name), 'unknown'))
}

/** A value of an axis as filters and pages write it. */
export function nameOnAxis(name: AxisName, value: number, words: Words): string {
  if (name === 'type') return words.text('type', cellOfValue(value))
  return name === 'source' ? words.text('repo_source', cellOfValue(value)) : nameValue(name, value, words)
}
