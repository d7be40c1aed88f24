/**
 * Orders two texts by their bytes in UTF-8: negative when `left` comes first, 0 only for the same text.
 * JavaScript's own `<` orders by UTF-16 units, which puts U+E000 to U+FFFF after the characters beyond them; a database would disagree.
 */
export function compareBytes(left: string, right: string): number {
  if (left === right) return 0
  const shared = Math.min(left.length, right.length)
  for (let index = 0; index < shared; index++) {
    const leftUnit = left.charCodeAt(index)
    const rightUnit = right.charCodeAt(index)
    if (leftUnit !== rightUnit) return byteRank(leftUnit) - byteRank(rightUnit)
  }
  return left.length - right.length
}

/** A sorted set of at most `sizeMax` texts: the smallest ones. Gives the same array back when it already is one. */
export function sortedSet(values: readonly string[], sizeMax: number): readonly string[] {
  if (values.length === 0) return values
  if (values.length <= sizeMax && values.every((value, index) => index === 0 || compareBytes(values[index - 1] ?? '', value) < 0))
    return values
  return [...new Set(values)].sort(compareBytes).slice(0, sizeMax)
}

/**
 * The union of two sorted sets, cut to its `sizeMax` smallest texts. Whatever was cut away stays below the line in every later union,
 * so the order of unions does not matter. Gives `left` itself back when `right` adds nothing.
 */
export function uniteSets(left: readonly string[], right: readonly string[], sizeMax: number): readonly string[] {
  if (right.length === 0) return left
  const union: string[] = []
  let isGrown = false
  let leftIndex = 0
  let rightIndex = 0
  while (union.length < sizeMax) {
    const a = left[leftIndex]
    const b = right[rightIndex]
    if (a === undefined && b === undefined) break
    const order = a === undefined ? 1 : b === undefined ? -1 : compareBytes(a, b)
    if (order <= 0) leftIndex++
    if (order >= 0) rightIndex++
    if (order > 0) isGrown = true
    union.push((order <= 0 ? a : b) ?? '')
  }
  return isGrown ? union : left
}

/** Surrogates stand for characters beyond U+FFFF, so they come after every other unit. */
function byteRank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800
  return unit >= 0xd800 ? unit + 0x2000 : unit
}
