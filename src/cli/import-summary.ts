import { type ImportCounts, rejectedOf } from '../../migration/import/import-counts.ts'
import { formatCount, formatMany, formatMoment } from '../base/format.ts'

/** An import that came to its end, or one without an effect. */
export type ImportDone = { readonly counts: ImportCounts } & (
  | { readonly isDry: true }
  | { readonly isDry: false; readonly rejectsPath: string }
)

/** What an import did, for programs: times in ISO 8601, `null` where no record was taken or rejected. */
export function summaryOf(done: ImportDone) {
  const { read, taken, outside, erased, rejectedBy, repairedBy, firstAt, lastAt } = done.counts
  const rejected = rejectedOf(done.counts)
  return {
    dry_run: done.isDry,
    read,
    taken,
    outside,
    rejected,
    erased,
    rejected_by: rejectedBy,
    repaired_by: repairedBy,
    first: firstAt === undefined ? null : new Date(firstAt).toISOString(),
    last: lastAt === undefined ? null : new Date(lastAt).toISOString(),
    rejects_file: rejected === 0 || done.isDry ? null : done.rejectsPath,
  }
}

/** The same in words, a line each. */
export function describeImport(done: ImportDone): string {
  const { read, taken, outside, erased, rejectedBy, repairedBy, firstAt, lastAt } = done.counts
  const rejected = rejectedOf(done.counts)
  const period = firstAt === undefined || lastAt === undefined ? '' : `, from ${formatMoment(firstAt)} to ${formatMoment(lastAt)} UTC`
  const lines = [`${formatCount(taken)} of ${formatMany(read, 'record')} ${done.isDry ? 'would be taken' : 'are in the store'}${period}.`]
  if (outside > 0) lines.push(`${formatCount(outside)} of other days ${done.isDry ? 'would be' : 'were'} left out.`)
  if (erased > 0) lines.push(`${formatCount(erased)} ${done.isDry ? 'would be left out' : 'left out'}: their ids were erased since.`)
  const listed = done.isDry ? 'would be rejected' : `rejected, listed in ${done.rejectsPath}`
  if (rejected > 0) lines.push(`${formatCount(rejected)} ${listed}:`, ...rulesOf(rejectedBy))
  const repairs = rulesOf(repairedBy)
  if (repairs.length > 0) lines.push(done.isDry ? 'To be repaired:' : 'Repaired:', ...repairs)
  return `${lines.join('\n')}\n`
}

function rulesOf(countsByRule: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(countsByRule).map(([rule, count]) => `  ${formatCount(count)} ${rule}`)
}
