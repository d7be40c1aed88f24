/** Whether a word is one of many; says yes to few others as well, and never no to one of them. */
export type WordFilter = (word: string) => boolean

/** Places of a word in the filter, by two hashes (Kirsch and Mitzenmacher, Less Hashing, Same Performance). */
const hashes = 7
const firstHash = 0x811c9dc5
const secondHash = 0x9747b28c

/** Packs words into a Bloom filter of so many bits for each word, as Base64; with 10 bits 1 other word in 100 is taken for one of them. */
export function packWords(words: readonly string[], bitsPerWord: number): string {
  const bytes = new Uint8Array(Math.ceil((words.length * bitsPerWord) / 8))
  const size = bytes.length * 8
  for (const word of words) {
    const first = hashOf(word, firstHash)
    const second = hashOf(word, secondHash) | 1
    for (let index = 0; index < hashes; index += 1) {
      const bit = ((first + Math.imul(index, second)) >>> 0) % size
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7))
    }
  }
  return Buffer.from(bytes).toString('base64')
}

/** Reads what `packWords` has packed. */
export function readWordFilter(packed: string): WordFilter {
  const bytes = Buffer.from(packed, 'base64')
  const size = bytes.length * 8
  return (word) => {
    const first = hashOf(word, firstHash)
    const second = hashOf(word, secondHash) | 1
    for (let index = 0; index < hashes; index += 1) {
      const bit = ((first + Math.imul(index, second)) >>> 0) % size
      if (((bytes[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return false
    }
    return true
  }
}

/** FNV-1a from a given start, with its bits mixed at the end as in MurmurHash3. */
function hashOf(word: string, start: number): number {
  let hash = start
  for (let index = 0; index < word.length; index += 1) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
