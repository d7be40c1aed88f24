import type { Tone } from './time-chart.ts'

export type BarPart = { readonly tone: Tone; readonly value: number }

const length = 100

/**
 * A horizontal bar for a table cell, its parts side by side, as long as their sum is of `max`. The cell’s neighbours hold the figures.
 * Each part is drawn from the left, the last one first, so that a part needs no place and a page of two hundred bars stays small.
 */
export function bar(parts: readonly BarPart[], max: number): string {
  let end = 0
  const rects = parts.map(({ tone, value }) => {
    const from = Math.round((end / max) * length)
    end += value
    const to = Math.round((end / max) * length)
    return to > from ? `<rect class="${tone}" width="${to}"/>` : ''
  })
  return `<svg class="bar" viewBox="0 0 ${length} 1" preserveAspectRatio="none" aria-hidden="true">${rects.reverse().join('')}</svg>`
}
