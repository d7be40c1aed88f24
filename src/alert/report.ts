import { dayMs, dayOf } from '../base/clock.ts'
import { successRate } from '../event/success-rate.ts'
import type { Analysis, DayRange, Group } from '../store/analysis-port.ts'
import { sizeOf } from '../store/count/totals.ts'
import { dimensionRules } from '../store/dimension.ts'
import type { Totals } from '../store/reader-port.ts'
import { type AlertMessage, messageId } from './message.ts'
import type { AlertSource } from './source.ts'

/** A calendar week of ISO 8601: Monday to Sunday in UTC. */
export type Week = DayRange & { readonly year: number; readonly week: number }

/** The whole week before the one of the moment. */
export function weekBefore(now: number): Week {
  const today = dayOf(now)
  const fromDay = today - ((today + 3) % 7) - 7 // Day 0 was a Thursday.
  const thursday = new Date((fromDay + 3) * dayMs) // A week belongs to the year of its Thursday.
  const firstDay = dayOf(Date.UTC(thursday.getUTCFullYear(), 0, 1))
  return { fromDay, toDay: fromDay + 6, year: thursday.getUTCFullYear(), week: Math.floor((fromDay + 3 - firstDay) / 7) + 1 }
}

/** One id for each week, so that a week is reported once whatever restarts happen. */
export function reportId({ year, week }: Pick<Week, 'year' | 'week'>, tenant: string): string {
  return messageId('weekly-report', tenant, year, week)
}

const topCount = 5
/** Scripts with fewer ended runs are no ranking. */
const rankedRunsMin = 10

/** The report of the printed week, by the formulas of the dashboard. */
export async function composeReport(
  reader: AlertSource['reader'],
  { tenant, now }: { readonly tenant: string; readonly now: number },
): Promise<AlertMessage> {
  const week = weekBefore(now)
  const { fromDay, toDay } = week
  const analysis = await reader.analyse({
    tenant,
    range: { fromDay, toDay },
    previous: { fromDay: fromDay - 7, toDay: fromDay - 1 },
    filter: {},
    by: { script: dimensionRules.script.valuesMax, type: topCount, os: topCount },
  })
  return {
    ...{ id: reportId(week, tenant), tenant, rule: 'weekly-report', kind: 'weekly_report', subject: '', phase: 'report', at: now },
    title: `Weekly report, week ${week.week}, ${week.year}`,
    lines: [`Period: ${dateOf(fromDay)} to ${dateOf(toDay)} (UTC)`, ...linesOf(analysis)],
  }
}

function linesOf({ total, previous, by }: Analysis): readonly string[] {
  const { counts } = total
  const scripts = by.script?.groups ?? []
  const failing = scripts
    .filter((group) => successRate(group.counts).runs >= rankedRunsMin && group.counts.failed > 0)
    .toSorted((one, other) => failureOf(other.counts) - failureOf(one.counts))
  return [
    `Runs: ${sizeOf(counts)}`,
    ...[`Success: ${counts.success}`, `Failed: ${counts.failed}`, `Aborted: ${counts.aborted}`, `Success rate: ${sayRate(counts)}`],
    ...(previous === undefined ? [] : changeOf(counts, previous.counts)),
    ...section('Most installed', scripts.slice(0, topCount), ({ counts: own }) => `${sizeOf(own)}`),
    ...section('Highest failure rates', failing.slice(0, topCount), ({ counts: own }) => `${(100 * failureOf(own)).toFixed(1)} %`),
    ...section('By type', by.type?.groups ?? [], ({ counts: own }) => `${sizeOf(own)}`),
    ...section('By operating system', by.os?.groups ?? [], ({ counts: own }) => `${sizeOf(own)}`),
  ]
}

function section(title: string, groups: readonly Group[], say: (group: Group) => string): readonly string[] {
  return groups.length === 0 ? [] : [`${title}:`, ...groups.map((group) => `- ${group.value}: ${say(group)}`)]
}

/** Both weeks by the same formula. */
function changeOf(now: Totals, before: Totals): readonly string[] {
  const difference = sizeOf(now) - sizeOf(before)
  const share = sizeOf(before) === 0 ? '' : ` (${signed((100 * difference) / sizeOf(before))} %)`
  const runs = `Against the week before: ${difference < 0 ? '' : '+'}${difference} runs${share}`
  const isComparable = successRate(now).runs > 0 && successRate(before).runs > 0
  return isComparable ? [runs, `Failure rate: ${signed(100 * (failureOf(now) - failureOf(before)))} points`] : [runs]
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(1)}`
}

function sayRate(counts: Totals): string {
  const { share, runs } = successRate(counts)
  return runs === 0 ? 'no ended run' : `${(100 * share).toFixed(1)} % of ${runs}`
}

function failureOf(counts: Totals): number {
  const { share, runs } = successRate(counts)
  return runs === 0 ? 0 : 1 - share
}

function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}
