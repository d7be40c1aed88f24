import { codesOf } from '../../src/cloak/codes.ts'
import { endsKey } from '../../src/cloak/tagger/feature.ts'
import { firstFeatureCount, readFirstFeatures } from '../../src/cloak/tagger/first-look.ts'
import { gateSize } from '../../src/cloak/tagger/model.ts'
import { readTokens } from '../../src/cloak/tagger/read-tokens.ts'
import { stayingTags, tagClasses } from '../../src/cloak/tagger/tag-class.ts'
import { looks, said } from '../../src/cloak/tagger/token.ts'
import type { Vocabulary } from '../../src/cloak/tagger/vocabulary.ts'
import { kindsOf } from './example.ts'
import { shuffle } from './learn.ts'
import type { TrainingText } from './training-text.ts'

/** What is lost at the first look counts as much as so many tokens that are looked at in vain. */
const lossWeight = 5
const rounds = 5
const rate = 0.05
/** A weight of 1 in whole numbers. */
const gateUnit = 20

const stays = new Set(stayingTags.map((tag) => tagClasses.indexOf(tag)))

type Look = { readonly places: Int32Array; readonly isHidden: boolean }

/** Fits the first look: a logistic regression of whether a token is hidden at all. */
export function learnGate(texts: readonly TrainingText[], vocabulary: Vocabulary, chance: () => number): Int8Array {
  const all = texts.flatMap((text) => looksOf(text, vocabulary))
  const weights = new Float32Array(gateSize)
  const squares = new Float32Array(gateSize).fill(1e-3)
  const order = Uint32Array.from(all, (_, number) => number)
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, chance)
    for (const number of order) {
      const { places, isHidden } = all[number] as Look
      let sum = 0
      for (const place of places) sum += weights[place] ?? 0
      const gradient = (1 / (1 + Math.exp(-sum)) - Number(isHidden)) * (isHidden ? lossWeight : 1)
      for (const place of places) {
        const square = (squares[place] ?? 0) + gradient * gradient
        squares[place] = square
        weights[place] = (weights[place] ?? 0) - (rate * gradient) / Math.sqrt(square)
      }
    }
  }
  return Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight * gateUnit))))
}

function looksOf({ text, spans }: TrainingText, vocabulary: Vocabulary): readonly Look[] {
  const tokens = readTokens(text, codesOf(text), { from: 0, to: text.length }, vocabulary)
  const kinds = kindsOf(tokens, spans)
  let key = 0
  return kinds.flatMap((kind, number) => {
    if (tokens.first[number] === number) key = 0
    const places = new Int32Array(firstFeatureCount)
    readFirstFeatures(tokens, number, key, places)
    if (endsKey(text, tokens.end[number] ?? 0)) key = said(tokens, number)
    return ((tokens.look[number] ?? 0) & looks.label) !== 0 ? [] : [{ places, isHidden: !stays.has(kind) }]
  })
}
