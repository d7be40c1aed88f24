import { scaleLinear } from 'd3-scale'
import { compactCount, formatCount, formatSeconds, formatShare } from '../format.ts'

/** What an axis counts in. */
export type Unit = 'count' | 'percent' | 'seconds' | 'megabytes' | 'gigabytes'

export type Scale = { readonly ticks: readonly number[]; readonly max: number; readonly format: (value: number) => string }

const ticksWanted = 4
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600]
const memorySteps = [64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 65_536, 262_144]

/** An axis from 0 to a round value that is not below `highest`. A share ends at 100 %, whatever was reached. */
export function scaleOf(unit: Unit, highest: number): Scale {
  if (unit === 'percent') return { ticks: [0, 25, 50, 75, 100], max: 100, format: (value) => `${value} %` }
  if (unit === 'seconds') return { ...byStep(timeSteps, highest), format: (value) => (value === 0 ? '0' : formatSeconds(value)) }
  if (unit === 'megabytes') return { ...byStep(memorySteps, highest), format: formatMegabytes }
  const scale = scaleLinear()
    .domain([0, Math.max(highest, 1)])
    .nice(ticksWanted)
  const ticks = scale.ticks(ticksWanted).filter(Number.isInteger)
  return {
    ticks,
    max: scale.domain()[1] ?? 1,
    format: unit === 'gigabytes' ? (value) => (value === 0 ? '0' : `${value} GB`) : compactCount,
  }
}

/** A value in words, as exact as a table has it. */
export function sayValue(value: number, unit: Unit): string {
  if (unit === 'percent') return formatShare(value / 100)
  if (unit === 'seconds') return formatSeconds(value)
  if (unit === 'megabytes') return formatMegabytes(value)
  return unit === 'gigabytes' ? `${formatCount(value)} GB` : formatCount(value)
}

/** `512 MB`, `2 GB`; nothing is `0`. */
export function formatMegabytes(value: number): string {
  if (value === 0) return '0'
  return value < 1_024 ? `${value} MB` : `${Number((value / 1_024).toFixed(1))} GB`
}

function byStep(steps: readonly number[], highest: number): Pick<Scale, 'ticks' | 'max'> {
  const step = steps.find((candidate) => highest <= candidate * ticksWanted) ?? Math.ceil(highest / ticksWanted)
  const count = Math.max(1, Math.ceil(highest / step))
  return { ticks: Array.from({ length: count + 1 }, (_, index) => index * step), max: count * step }
}
