/** How large a chart is in its own units, and what its axes take of that. Its name is a class of the style sheet, which gives it the text size of narrow screens. */
export type ChartSize = {
  readonly name: 'wide' | 'half' | 'small'
  readonly width: number
  readonly height: number
  readonly left: number
  readonly bottom: number
  /** How many labels fit below it, in the text size of narrow screens. */
  readonly labelsMax: number
}

export const wideChart: ChartSize = { name: 'wide', width: 720, height: 260, left: 58, bottom: 34, labelsMax: 5 }
/** The wide chart beside a card with so many lines of text: higher where they need more room than it has. */
export function besideChart(lines: number): ChartSize {
  const height = Math.min(Math.max(wideChart.height, lines * lineHeight), besideHeightMax)
  return { ...wideChart, height: Math.round(height) }
}

const lineHeight = 19.5
const besideHeightMax = 400

/** For a card that is half as wide as the page. */
export const halfChart: ChartSize = { name: 'half', width: 580, height: 190, left: 68, bottom: 30, labelsMax: 5 }
export const smallChart: ChartSize = { name: 'small', width: 380, height: 150, left: 48, bottom: 22, labelsMax: 4 }

/** Free space above the highest value, half a line of text, and right of the last one. */
export const chartTop = 16
export const chartRight = 8
