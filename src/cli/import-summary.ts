import { type ImportCounts, rejectedOf } from '../../migration/import/import-counts.ts'
import { formatCount, formatMany, formatMoment } from '../base/format.ts'

/** What an import did, for programs: times in ISO 8601, `null` where no record was taken or rejected. */
export function summaryOf(counts: ImportCounts, rejectsPath: string) {
  const { read, taken, rejectedBy, repairedBy, firstAt, lastAt } = counts
  const rejected = rejectedOf(counts)
  return {
    read,
    taken,
    rejected,
    rejected_by: rejectedBy,
    repaired_by: repairedBy,
    first: firstAt === undefined ? null : new Date(firstAt).toISOString(),
    last: lastAt === undefined ? null : new Date(lastAt).toISOString(),
    rejects_file: rejected === 0 ? null : rejectsPath,
  }
}

/** The same in words, a line each. */
export function describeImport(counts: ImportCounts, rejectsPath: string): string {
  const { read, taken, rejectedBy, repairedBy, firstAt, lastAt } = counts
  const rejected = rejectedOf(counts)
  const period = firstAt === undefined || lastAt === undefined ? '' : `, from ${formatMoment(firstAt)} to ${formatMoment(lastAt)} UTC`
  const lines = [`${formatCount(taken)} of ${formatMany(read, 'record')} are in the store${period}.`]
  if (rejected > 0) lines.push(`${formatCount(rejected)} rejected, listed in ${rejectsPath}:`, ...rulesOf(rejectedBy))
  const repairs = rulesOf(repairedBy)
  if (repairs.length > 0) lines.push('Repaired:', ...repairs)
  return `${lines.join('\n')}\n`
}

function rulesOf(countsByRule: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(countsByRule).map(([rule, count]) => `  ${formatCount(count)} ${rule}`)
}
