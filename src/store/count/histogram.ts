import type { Durations } from '../analysis-port.ts'

/** Width of a bin: each reaches from one border to 1.04 times it, so its middle is within 2 % of whatever lies in it. */
const binWidth = 1.04
const logWidth = Math.log(binWidth)
/** The longest duration an event may tell (a day), in seconds, lies in the last bin. */
const secondsMax = 86_400
export const binCount = Math.ceil(Math.log(secondsMax) / logWidth) + 1

/** The bin of a duration in seconds. Whatever is a second or less lies in the first, whatever is beyond a day in the last. */
export function binOf(seconds: number): number {
  return Math.min(Math.max(Math.ceil(Math.log(seconds) / logWidth), 0), binCount - 1)
}

/** How many durations lie in which bin, and their exact sum. */
export class Histogram {
  readonly bins = new Float64Array(binCount)
  sum = 0

  add(bin: number, count: number): void {
    this.bins[bin] = (this.bins[bin] ?? 0) + count
  }

  count(): number {
    const { bins } = this
    let count = 0
    for (let bin = 0; bin < binCount; bin++) count += bins[bin] ?? 0 // Pages ask it of thousands; an iterator takes ten times as long.
    return count
  }

  /** The middle of the bin that holds the value of this nearest rank among `count`, which is that of all; 0 when there is none. */
  quantile(share: number, count = this.count()): number {
    const { bins } = this
    let rank = Math.max(1, Math.ceil(share * count))
    for (let bin = 0; bin < binCount; bin++) {
      rank -= bins[bin] ?? 0
      if (rank <= 0) return middleOf(bin)
    }
    return 0
  }
}

function middleOf(bin: number): number {
  return bin === 0 ? 1 : (2 * binWidth ** bin) / (binWidth + 1)
}

/** The durations of a sum, where it has some. */
export function spellDurations(histogram: Histogram): { readonly durations?: Durations } {
  const count = histogram.count()
  if (count === 0) return {}
  return { durations: { count, mean: histogram.sum / count, p50: histogram.quantile(0.5, count), p95: histogram.quantile(0.95, count) } }
}
