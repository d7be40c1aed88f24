import { tenantOf } from '../../access/principal.ts'
import type { ExportRow } from '../../archive/csv.ts'
import { runRowOf } from '../../archive/run-row.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import { isRunCursor } from '../../store/list/run-list.ts'
import type { RunCountQuery, RunListQuery } from '../../store/reader-port.ts'
import { type RecordsParts, showRecord } from '../earlier/records.ts'
import { queryOf } from '../query.ts'
import { type AnalystParts, type Answer, type Asker, answered, answerFrom } from '../question/analyst.ts'
import { listMarks } from '../question/partial.ts'
import { type Question, readGiven, readQuestion } from '../question/question.ts'
import { unendedBefore } from '../question/unended.ts'
import type { Route } from '../route.ts'
import { linkHeaders, readLimit } from './page-of.ts'

/** `GET /api/v1/runs` and `GET /api/v1/runs/{id}`. */
export function runsRoutes(parts: AnalystParts & RecordsParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/runs',
      handle: (request, { principal }) => answerFrom(request, listRuns(request, { ...parts, principal })),
    },
    {
      method: 'GET',
      path: '/api/v1/runs/:id',
      handle: (request, { principal, id }) => answerFrom(request, showRun(request, id, { ...parts, principal })),
    },
  ]
}

async function showRun(request: Request, id: string, asker: Asker & RecordsParts): Promise<Result<Answer, Refusal>> {
  const given = readGiven(queryOf(request), [])
  return given.ok ? showRecord(id, tenantOf(asker.principal), asker) : given
}

/** Parameters that narrow runs beside the filters that every answer has. */
export const runParameters = ['app', 'repaired', 'cloaked', 'unended'] as const

/** Reads period and filters of a list of runs, also those that only runs can be asked for. */
export function readRunQuery(
  params: URLSearchParams,
  { tenant, now, also = [] }: { readonly tenant: string; readonly now: number; readonly also?: readonly string[] },
): Result<{ readonly question: Question; readonly query: RunCountQuery }, Refusal> {
  const question = readQuestion(params, now, { also: [...runParameters, ...also] })
  if (!question.ok) return question
  const { selection, range } = question.value
  const app = params.get('app')?.trim()
  const marks: { repaired?: boolean; cloaked?: boolean } = {}
  for (const name of ['repaired', 'cloaked'] as const) {
    const word = params.get(name)
    if (!word) continue
    if (word !== 'yes' && word !== 'no') return err(refusal('parameter_invalid', name, 'not_yes_or_no'))
    marks[name] = word === 'yes'
  }
  const unended = params.get('unended')
  if (unended && unended !== 'yes') return err(refusal('parameter_invalid', 'unended', 'nearest_value_yes'))
  return ok({
    question: question.value,
    query: {
      tenant,
      filter: selection.filter,
      ...(range && { range }),
      ...(app && { app }),
      ...marks,
      ...(unended && { unendedBefore: unendedBefore(now) }),
    },
  })
}

/** Where in a list of runs a page begins: behind a run, or before one. */
export function readRunPlace(params: URLSearchParams): Result<Pick<RunListQuery, 'cursor' | 'direction'>, Refusal> {
  const [after, before] = ['after', 'before'].map((name) => params.get(name)?.trim() || undefined)
  for (const [name, cursor] of [['after', after] as const, ['before', before] as const])
    if (cursor !== undefined && !isRunCursor(cursor)) return err(refusal('parameter_invalid', name, 'not_a_cursor'))
  if (after !== undefined && before !== undefined) return err(refusal('parameter_invalid', 'before', 'not_both'))
  return ok(before === undefined ? { ...(after !== undefined && { cursor: after }) } : { cursor: before, direction: 'newer' })
}

async function listRuns(request: Request, { reader, clock, principal, sealedDay }: Asker): Promise<Result<Answer, Refusal>> {
  const params = queryOf(request)
  const read = readRunQuery(params, { tenant: tenantOf(principal), now: clock.now(), also: ['limit', 'after', 'before'] })
  if (!read.ok) return read
  const limit = readLimit(params)
  if (!limit.ok) return limit
  const place = readRunPlace(params)
  if (!place.ok) return place
  const { runs, older, newer } = await answered(reader.runList({ ...read.value.query, ...place.value, limit: limit.value }))
  const extra = extraOf(params)
  const headers = linkHeaders('/api/v1/runs', read.value.question, limit.value, {
    prev: newer === undefined ? undefined : { ...extra, before: newer },
    next: older === undefined ? undefined : { ...extra, after: older },
  })
  const rows: readonly ExportRow[] = runs.map(({ reading }) => runRowOf(reading))
  const marks = listMarks(read.value.question, { sealedDay })
  return ok({ body: { ...marks, runs: rows, ...(newer !== undefined && { newer }), ...(older !== undefined && { older }) }, headers })
}

function extraOf(params: URLSearchParams): Readonly<Record<string, string>> {
  return Object.fromEntries(runParameters.flatMap((name) => (params.get(name) ? [[name, params.get(name) ?? '']] : [])))
}
