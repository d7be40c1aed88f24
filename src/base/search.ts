/** How many places of a row hold, of which all that hold come first. `holds` is asked of places from 0 to below `count`, a logarithmic number of times. */
export function countLeading(count: number, holds: (place: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low
}
