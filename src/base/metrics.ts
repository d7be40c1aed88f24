import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Tally } from './tally.ts'

/** A reading of a gauge. Nothing when it is not known now. */
export type Reading = number | undefined

export type Metrics = {
  /** A counter that shows a tally; with a label, one series a name, else their sum. */
  counter(name: string, help: string, tally: Tally, label?: string): void
  /** A gauge read at each scrape. */
  gauge(name: string, help: string, read: () => Reading | Promise<Reading>): void
  /** A gauge with a series for each value of a label, read at each scrape. */
  gaugeBy(label: string, name: string, help: string, read: () => Iterable<readonly [value: string, reading: number]>): void
  /** A histogram of seconds with upper `bounds`. Returns the function that records one. */
  histogram(name: string, help: string, bounds: readonly number[]): (seconds: number) => void
  /** The same, with a series for each value of a label. */
  histogramBy(label: string, name: string, help: string, bounds: readonly number[]): (value: string, seconds: number) => void
  /** The whole in Prometheus' text format 0.0.4. */
  text(): Promise<string>
  names(): readonly string[]
}

export const metricsContentType = 'text/plain; version=0.0.4; charset=utf-8'

/** A registry of its own, so that two services in one process do not share counts. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]

  function counter(name: string, help: string, tally: Tally, label?: string): void {
    const collect = function (this: Counter): void {
      this.reset()
      if (label === undefined) this.inc(tally.total())
      else for (const [value, count] of tally.entries()) this.inc({ [label]: value }, count)
    }
    new Counter({ name, help, registers, collect, labelNames: label === undefined ? [] : [label] })
  }

  function gauge(name: string, help: string, read: () => Reading | Promise<Reading>): void {
    const collect = async function (this: Gauge): Promise<void> {
      const reading = await read()
      if (reading === undefined) this.remove()
      else this.set(reading)
    }
    new Gauge({ name, help, registers, collect })
  }

  function gaugeBy(label: string, name: string, help: string, read: () => Iterable<readonly [string, number]>): void {
    const collect = function (this: Gauge): void {
      this.reset()
      for (const [value, reading] of read()) this.set({ [label]: value }, reading)
    }
    new Gauge({ name, help, registers, collect, labelNames: [label] })
  }

  function histogram(name: string, help: string, bounds: readonly number[]): (seconds: number) => void {
    const histogram = new Histogram({ name, help, registers, buckets: [...bounds] })
    return (seconds) => histogram.observe(seconds)
  }

  function histogramBy(label: string, name: string, help: string, bounds: readonly number[]): (value: string, seconds: number) => void {
    const histogram = new Histogram({ name, help, registers, buckets: [...bounds], labelNames: [label] })
    return (value, seconds) => histogram.labels(value).observe(seconds)
  }

  const names = () => registry.getMetricsAsArray().map((metric) => metric.name)
  return { counter, gauge, gaugeBy, histogram, histogramBy, text: () => registry.metrics(), names }
}
