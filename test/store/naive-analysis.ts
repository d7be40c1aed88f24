import { fingerprintOf } from '../../src/event/fingerprint.ts'
import type { RunReading } from '../../src/event/reading.ts'
import type { Analysis, AnalysisQuery, Breakdown, DayRange, Durations, Group, RunFilter, Sum } from '../../src/store/analysis-port.ts'
import type { Totals } from '../../src/store/count/totals.ts'
import type { Dimension } from '../../src/store/dimension.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000

/** What a run is counted under, by every dimension; undefined where it is not counted by it. */
const namesOf: Readonly<Record<Dimension | 'source' | 'type' | 'status', (run: RunReading) => string | undefined>> = {
  source: (run) => run.repoSource,
  type: (run) => run.type,
  status: (run) => run.status,
  script: (run) => run.nsapp,
  os: (run) => run.osType ?? 'unknown',
  os_version: (run) => (run.osType ? [run.osType, run.osVersion].filter(Boolean).join(' ') : 'unknown'),
  pve_version: (run) => run.pveVersion ?? 'unknown',
  method: (run) => run.method ?? 'unknown',
  platform: (run) => run.platform ?? 'unknown',
  arch: (run) => run.arch ?? 'unknown',
  slug: (run) => run.repoSlug ?? 'unknown',
  ct_type: (run) => String(run.ctType ?? 'unknown'),
  cpu_vendor: (run) => run.cpuVendor,
  cpu_model: (run) => run.cpuModel ?? 'unknown',
  gpu: (run) => (run.gpuVendor === 'unknown' && run.gpuPassthrough === 'unknown' ? 'unknown' : `${run.gpuVendor} ${run.gpuPassthrough}`),
  gpu_model: (run) => run.gpuModel ?? 'unknown',
  cores: (run) => String(run.coreCount ?? 'unknown'),
  ram: (run) => String(run.ramSize ?? 'unknown'),
  disk: (run) => String(run.diskSize ?? 'unknown'),
  category: (run) => ended(run, run.errorCategory ?? 'unknown'),
  exit_code: (run) => ended(run, String(run.exitCode ?? 'unknown')),
  error: (run) => ended(run, run.error === undefined && run.exitCode === undefined ? 'unknown' : fingerprintOf(run)),
}

function ended({ status }: RunReading, value: string): string | undefined {
  return status === 'failed' || status === 'aborted' || status === 'unknown' ? value : undefined
}

/** The answer to a query, from all runs of its tenant, in the plainest way. Quantiles are exact. */
export function analyseNaively(all: readonly RunReading[], query: AnalysisQuery): Analysis {
  const days = all.map(dayOf)
  const range = query.range ?? (all.length === 0 ? undefined : { fromDay: Math.min(...days), toDay: Math.max(...days) })
  const meant = all.filter((run) => matches(run, query.filter))
  const within = (span: DayRange) => meant.filter((run) => dayOf(run) >= span.fromDay && dayOf(run) <= span.toDay)
  if (range === undefined) return { total: sumOf([]), ...(query.previous && { previous: sumOf([]) }), series: [], by: emptyBy(query) }
  const by = Object.fromEntries(
    Object.entries(query.by).map(([name, groupsMax]) => [
      name,
      breakDown({ name: name as Dimension, groupsMax, query, range, meant, within }),
    ]),
  )
  return {
    range,
    total: sumOf(within(range)),
    ...(query.previous && { previous: sumOf(within(query.previous)) }),
    series: seriesOf(within(range), range, query.grain),
    by,
  }
}

function emptyBy(query: AnalysisQuery): Analysis['by'] {
  const nothing = totalsOf([])
  return Object.fromEntries(Object.keys(query.by).map((name) => [name, { groups: [], distinct: 0, rest: nothing, folded: nothing }]))
}

function matches(run: RunReading, filter: RunFilter): boolean {
  return Object.entries(filter).every(([name, value]) => value === undefined || namesOf[name as Dimension](run) === value)
}

type BreakdownParts = {
  readonly name: Dimension
  readonly groupsMax: number
  readonly query: AnalysisQuery
  readonly range: DayRange
  readonly meant: readonly RunReading[]
  readonly within: (span: DayRange) => readonly RunReading[]
}

function breakDown({ name, groupsMax, query, range, meant, within }: BreakdownParts): Breakdown {
  const runsBy = Map.groupBy(within(range), namesOf[name])
  runsBy.delete(undefined)
  const groups = [...runsBy.entries()]
    .map(([value = '', runs]): Group => {
      const { counts, durations } = sumOf(runs)
      const same = (run: RunReading) => namesOf[name](run) === value
      const isFollowed = query.followed?.includes(name) ?? true
      return {
        value,
        counts,
        lastDay: Math.max(...runs.map(dayOf)),
        ...(name === 'script' && !query.untimed && durations && { durations }),
        ...(isFollowed && query.previous && { previous: totalsOf(within(query.previous).filter(same)) }),
        ...(isFollowed && query.trendDays !== undefined && { trend: trendOf(meant.filter(same), range.toDay, query.trendDays) }),
      }
    })
    .sort((left, right) => count(right.counts) - count(left.counts) || (left.value < right.value ? -1 : 1))
  const rest = groups.slice(groupsMax).flatMap(({ value }) => runsBy.get(value) ?? [])
  return { groups: groups.slice(0, groupsMax), distinct: groups.length, rest: totalsOf(rest), folded: totalsOf([]) }
}

function trendOf(runs: readonly RunReading[], toDay: number, days: number): readonly number[] {
  return Array.from({ length: days }, (_, index) => runs.filter((run) => dayOf(run) === toDay - days + 1 + index).length)
}

function seriesOf(runs: readonly RunReading[], range: DayRange, grain: AnalysisQuery['grain']): Analysis['series'] {
  if (grain === undefined) return []
  if (grain === 'hour')
    return Array.from({ length: 24 }, (_, hour) => {
      const start = range.toDay * dayMs + hour * hourMs
      return { start, counts: totalsOf(runs.filter(({ firstAt }) => Math.floor(firstAt / hourMs) * hourMs === start)), medians: {} }
    })
  const days = Array.from({ length: range.toDay - range.fromDay + 1 }, (_, index) => range.fromDay + index)
  return [...new Set(days.map((day) => startOf(day, grain)))].map((start) => {
    const inside = runs.filter((run) => startOf(dayOf(run), grain) === start)
    const medians: Record<string, number> = {}
    for (const [name, field] of [
      ['cores', 'coreCount'],
      ['ram', 'ramSize'],
      ['disk', 'diskSize'],
    ] as const) {
      const values = inside.flatMap((run) => run[field] ?? []).sort((left, right) => left - right)
      if (values.length > 0) medians[name] = values[Math.ceil(values.length / 2) - 1] ?? 0
    }
    return { start, ...sumOf(inside), medians }
  })
}

function startOf(day: number, grain: 'day' | 'week' | 'month'): number {
  const date = new Date(day * dayMs)
  if (grain === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
  return (grain === 'day' ? day : day - ((date.getUTCDay() + 6) % 7)) * dayMs
}

function sumOf(runs: readonly RunReading[]): Sum {
  const durations = durationsOf(runs)
  return { counts: totalsOf(runs), ...(durations && { durations }) }
}

function durationsOf(runs: readonly RunReading[]): Durations | undefined {
  const seconds = runs.flatMap(({ status, installDuration }) => (status === 'success' && installDuration ? [installDuration] : []))
  seconds.sort((left, right) => left - right)
  if (seconds.length === 0) return undefined
  const rank = (share: number) => seconds[Math.ceil(share * seconds.length) - 1] ?? 0
  return { count: seconds.length, mean: seconds.reduce((sum, value) => sum + value) / seconds.length, p50: rank(0.5), p95: rank(0.95) }
}

function totalsOf(runs: readonly RunReading[]): Totals {
  const totals = { installing: 0, validation: 0, configuring: 0, success: 0, failed: 0, aborted: 0, unknown: 0 }
  for (const { status } of runs) totals[status] += 1
  return totals
}

function count(totals: Totals): number {
  return Object.values(totals).reduce((sum, value) => sum + value)
}

function dayOf({ firstAt }: RunReading): number {
  return Math.floor(firstAt / dayMs)
}
