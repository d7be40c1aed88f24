import type { ExportRow } from '../../archive/csv.ts'
import { dayMs } from '../../base/clock.ts'
import { successRate } from '../../event/success-rate.ts'
import { formatDay } from '../../page/format.ts'
import { sumOf } from '../../page/outcome.ts'
import type { Analysis, Group } from '../../store/analysis-port.ts'
import type { ErrorGroupFacts } from '../../store/reader-port.ts'

const countColumns = ['runs', 'success', 'failed', 'aborted', 'unknown', 'installing', 'validation', 'configuring'] as const
const sumColumns = [...countColumns, 'success_share', 'success_of', 'previous_runs', 'last_day'] as const

/** The columns of each list of sums. `success_share` is success / (success + failed), `success_of` that sum. */
export const groupColumns = {
  scripts: ['script', ...sumColumns, 'duration_mean', 'duration_p50', 'duration_p95'],
  errors: ['fingerprint', 'title', 'category', 'exit_codes', ...sumColumns, 'first_day'],
  overview: ['by', 'value', ...sumColumns],
} as const

/** Scripts as rows; durations in seconds, with three digits: quantiles are right within 2 %. */
export function scriptRow(group: Group): ExportRow {
  const { value, durations } = group
  const seconds = durations && {
    duration_mean: rounded(durations.mean),
    duration_p50: rounded(durations.p50),
    duration_p95: rounded(durations.p95),
  }
  return { script: value, ...sumRow(group), ...seconds }
}

/** Groups of errors as rows. */
export function errorRow(group: Group, facts: ErrorGroupFacts | undefined): ExportRow {
  const { title, category, exitCodes = [], firstAt } = facts ?? {}
  return {
    fingerprint: group.value,
    title,
    category,
    exit_codes: exitCodes.join(' '),
    ...sumRow(group),
    first_day: firstAt === undefined ? undefined : formatDay(Math.floor(firstAt / dayMs)),
  }
}

/** All groups of an overview as rows, one dimension after the other. */
export function overviewRows({ by }: Analysis): readonly ExportRow[] {
  return Object.entries(by).flatMap(([name, { groups }]) => groups.map((group) => ({ by: name, value: group.value, ...sumRow(group) })))
}

function rounded(seconds: number): number {
  return Number(seconds.toFixed(3))
}

function sumRow({ counts, previous, lastDay }: Group): ExportRow {
  const { share, runs } = successRate(counts)
  return {
    runs: sumOf(counts),
    ...counts,
    success_share: Number(share.toFixed(6)),
    success_of: runs,
    previous_runs: previous && sumOf(previous),
    last_day: formatDay(lastDay),
  }
}
