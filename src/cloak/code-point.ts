/** Turns places of a text that count UTF-16 units into ones that count code points, as the API does. `places` may come in any order. */
export function codePointsAt(text: string, places: readonly number[]): ReadonlyMap<number, number> {
  const counted = new Map<number, number>()
  let at = 0
  let points = 0
  for (const place of [...new Set(places)].sort((one, other) => one - other)) {
    for (; at < place; points += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
    counted.set(place, points)
  }
  return counted
}

/** How many code points a text has. */
export function countCodePoints(text: string): number {
  return codePointsAt(text, [text.length]).get(text.length) ?? 0
}
