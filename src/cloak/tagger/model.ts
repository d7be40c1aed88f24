import { readFileSync } from 'node:fs'
import { hashText } from './hash.ts'
import { weightCount } from './tag-class.ts'
import { seenMask, traitsOf, type Vocabulary, vocabularySize, wordBit } from './vocabulary.ts'
import modelPath from './weights.bin' with { type: 'file' }

/**
 * What was learned from the labelled texts: which words are known, which tokens are worth a look, and what each feature says for each class.
 * Weights are whole numbers, so that every machine comes to the same sums.
 */
export type Model = {
  readonly vocabulary: Vocabulary
  /** For each place of the first look what its feature adds; see `first-look.ts`. */
  readonly gate: Int8Array
  /** Two places in a row are one bucket. What is kept of a feature's hash, 0 where a place is free; a feature that was not trained has nothing to say. */
  readonly prints: Uint16Array
  /** For each place a weight for each class but `other`, in parts of `weightUnit`, `weightZero` more than it is: four in a number, the first in its lowest byte. */
  readonly weights: Int32Array
}

/** What a weight of 1 stands for is one of so many parts of a natural log-odds. */
export const weightUnit = 24
/** What stands for a weight of 0, so that bytes hold no signs. */
export const weightZero = 127
/** How many numbers hold the weights of a place. */
export const wordsPerPlace = Math.ceil(weightCount / 4)

export const gateSize = 2 ** 18
const placeBits = 19
export const placeCount = 2 ** placeBits

let loaded: Model | undefined

/** The model inside the program, read by the first who asks. */
export function loadModel(): Model {
  loaded ??= unpackModel(readFileSync(modelPath))
  return loaded
}

/** Reads what `packModel` wrote. Throws where its length is not that of a model. */
export function unpackModel(bytes: Uint8Array): Model {
  const lengths = [vocabularySize / 2, gateSize, 2 * placeCount, 4 * wordsPerPlace * placeCount] as const
  if (bytes.length !== lengths.reduce((sum, length) => sum + length, 0)) throw new Error(`a model of ${bytes.length} bytes is none of ours`)
  // Numbers of two and four bytes have to stand where they may; a copy is made only where they do not.
  const { buffer, byteOffset: begin } = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes)
  const [vocabulary, gate, prints] = lengths
  return {
    vocabulary: new Uint8Array(buffer, begin, vocabulary),
    gate: new Int8Array(buffer, begin + vocabulary, gate),
    prints: new Uint16Array(buffer, begin + vocabulary + gate, placeCount),
    weights: new Int32Array(buffer, begin + vocabulary + gate + prints, wordsPerPlace * placeCount),
  }
}

/** The bytes of a model. */
export function packModel({ vocabulary, gate, prints, weights }: Model): Uint8Array {
  const parts = [vocabulary, gate, prints, weights].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  )
  return new Uint8Array(Buffer.concat(parts))
}

/** Whether a word is in no list of words or names, and stood in none of the texts where nothing had to be hidden. */
export function isUnknownWord(word: string): boolean {
  return (traitsOf(loadModel().vocabulary, hashText(word.toLowerCase())) & (seenMask | wordBit)) === 0
}
