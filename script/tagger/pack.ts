import { placeCount, weightUnit, weightZero, wordsPerPlace } from '../../src/cloak/tagger/model.ts'
import { bucketOf, printOf } from '../../src/cloak/tagger/score.ts'
import { tagClasses, weightCount } from '../../src/cloak/tagger/tag-class.ts'
import type { Learned } from './learn.ts'

/** Weights smaller than this in all classes change nothing that counts. */
const weightMin = 0.12

/** Puts the weights into buckets of two, those first that many tokens have; where a bucket is full the rarer feature is lost. */
export function packWeights({ rowOf, weights, counts }: Learned): {
  readonly prints: Uint16Array
  readonly weights: Int32Array
  readonly lost: number
} {
  const prints = new Uint16Array(placeCount)
  const packed = new Uint8Array(4 * wordsPerPlace * placeCount).fill(weightZero)
  let lost = 0
  const features = [...rowOf].filter(([, row]) => largest(weights, row) >= weightMin)
  for (const [feature, row] of features.toSorted((one, other) => (counts[other[1]] ?? 0) - (counts[one[1]] ?? 0))) {
    const place = [bucketOf(feature), bucketOf(feature) + 1].find((free) => prints[free] === 0)
    if (place === undefined) {
      lost += 1
      continue
    }
    prints[place] = printOf(feature)
    const first = row * tagClasses.length
    for (let kind = 1; kind <= weightCount; kind += 1)
      packed[4 * wordsPerPlace * place + kind - 1] = weightZero + wholeOf(against(weights, first, kind))
  }
  return { prints, weights: new Int32Array(packed.buffer), lost }
}

function largest(weights: Float32Array, row: number): number {
  const first = row * tagClasses.length
  return Math.max(...Array.from({ length: weightCount }, (_, kind) => Math.abs(against(weights, first, kind + 1))))
}

/** The weight of a class against that of `other`. */
function against(weights: Float32Array, first: number, kind: number): number {
  return (weights[first + kind] ?? 0) - (weights[first] ?? 0)
}

function wholeOf(weight: number): number {
  return Math.max(-127, Math.min(127, Math.round(weight * weightUnit)))
}
