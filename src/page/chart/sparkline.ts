import { scaleLinear } from 'd3-scale'
import { formatCount } from '../format.ts'

const width = 84
const height = 20
/** Half the width of the line, so that it is not cut at the edge. */
const edge = 1

/** A small line without axes, from 0, for a table cell. Its figures are said in words. Steps are whole and relative, which keeps twenty of them small. */
export function sparkline(values: readonly number[]): string {
  const highest = Math.max(1, ...values)
  const step = Math.floor((width - 2 * edge) / Math.max(1, values.length - 1))
  const y = scaleLinear()
    .domain([0, highest])
    .rangeRound([height - edge, edge])
  const places = values.map((value) => y(value))
  const steps = places.slice(1).map((place, index) => `${step} ${place - (places[index] ?? 0)}`)
  const path = `M${edge} ${places[0] ?? height - edge}${steps.length === 0 ? 'h0' : `l${steps.join(' ')}`}`
  return `<svg class="spark" width="${width}" height="${height}" role="img"><title>${describe(values)}</title><path d="${path}"/></svg>`
}

function describe(values: readonly number[]): string {
  const [first = 0, last = 0] = [values[0], values.at(-1)]
  return `${values.length} days: from ${formatCount(first)} to ${formatCount(last)}, at most ${formatCount(Math.max(0, ...values))}`
}
