/** Where a hash begins. */
export const hashSeed = 0x811c9dc5 | 0

/** One step of FNV-1a (Fowler, Noll, Vo), by a UTF-16 unit instead of a byte. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193)
}

/** All of a word. */
export function hashText(word: string): number {
  let hash = hashSeed
  for (let at = 0; at < word.length; at += 1) hash = hashStep(hash, word.charCodeAt(at))
  return hash
}

/** One hash of three numbers, spread over all 32 bits by the final steps of MurmurHash3 (Appleby). */
export function mix(kind: number, one: number, other: number): number {
  let hash = Math.imul(kind + 1, 0x9e3779b1) ^ one
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ other ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
