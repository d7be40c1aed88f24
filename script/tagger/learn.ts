import { tagClasses } from '../../src/cloak/tagger/tag-class.ts'
import type { Example } from './example.ts'

/** What each feature says for each class, as log-odds against the others: rows of as many weights as there are classes. */
export type Learned = { readonly rowOf: ReadonlyMap<number, number>; readonly weights: Float32Array; readonly counts: Uint32Array }

const classes = tagClasses.length
const rounds = 5
/** The weights at the end of each round but the first ones are averaged: they find as much and damage less than the last alone (Polyak and Juditsky). */
const firstAveraged = 1
const rate = 0.05
const decay = 1e-5
/** A feature is left out that often, so that none is relied on alone. */
const dropped = 0.25
/** A feature that one token alone has teaches nothing of others. */
const tokensMin = 2
/** An example that is as sure as this is left alone. */
const surely = 0.999

/** Fits a multinomial logistic regression by stochastic gradient descent with rates of AdaGrad (Duchi, Hazan, Singer) and dropout. */
export function learn(examples: readonly Example[], chance: () => number): Learned {
  const counts = countFeatures(examples)
  const rowOf = new Map([...counts].filter(([, count]) => count >= tokensMin).map(([feature], row) => [feature, row]))
  const rows = examples.map(({ features }) => Int32Array.from(features, (feature) => rowOf.get(feature) ?? -1).filter((row) => row >= 0))
  const weights = new Float32Array(rowOf.size * classes)
  const squares = new Float32Array(rowOf.size * classes).fill(1e-3)
  const shares = new Float64Array(classes)
  const order = Uint32Array.from(examples, (_, number) => number)
  const used = new Int32Array(256)
  const sums = new Float32Array(weights.length)
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, chance)
    for (const number of order) {
      const { kind = 0, weight = 1 } = examples[number] ?? {}
      let size = 0
      for (const row of rows[number] ?? []) if (chance() >= dropped) used[size++] = row * classes
      softmax(weights, used, size, shares)
      if ((shares[kind] ?? 0) > surely) continue
      for (let index = 0; index < size; index += 1) {
        const first = used[index] ?? 0
        for (let other = 0; other < classes; other += 1) {
          const place = first + other
          const gradient = weight * ((shares[other] ?? 0) - Number(other === kind)) + decay * (weights[place] ?? 0)
          const square = (squares[place] ?? 0) + gradient * gradient
          squares[place] = square
          weights[place] = (weights[place] ?? 0) - (rate * gradient) / Math.sqrt(square)
        }
      }
    }
    if (round >= firstAveraged)
      for (let place = 0; place < sums.length; place += 1) sums[place] = (sums[place] ?? 0) + (weights[place] ?? 0)
  }
  return {
    rowOf,
    weights: sums.map((sum) => sum / (rounds - firstAveraged)),
    counts: Uint32Array.from(rowOf.keys(), (feature) => counts.get(feature) ?? 0),
  }
}

function countFeatures(examples: readonly Example[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const { features } of examples) for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  return counts
}

function softmax(weights: Float32Array, used: Int32Array, size: number, shares: Float64Array): void {
  shares.fill(0)
  for (let index = 0; index < size; index += 1) {
    const first = used[index] ?? 0
    for (let kind = 0; kind < classes; kind += 1) shares[kind] = (shares[kind] ?? 0) + (weights[first + kind] ?? 0)
  }
  let highest = Number.NEGATIVE_INFINITY
  for (const sum of shares) highest = Math.max(highest, sum)
  let total = 0
  for (let kind = 0; kind < classes; kind += 1) {
    const share = Math.exp((shares[kind] ?? 0) - highest)
    shares[kind] = share
    total += share
  }
  for (let kind = 0; kind < classes; kind += 1) shares[kind] = (shares[kind] ?? 0) / total
}

/** Another order of the numbers, by the method of Fisher and Yates. */
export function shuffle(order: Uint32Array, chance: () => number): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(chance() * (last + 1))
    const kept = order[last] ?? 0
    order[last] = order[other] ?? 0
    order[other] = kept
  }
}
