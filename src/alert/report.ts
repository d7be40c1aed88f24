import { dayMs, dayOf } from '../base/clock.ts'
import { formatCount, formatMany, formatShare } from '../base/format.ts'
import { pathWith } from '../base/page-path.ts'
import type { DayRange } from '../store/analysis-port.ts'
import { dimensionRules } from '../store/dimension.ts'
import { type AlertMessage, messageId } from './message.ts'
import { figuresOf, listedMax, type ReportFigures, typesMax } from './report-figures.ts'
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

/** Whether there is anything to say of a week: that no run came is worth a message where alerts were on by then, or runs had come. */
export async function isReported(
  { toDay }: Pick<Week, 'toDay'>,
  { reader, tenant, watchedSince }: Pick<AlertSource, 'reader'> & { readonly tenant: string; readonly watchedSince: number | undefined },
): Promise<boolean> {
  if (watchedSince !== undefined && dayOf(watchedSince) <= toDay) return true
  const { range } = await reader.analyse({ tenant, filter: {}, by: {} })
  return range !== undefined && range.fromDay <= toDay
}

/** Groups among which those are found that nobody muted. */
const errorsMax = 50

/** The report of the printed week, by the formulas of the dashboard. */
export async function composeReport(
  { reader, isMutedGroup }: Pick<AlertSource, 'reader' | 'isMutedGroup'>,
  { tenant, now }: { readonly tenant: string; readonly now: number },
): Promise<AlertMessage> {
  const week = weekBefore(now)
  const { fromDay, toDay } = week
  const analysis = await reader.analyse({
    ...{ tenant, filter: {}, grain: 'day' },
    range: { fromDay, toDay },
    previous: { fromDay: fromDay - 7, toDay: fromDay - 1 },
    by: { script: dimensionRules.script.valuesMax, type: typesMax, os: listedMax, error: errorsMax },
    followed: ['error'],
  })
  const described = await reader.errorGroups(tenant, analysis.by.error?.groups.map(({ value }) => value) ?? [])
  const errors = new Map(described.map((facts) => [facts.fingerprint, facts]))
  const report = figuresOf({ analysis, week, errors, isMuted: (fingerprint) => isMutedGroup(tenant, fingerprint) })
  return {
    ...{ id: reportId(week, tenant), tenant, rule: 'weekly-report', kind: 'weekly_report', subject: '', phase: 'report', at: now },
    ...{ title: `Weekly report, week ${week.week}, ${week.year}`, summary: summaryOf(report), facts: [], report },
    links: [{ text: 'The week on the dashboard', path: pathWith('/dashboard', { from: report.from, to: report.to }) }],
  }
}

function summaryOf({ total, from, to }: ReportFigures): string {
  const { runs, failed, successShare } = total
  const ends = successShare === undefined ? 'none of them ended' : `${formatShare(successShare)} succeeded, ${formatCount(failed)} failed`
  return runs === 0 ? `No run from ${from} to ${to} (UTC).` : `${formatMany(runs, 'run')} from ${from} to ${to} (UTC): ${ends}.`
}
