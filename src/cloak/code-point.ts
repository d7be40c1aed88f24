/** The first half of a code point of two units. */
const half = /[\ud800-\udbff]/

/** Turns places of a text that count UTF-16 units into ones that count code points, as the API does. The function takes those of `places`, which may come in any order. */
export function codePointsAt(text: string, places: readonly number[]): (place: number) => number {
  if (!half.test(text)) return (place) => place
  const counted = new Map<number, number>()
  let at = 0
  let points = 0
  for (const place of [...new Set(places)].sort((one, other) => one - other)) {
    for (; at < place; points += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
    counted.set(place, points)
  }
  return (place) => counted.get(place) ?? place
}

/** How many code points a text has. */
export function countCodePoints(text: string): number {
  return codePointsAt(text, [text.length])(text.length)
}
