const stemCharactersMin = 3

/** Whether a German word is one of `heads`, or a longer one that ends with a head of so many letters and more: `Feuerschaden` with `schaden`. Folded. */
export function isCompoundOf(word: string, heads: ReadonlySet<string>, headCharactersMin = 4): boolean {
  if (heads.has(word)) return true
  const last = word.length - headCharactersMin
  for (let from = stemCharactersMin; from <= last; from += 1) if (heads.has(word.slice(from))) return true
  return false
}
