import { closest, distance } from 'fastest-levenshtein'

/** The right word that is nearest to a wrong one, whatever the case. Undefined only when there is no right word at all. */
export function nearestOf(wrong: string, right: readonly string[]): string | undefined {
  if (right.length === 0) return undefined
  const found = closest(
    wrong.toLowerCase(),
    right.map((word) => word.toLowerCase()),
  )
  return right.find((word) => word.toLowerCase() === found)
}

/** Of its letters, so many may be wrong in a word that still means the other: `defualt` means `default`, `rate` does not mean `erase`. */
const wrongShareMax = 1 / 3

/** The same where it is near enough to be meant; else undefined, since a wrong hint is worse than none. */
export function meantOf(wrong: string, right: readonly string[]): string | undefined {
  const nearest = nearestOf(wrong, right)
  if (nearest === undefined) return undefined
  const wrongLetters = distance(wrong.toLowerCase(), nearest.toLowerCase())
  return wrongLetters <= wrongShareMax * Math.max(wrong.length, nearest.length) ? nearest : undefined
}
