import { errorScripts } from './kind-words.ts'
import type { AlertMessage } from './message.ts'
import { shownText } from './message-part.ts'
import type { ReportFigures } from './report-figures.ts'

/** The name that a group of errors has now; undefined for one that is not known any more. */
export type ErrorTitle = (tenant: string, fingerprint: string) => string | undefined

/** Whether a message quotes the names of groups of errors: one about a new error does, and a weekly report. */
export function quotesErrors({ kind, report }: AlertMessage): boolean {
  return kind === 'new_error' || report !== undefined
}

/** A message as it may be kept: words that are not the name of their group any more came from runs that are erased, and its fingerprint stands for them. */
export function withoutLostTitles(message: AlertMessage, titleOf: ErrorTitle): AlertMessage {
  const { tenant, kind, subject, summary, facts, report } = message
  const isLost = (fingerprint: string, words: string) =>
    words !== fingerprint && words !== shownText(titleOf(tenant, fingerprint) ?? fingerprint)
  if (kind === 'new_error' && isLost(subject, summary)) {
    return { ...message, summary: subject, facts: facts.filter(({ name }) => name !== errorScripts) } // Their scripts were those of the same runs.
  }
  if (report === undefined || !report.errors.rows.some(({ fingerprint, title }) => isLost(fingerprint, title))) return message
  return { ...message, report: { ...report, errors: clearTitles(report.errors, isLost) } }
}

function clearTitles(errors: ReportFigures['errors'], isLost: (fingerprint: string, words: string) => boolean): ReportFigures['errors'] {
  const rows = errors.rows.map((row) => (isLost(row.fingerprint, row.title) ? { ...row, title: row.fingerprint } : row))
  return { ...errors, rows }
}
