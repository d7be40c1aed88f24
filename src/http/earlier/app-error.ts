import type { Group } from '../../store/analysis-port.ts'
import { type Asker, analyse, isPublic } from '../question/analyst.ts'
import { otherValue } from '../question/public-view.ts'
import { factsOf } from '../v1/errors.ts'
import { type AppRow, crossedMax, pendingOf, percentOf, type TypeRows } from './app-row.ts'
import type { EarlierQuestion } from './question.ts'
import type { EarlierErrors } from './schema.ts'

type AppError = EarlierErrors['app_errors'][number]

const appsMax = 50
/** Values looked at for the first that says something. */
const candidates = 3

/**
 * Scripts with errors, most failed runs first. For the first of them also their commonest code, error and category: that crosses filters, so for long
 * periods fewer are asked, and none for everybody; the others have 0 and empty texts there.
 */
export async function countAppErrors(asker: Asker, question: EarlierQuestion, types: readonly TypeRows[]): Promise<AppError[]> {
  const rows = types
    .flatMap(({ apps }) => apps)
    .filter(({ counts }) => counts.failed + counts.aborted > 0)
    .toSorted((one, other) => other.counts.failed - one.counts.failed || other.counts.aborted - one.counts.aborted)
    .slice(0, appsMax)
  const errors: AppError[] = []
  for (const [index, row] of rows.entries()) {
    const isAsked = index < crossedMax(question.days) && !isPublic(asker.principal)
    errors.push({ ...viewApp(row), ...(isAsked && (await readTops(asker, question, row))) })
  }
  return errors
}

function viewApp({ app, type, total, counts }: AppRow): AppError {
  return {
    app,
    type,
    total_count: total,
    failed_count: counts.failed,
    aborted_count: counts.aborted,
    failure_rate: percentOf(counts.failed, total - pendingOf(counts)),
    top_exit_code: 0,
    top_error: '',
    top_category: '',
  }
}

async function readTops(asker: Asker, question: EarlierQuestion, { app, type }: AppRow) {
  const selection = { ...question.selection, filter: { ...question.selection.filter, script: app, type } }
  const { by } = await analyse(
    asker,
    { ...question, selection },
    { by: { exit_code: candidates, error: candidates, category: candidates } },
  )
  const error = topOf(by.error?.groups)
  const facts = error === undefined ? undefined : (await factsOf([error], asker)).get(error)
  return {
    top_exit_code: Number(topOf(by.exit_code?.groups) ?? 0),
    top_error: facts?.title ?? '',
    top_category: topOf(by.category?.groups) ?? '',
  }
}

/** The commonest value that says something. */
function topOf(groups: readonly Group[] = []): string | undefined {
  return groups.find(({ value }) => value !== 'unknown' && value !== otherValue)?.value
}
