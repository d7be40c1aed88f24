import type { Indexed, Pixels } from './png.ts'

const coloursMax = 256

/** The picture in at most 256 colours: the most frequent ones that differ from each other, and for every other one the nearest of them. */
export function reduceColours({ width, height, rgb }: Pixels): Indexed {
  const counts = new Map<number, number>()
  for (let at = 0; at < rgb.length; at += 3) counts.set(colourAt(rgb, at), (counts.get(colourAt(rgb, at)) ?? 0) + 1)
  const colours = [...counts].toSorted(([one, count], [other, otherCount]) => otherCount - count || one - other).map(([colour]) => colour)
  const chosen = chooseColours(colours)
  const indexOf = new Map(colours.map((colour) => [colour, nearest(colour, chosen)]))
  const indexes = new Uint8Array(width * height)
  for (let pixel = 0; pixel < indexes.length; pixel += 1) indexes[pixel] = indexOf.get(colourAt(rgb, pixel * 3)) ?? 0
  return { width, height, palette: Uint8Array.from(chosen.flatMap(channelsOf)), indexes }
}

/** From the most frequent on, each that is far enough from those before it, as close as fills the palette. */
function chooseColours(colours: readonly number[]): readonly number[] {
  if (colours.length <= coloursMax) return colours
  for (let apart = 4; ; apart = Math.ceil(apart * 1.2)) {
    const chosen: number[] = []
    for (const colour of colours) {
      if (chosen.every((known) => distance(colour, known) > apart)) chosen.push(colour)
      if (chosen.length > coloursMax) break
    }
    if (chosen.length <= coloursMax) return chosen
  }
}

function nearest(colour: number, chosen: readonly number[]): number {
  const distances = chosen.map((known) => distance(colour, known))
  return distances.indexOf(Math.min(...distances))
}

/** Squared, over the three channels. */
function distance(one: number, other: number): number {
  const [red, green, blue] = [(one >> 16) - (other >> 16), ((one >> 8) & 255) - ((other >> 8) & 255), (one & 255) - (other & 255)]
  return red * red + green * green + blue * blue
}

function colourAt(rgb: Uint8Array, at: number): number {
  return ((rgb[at] ?? 0) << 16) | ((rgb[at + 1] ?? 0) << 8) | (rgb[at + 2] ?? 0)
}

function channelsOf(colour: number): readonly number[] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255]
}
