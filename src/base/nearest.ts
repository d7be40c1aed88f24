import { closest } from 'fastest-levenshtein'

/** The right word that is nearest to a wrong one, whatever the case. Undefined only when there is no right word at all. */
export function nearestOf(wrong: string, right: readonly string[]): string | undefined {
  if (right.length === 0) return undefined
  const found = closest(
    wrong.toLowerCase(),
    right.map((word) => word.toLowerCase()),
  )
  return right.find((word) => word.toLowerCase() === found)
}
