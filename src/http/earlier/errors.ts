import { dayOf } from '../../base/clock.ts'
import { ok, type Result } from '../../base/result.ts'
import { categoryOfExitCode, describeExitCode } from '../../event/exit-code.ts'
import type { Refusal } from '../../event/refusal.ts'
import { formatDay } from '../../page/format.ts'
import { sumOf } from '../../page/outcome.ts'
import type { Analysis, Group } from '../../store/analysis-port.ts'
import type { RunView } from '../../store/reader-port.ts'
import { queryOf } from '../query.ts'
import { type AnalystParts, type Answer, type Asker, analyse, answerFrom, isPublic } from '../question/analyst.ts'
import { partialMarks } from '../question/partial.ts'
import { otherValue } from '../question/public-view.ts'
import type { Route } from '../route.ts'
import { countAppErrors } from './app-error.ts'
import { crossedMax, pendingOf, percentOf, readTypeRows } from './app-row.ts'
import { type EarlierQuestion, readEarlierQuestion } from './question.ts'
import { readRecentRuns } from './recent.ts'
import { formatTime } from './record-view.ts'
import type { EarlierErrors } from './schema.ts'

/** `GET /api/errors`, as the earlier service answered it. */
export function earlierErrorsRoute(parts: AnalystParts): Route {
  return {
    method: 'GET',
    path: '/api/errors',
    handle: (request, { principal }) => answerFrom(request, answerErrors(request, { ...parts, principal })),
  }
}

const exitCodesMax = 30
const recentMax = 100
const appsNamed = 5
/** Stands for the codes that were folded together: the key stays a number. */
const otherExitCode = -1

async function answerErrors(request: Request, asker: Asker): Promise<Result<Answer, Refusal>> {
  const rules = { daysDefault: 7, zero: 'day', isPublic: isPublic(asker.principal) } as const
  const question = readEarlierQuestion(queryOf(request), asker.clock.now(), rules)
  const [analysis, types, recent] = await Promise.all([
    analyse(asker, question, { by: { category: 64, exit_code: 256 }, grain: 'day' }),
    readTypeRows(asker, question),
    readRecentErrors(asker, question),
  ])
  const { counts } = analysis.total
  const errors = errorsIn({ counts })
  const body: EarlierErrors = {
    ...partialMarks(question, analysis.range, asker),
    total_errors: errors,
    total_installs: sumOf(counts),
    overall_fail_rate: percentOf(errors, sumOf(counts)),
    exit_code_stats: viewExitCodes(analysis, errors),
    category_stats: await countCategories(asker, question, { analysis, errors }),
    app_errors: await countAppErrors(asker, question, types),
    recent_errors: recent.map(viewError),
    stuck_installing: countStuck(analysis, dayOf(asker.clock.now())),
    error_timeline: analysis.series.map((bucket) => ({
      date: formatDay(dayOf(bucket.start)),
      failed: bucket.counts.failed,
      aborted: bucket.counts.aborted,
    })),
  }
  return ok({ body })
}

function errorsIn({ counts }: Pick<Group, 'counts'>): number {
  return counts.failed + counts.aborted
}

/** Groups that have errors, most first; runs that were only given up are none. */
function rankByErrors(groups: readonly Group[] = []): readonly Group[] {
  return groups.filter((group) => errorsIn(group) > 0).toSorted((one, other) => errorsIn(other) - errorsIn(one))
}

function viewExitCodes({ by }: Analysis, errors: number): EarlierErrors['exit_code_stats'] {
  return rankByErrors(by.exit_code?.groups.filter(({ value }) => value !== 'unknown'))
    .slice(0, exitCodesMax)
    .map((group) => {
      const code = group.value === otherValue ? otherExitCode : Number(group.value)
      const meaning =
        code === otherExitCode
          ? { description: otherValue, category: 'unknown' }
          : { description: describeExitCode(code), category: categoryOfExitCode(code) }
      return { exit_code: code, count: errorsIn(group), ...meaning, percentage: percentOf(errorsIn(group), errors) }
    })
}

/** Kinds of failure; for the most frequent also the scripts they hit, which crosses two filters. */
async function countCategories(
  asker: Asker,
  question: EarlierQuestion,
  { analysis, errors }: { readonly analysis: Analysis; readonly errors: number },
): Promise<EarlierErrors['category_stats']> {
  const rows: EarlierErrors['category_stats'] = []
  for (const [index, group] of rankByErrors(analysis.by.category?.groups).entries()) {
    const isAsked = index < crossedMax(question.days) && !isPublic(asker.principal)
    const apps = isAsked ? await readApps(asker, question, group.value) : []
    const count = errorsIn(group)
    rows.push({ category: group.value, count, percentage: percentOf(count, errors), top_apps: apps.join(', ') })
  }
  return rows
}

async function readApps(asker: Asker, question: EarlierQuestion, category: string): Promise<readonly string[]> {
  const selection = { ...question.selection, filter: { ...question.selection.filter, category } }
  const { by } = await analyse(asker, { ...question, selection }, { by: { script: appsNamed } })
  return (by.script?.groups ?? []).map(({ value }) => value)
}

async function readRecentErrors(asker: Asker, question: EarlierQuestion): Promise<readonly RunView[]> {
  const lists = await Promise.all(['failed', 'aborted'].map((status) => readRecentRuns(asker, question, { limit: recentMax, status })))
  return lists
    .flat()
    .toSorted((one, other) => other.reading.firstAt - one.reading.firstAt)
    .slice(0, recentMax)
}

function viewError({ reading }: RunView): EarlierErrors['recent_errors'][number] {
  return {
    nsapp: reading.nsapp,
    type: reading.type,
    status: reading.status,
    exit_code: reading.exitCode ?? 0,
    error: reading.error ?? '',
    error_category: reading.errorCategory ?? '',
    os_type: reading.osType ?? '',
    os_version: reading.osVersion ?? '',
    created: formatTime(reading.firstAt),
  }
}

/** Runs that were given up, which have the category `timeout` and no outcome, and runs that began before today and did not end: none takes a day. */
function countStuck({ by, series }: Analysis, today: number): number {
  const givenUp = by.category?.groups.find(({ value }) => value === 'timeout')?.counts.unknown ?? 0
  const earlier = series.filter(({ start }) => dayOf(start) < today)
  return givenUp + earlier.reduce((sum, { counts }) => sum + pendingOf(counts), 0)
}
