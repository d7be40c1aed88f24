import { formatCount, formatMany, formatShare } from '../base/format.ts'
import type { Listed, NamedRuns, Outcomes, ReportFigures } from './report-figures.ts'

/** A weekly report as lines of plain text, with every number that its HTML has. */
export function reportLines(report: ReportFigures): readonly string[] {
  const { total, before, days, scripts, failing, errors, types, systems } = report
  return [
    before === undefined ? 'The week:' : 'Against the week before:',
    ...tilesOf(total, before).map(({ name, figure, note }) => `- ${name}: ${figure}${note === '' ? '' : ` (${note})`}`),
    ...section(
      'By day',
      days.map((day) => `${weekdayOf(day.day)} ${day.day}: ${sayOutcomes(day)}`),
    ),
    ...section('Scripts with the most runs', runLines(scripts)),
    ...section(
      'Scripts that fail most',
      failing.map(({ name, share, failed, ended }) => `${name}: ${formatShare(share)}, ${formatCount(failed)} of ${formatCount(ended)}`),
    ),
    ...section('Errors of the most failed runs', [
      ...errors.rows.map(sayError),
      ...(errors.others === undefined ? [] : [`${sayOthers(errors.others)}: ${formatMany(errors.others.runs, 'run')}`]),
    ]),
    ...section('By type', runLines(types)),
    ...section('By operating system', runLines(systems)),
  ]
}

export type TileView = { readonly name: string; readonly figure: string; readonly note: string }

/** The totals of a week, each with how it changed. */
export function tilesOf(total: Outcomes, before: Outcomes | undefined): readonly TileView[] {
  const tile = (name: string, outcome: 'runs' | 'success' | 'failed' | 'aborted' | 'other') => ({
    ...{ name, figure: formatCount(total[outcome]) },
    note: before === undefined ? '' : sayChange(total[outcome], before[outcome]),
  })
  const open = total.other === 0 && (before?.other ?? 0) === 0 ? [] : [tile('No known end', 'other')]
  return [
    tile('Runs', 'runs'),
    { name: 'Success rate', figure: sayRate(total), note: before === undefined ? '' : sayRateChange(total, before) },
    ...[tile('Success', 'success'), tile('Failed', 'failed'), tile('Aborted', 'aborted')],
    ...open,
  ]
}

function sayRate({ successShare }: Outcomes): string {
  return successShare === undefined ? 'no ended run' : formatShare(successShare)
}

/** `+150.0 % from 10`. */
function sayChange(now: number, before: number): string {
  return before === 0 ? 'from 0' : `${signed((100 * (now - before)) / before)} % from ${formatCount(before)}`
}

function sayRateChange({ successShare: now }: Outcomes, { successShare: before }: Outcomes): string {
  if (before === undefined) return 'from no ended run'
  return now === undefined ? `from ${formatShare(before)}` : `${signed(100 * (now - before))} points from ${formatShare(before)}`
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(1)}`
}

/** The words for the outcomes of some runs, in the order of the bars. */
export const outcomeNames = { success: 'success', failed: 'failed', aborted: 'aborted', other: 'no known end' } as const

function sayOutcomes(outcomes: Outcomes): string {
  const parts = (Object.keys(outcomeNames) as (keyof typeof outcomeNames)[]).flatMap((name) =>
    outcomes[name] === 0 ? [] : [`${formatCount(outcomes[name])} ${outcomeNames[name]}`],
  )
  return [formatMany(outcomes.runs, 'run'), ...parts].join(', ')
}

/** `Mon`. */
export function weekdayOf(day: string): string {
  return ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `- ${line}`)]
}

function runLines(list: Listed<NamedRuns>): readonly string[] {
  const all = sizeOfList(list)
  const line = (name: string, runs: number) => `${name}: ${formatCount(runs)} (${formatShare(runs / all)})`
  return [
    ...list.rows.map(({ name, runs }) => line(name, runs)),
    ...(list.others === undefined ? [] : [line(sayOthers(list.others), list.others.runs)]),
  ]
}

/** The runs of all rows, also of those that are not listed. */
export function sizeOfList({ rows, others }: Listed<NamedRuns>): number {
  return rows.reduce((sum, { runs }) => sum + runs, others?.runs ?? 0)
}

/** The name of the line for all that is not listed: `407 others`. */
export function sayOthers({ count }: NonNullable<Listed<unknown>['others']>): string {
  return count === undefined ? 'others' : formatMany(count, 'other')
}

function sayError({ title, runs, runsBefore, isNew }: ReportFigures['errors']['rows'][number]): string {
  return `${title}: ${formatMany(runs, 'run')}, ${sayErrorChange({ runsBefore, isNew })}`
}

/** How a group of errors came to its runs: `new`, or how many it had the week before. */
export function sayErrorChange({ runsBefore, isNew }: { readonly runsBefore?: number | undefined; readonly isNew: boolean }): string {
  return isNew ? 'new' : `${formatCount(runsBefore ?? 0)} the week before`
}
