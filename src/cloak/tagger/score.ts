import { type Model, placeCount, weightUnit, weightZero, wordsPerPlace } from './model.ts'
import { tagClasses, weightCount } from './tag-class.ts'

const sums = new Int32Array(1 + 4 * wordsPerPlace)
const shares = new Float64Array(tagClasses.length)

const bucketMask = placeCount / 2 - 1

/** Where the bucket of a feature begins, of two places. */
export function bucketOf(feature: number): number {
  return (feature & bucketMask) * 2
}

/** What is kept of a feature's hash, never 0. */
export function printOf(feature: number): number {
  return (feature >>> 16) | 1
}

/** Every second byte of a number, with room for a sum of 256 of them. */
const lanes = 0x00ff_00ff

/**
 * How likely a token is of each class, by its features, of which there are fewer than 256; the sum is 1. The next call writes into the same array.
 * Two weights are added by one addition: the lower and the upper half of a number never meet.
 */
export function classify({ prints, weights }: Model, features: Int32Array, count: number): Float64Array {
  let even0 = 0
  let even1 = 0
  let even2 = 0
  let even3 = 0
  let odd0 = 0
  let odd1 = 0
  let odd2 = 0
  let odd3 = 0
  let known = 0
  for (let number = 0; number < count; number += 1) {
    const feature = features[number] ?? 0
    const print = printOf(feature)
    let place = bucketOf(feature)
    if (prints[place] !== print) {
      place += 1
      if (prints[place] !== print) continue
    }
    known += 1
    const first = place * wordsPerPlace
    const word0 = weights[first] ?? 0
    const word1 = weights[first + 1] ?? 0
    const word2 = weights[first + 2] ?? 0
    const word3 = weights[first + 3] ?? 0
    even0 = (even0 + (word0 & lanes)) | 0
    odd0 = (odd0 + ((word0 >>> 8) & lanes)) | 0
    even1 = (even1 + (word1 & lanes)) | 0
    odd1 = (odd1 + ((word1 >>> 8) & lanes)) | 0
    even2 = (even2 + (word2 & lanes)) | 0
    odd2 = (odd2 + ((word2 >>> 8) & lanes)) | 0
    even3 = (even3 + (word3 & lanes)) | 0
    odd3 = (odd3 + ((word3 >>> 8) & lanes)) | 0
  }
  const zero = known * weightZero
  setSums(1, even0, odd0, zero)
  setSums(5, even1, odd1, zero)
  setSums(9, even2, odd2, zero)
  setSums(13, even3, odd3, zero)
  return softmax()
}

/** Four sums out of two numbers. */
function setSums(first: number, even: number, odd: number, zero: number): void {
  sums[first] = (even & 0xffff) - zero
  sums[first + 1] = (odd & 0xffff) - zero
  sums[first + 2] = (even >>> 16) - zero
  sums[first + 3] = (odd >>> 16) - zero
}

function softmax(): Float64Array {
  let highest = 0
  for (let kind = 1; kind <= weightCount; kind += 1) highest = Math.max(highest, sums[kind] ?? 0)
  let total = 0
  for (let kind = 0; kind <= weightCount; kind += 1) {
    const share = Math.exp(((kind === 0 ? 0 : (sums[kind] ?? 0)) - highest) / weightUnit)
    shares[kind] = share
    total += share
  }
  for (let kind = 0; kind <= weightCount; kind += 1) shares[kind] = (shares[kind] ?? 0) / total
  return shares
}
