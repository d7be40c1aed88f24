/**
 * What is known of words, four bits for each hash: in how many harmless places of the training texts a word stood (0, 1, 2, or more),
 * and whether it is in the lists of words and of people's names. Two words may share a place; that a strange word is taken for a known one by chance is part of what was trained.
 */
export type Vocabulary = Uint8Array

/** Places of the table, a power of two. */
export const vocabularySize = 2 ** 21

export const seenMask = 3
export const wordBit = 4
export const nameBit = 8

/** The four bits of a word, by its hash. */
export function traitsOf(vocabulary: Vocabulary, hash: number): number {
  const place = placeOf(hash)
  return ((vocabulary[place >>> 1] ?? 0) >>> (4 * (place & 1))) & 15
}

/** Where the bits of a hash are kept. */
export function placeOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & (vocabularySize - 1)
}
