import type { ErrorStates } from '../../access/error-state.ts'
import { type Principal, tenantOf } from '../../access/principal.ts'
import type { ExportRow } from '../../archive/csv.ts'
import { type ExportFormat, type ExportTable, exportFormats, writeExport } from '../../archive/export.ts'
import { readRunRows, runColumns } from '../../archive/run-row.ts'
import { err, ok, type Result } from '../../base/result.ts'
import type { Seats } from '../../base/seat.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import { dimensionRules } from '../../store/dimension.ts'
import { securityHeaders } from '../answer.ts'
import { refuseAsJson } from '../error.ts'
import { queryOf } from '../query.ts'
import { type AnalystParts, type Asker, analyse, answered, isPublic, orBusy, refuseQuestion } from '../question/analyst.ts'
import { inErrorState, readErrorState } from '../question/error-state.ts'
import { withNamePart } from '../question/name-part.ts'
import { type Lack, lacksIn, lacksOf, lacksOfAll, listMarks, partialHeaders, partialMarks } from '../question/partial.ts'
import { type Question, readQuestion } from '../question/question.ts'
import { readScriptOrder, sortScripts } from '../question/script-order.ts'
import { wholeBy } from '../question/whole-by.ts'
import type { Route, Visit } from '../route.ts'
import { factsOf } from '../v1/errors.ts'
import { overviewBy } from '../v1/overview.ts'
import { readRunQuery } from '../v1/runs.ts'
import { errorRow, groupColumns, overviewRows, scriptRow } from './group-row.ts'
import { streamPieces } from './stream.ts'

/** What can be exported, each with the filters of its page. */
const exportLists = ['runs', 'scripts', 'errors', 'overview'] as const
export type ExportList = (typeof exportLists)[number]

/** `GET /export/runs.csv` and the like. */
export function exportRoute(parts: ExportParts): Route {
  return {
    method: 'GET',
    path: '/export/:file',
    handle: async (request, visit) => {
      const [list, format] = visit.id.split('.', 2)
      const knownList = exportLists.find((name) => name === list)
      const knownFormat = exportFormats.find((name) => name === format)
      if (knownList === undefined || knownFormat === undefined || visit.id !== `${knownList}.${knownFormat}`)
        return refuseAsJson(unknownFile)
      const answer = await answerExport(request, visit, { list: knownList, format: knownFormat, parts })
      return answer.ok ? answer.value : refuseQuestion(answer.fault)
    },
  }
}

const unknownFile = refusal('not_found', 'path', 'unknown')

export type ExportParts = AnalystParts & {
  /** Which groups of errors are muted. */
  readonly errorStates: Pick<ErrorStates, 'muted'>
  readonly exportSeats: Seats
  /** Told who takes which file away. */
  readonly noteExport: (principal: Principal, file: string) => void
}
export type ExportOptions = {
  readonly list: ExportList
  readonly format: ExportFormat
  readonly parts: ExportParts
  /** What is asked for, where that is not the address alone: a page has a state and an order of its own where its address names none. */
  readonly params?: URLSearchParams
}

const tooMany = err(refusal('too_busy', 'export', 'too_many_at_once'))

/**
 * Sends a list with its whole filter, written while it is read and no faster than the client takes it. A client that goes away ends the reading; a
 * store that dies cuts the connection, so that half a list never looks like a whole one. Refused while as many exports run as may.
 */
export async function answerExport(
  request: Request,
  visit: Pick<Visit, 'principal' | 'keepOpen'>,
  { list, format, parts, params = queryOf(request) }: ExportOptions,
): Promise<Result<Response, Refusal>> {
  const seat = await parts.exportSeats.take()
  if (seat === undefined) return tooMany
  let body: ReadableStream<Uint8Array> | null = null
  try {
    const table = await orBusy(tables[list](params, { ...parts, principal: visit.principal }))
    if (!table.ok) return table
    if (request.method !== 'HEAD') body = streamPieces(writeExport(table.value.table, format), seat)
    visit.keepOpen()
    if (body !== null) parts.noteExport(visit.principal, `${list}.${format}`)
    const day = new Date(parts.clock.now()).toISOString().slice(0, 10)
    const headers = {
      ...securityHeaders,
      'Content-Type': contentTypes[format],
      'Content-Disposition': `attachment; filename="${list}-${day}.${format}"`,
      'Cache-Control': 'no-store',
      ...partialHeaders(table.value.lacks),
    }
    return ok(new Response(body, { headers }))
  } finally {
    if (body === null) seat.leave()
  }
}

const contentTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
}

/** A list and what it misses. */
type Listed = { readonly table: ExportTable; readonly lacks: readonly Lack[] }
type Loaded = Promise<Result<Listed, Refusal>>
type ExportAsker = Asker & Pick<ExportParts, 'errorStates'>

/** Which page of a list somebody looked at: a file has all of it. Everything else that an address asks for holds for the file, or is refused. */
const placeNames: Readonly<Record<ExportList, readonly string[]>> = {
  runs: ['after', 'before'],
  scripts: ['page'],
  errors: ['page'],
  overview: [],
}

const tables: Readonly<Record<ExportList, (params: URLSearchParams, asker: ExportAsker) => Loaded>> = {
  async runs(params, asker) {
    const read = readRunQuery(params, { tenant: tenantOf(asker.principal), now: asker.clock.now(), also: placeNames.runs })
    if (!read.ok) return read
    const pages = readRunRows({ runList: (query) => answered(asker.reader.runList(query)) }, read.value.query)
    const first = await pages.next() // A store that does not answer is told by a status, as long as nothing was sent.
    const table = { columns: runColumns, pages: first.done ? [] : continued(first.value, pages) }
    return ok({ table, lacks: lacksIn(listMarks(read.value.question, asker)) })
  },

  async scripts(params, asker) {
    const question = readOwn(params, asker, ['app', 'sort', ...placeNames.scripts])
    if (!question.ok) return question
    const order = readScriptOrder(params.get('sort'))
    if (!order.ok) return order
    const { by, range } = await analyse(asker, question.value, { by: { script: dimensionRules.script.valuesMax } })
    const found = withNamePart(by.script?.groups ?? [], params.get('app')?.trim() ?? '')
    const lacks = [...lacksIn(partialMarks(question.value, range, asker)), ...lacksOf(by.script)]
    return ok({ table: { columns: groupColumns.scripts, pages: [sortScripts(found, order.value).map(scriptRow)] }, lacks })
  },

  async errors(params, asker) {
    const question = readOwn(params, asker, ['state', ...placeNames.errors])
    if (!question.ok) return question
    const state = readErrorState(params.get('state'))
    if (!state.ok) return state
    const { by, range } = await analyse(asker, question.value, { by: { error: dimensionRules.error.valuesMax } })
    const groups = inErrorState(by.error?.groups ?? [], state.value, asker.errorStates.muted(tenantOf(asker.principal)))
    const facts = await factsOf(
      groups.map(({ value }) => value),
      asker,
    )
    const lacks = [...lacksIn(partialMarks(question.value, range, asker)), ...lacksOf(by.error)]
    const rows = groups.map((group) => errorRow(group, facts.get(group.value)))
    return ok({ table: { columns: groupColumns.errors, pages: [rows] }, lacks })
  },

  async overview(params, asker) {
    const question = readOwn(params, asker, placeNames.overview)
    if (!question.ok) return question
    const analysis = await analyse(asker, question.value, { by: wholeBy(overviewBy) })
    const lacks = [...lacksIn(partialMarks(question.value, analysis.range, asker)), ...lacksOfAll(analysis)]
    return ok({ table: { columns: groupColumns.overview, pages: [overviewRows(analysis)] }, lacks })
  },
}

async function* continued(first: readonly ExportRow[], rest: AsyncGenerator<readonly ExportRow[], void, undefined>) {
  yield first
  yield* rest
}

function readOwn(params: URLSearchParams, asker: Asker, also: readonly string[]): Result<Question, Refusal> {
  return readQuestion(params, asker.clock.now(), { isPublic: isPublic(asker.principal), also })
}
