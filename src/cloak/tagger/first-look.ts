import { mix } from './hash.ts'
import { gateSize, type Model } from './model.ts'
import { contextStart, nothing, said, type Tokens } from './token.ts'

/** How many features the first look has. */
export const firstFeatureCount = 10

const places = new Int32Array(firstFeatureCount)

/**
 * Sums below it are not worth the second look: of the tokens that the second look would hide one in some hundreds is lost, and four of five are spared.
 * A plain word must promise more than what looks like a name or a secret by itself, of which there are fewer, and more of them are hidden.
 */
export const firstLookMin = { plain: -30, odd: -60 } as const

/** What the first look says of a token, from a tenth of the features; `key` is the word of the last key on its line. */
export function firstLook({ gate }: Model, tokens: Tokens, number: number, key: number): number {
  readFirstFeatures(tokens, number, key, places)
  let sum = 0
  for (let index = 0; index < firstFeatureCount; index += 1) sum += gate[places[index] ?? 0] ?? 0
  return sum
}

/** Writes the places of the features in the table. */
export function readFirstFeatures(tokens: Tokens, number: number, key: number, features: Int32Array): void {
  const { count, start, end, exact, shape, look, familiarity, gap, apart, first } = tokens
  const lineFirst = first[number] ?? 0
  const hasNext = number + 1 < count && apart[number + 1] !== 2
  const floor = contextStart(tokens, number)
  const before = number > floor ? said(tokens, number - 1) : nothing
  const gapLeft = gap[number] ?? 0
  const gapRight = hasNext ? (gap[number + 1] ?? 0) : nothing
  const length = Math.min(10, (end[number] ?? 0) - (start[number] ?? 0))
  const mask = gateSize - 1
  features[0] = mix(0, exact[number] ?? 0, 0) & mask
  features[1] = mix(1, familiarity[number] ?? 0, (look[number] ?? 0) * 16 + length) & mask
  features[2] = mix(2, shape[number] ?? 0, 0) & mask
  features[3] = mix(3, before, gapLeft) & mask
  features[4] = mix(4, gapLeft, gapRight) & mask
  features[5] = mix(5, hasNext ? said(tokens, number + 1) : nothing, gapRight) & mask
  features[6] = mix(6, key, 0) & mask
  features[7] = mix(7, before, 0) & mask
  features[8] = mix(8, lineFirst < number ? said(tokens, lineFirst) : 0, Math.min(3, number - lineFirst)) & mask
  features[9] = mix(9, number > floor + 1 ? said(tokens, number - 2) : nothing, 0) & mask
}
