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
import { withNamePart } from '../question/name-part.ts'
import { type Lack, lacksIn, lacksOf, lacksOfAll, listMarks, partialHeaders, partialMarks } from '../question/partial.ts'
import { type Question, readQuestion } from '../question/question.ts'
import type { Route, Visit } from '../server.ts'
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
  readonly exportSeats: Seats
  /** Told who takes which file away. */
  readonly noteExport: (principal: Principal, file: string) => void
}
export type ExportOptions = { readonly list: ExportList; readonly format: ExportFormat; readonly parts: ExportParts }

const tooMany = err(refusal('too_busy', 'export', 'too_many_at_once'))

/**
 * Sends a list with its whole filter, written while it is read and no faster than the client takes it. A client that goes away ends the reading; a
 * store that dies cuts the connection, so that half a list never looks like a whole one. Refused while as many exports run as may.
 */
export async function answerExport(
  request: Request,
  visit: Pick<Visit, 'principal' | 'keepOpen'>,
  { list, format, parts }: ExportOptions,
): Promise<Result<Response, Refusal>> {
  const seat = await parts.exportSeats.take()
  if (seat === undefined) return tooMany
  let body: ReadableStream<Uint8Array> | null = null
  try {
    const table = await orBusy(tables[list](queryOf(request), { ...parts, principal: visit.principal }))
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

/** Pages name their own parameters beside the filters; an export has no use for them, and they refuse nothing. */
const pageParameters = ['format', 'sort', 'state', 'page', 'limit', 'after', 'before'] as const

const tables: Readonly<Record<ExportList, (params: URLSearchParams, asker: Asker) => Loaded>> = {
  async runs(params, asker) {
    const read = readRunQuery(params, { tenant: tenantOf(asker.principal), now: asker.clock.now(), also: pageParameters })
    if (!read.ok) return read
    const pages = readRunRows({ runList: (query) => answered(asker.reader.runList(query)) }, read.value.query)
    const first = await pages.next() // A store that does not answer is told by a status, as long as nothing was sent.
    const table = { columns: runColumns, pages: first.done ? [] : continued(first.value, pages) }
    return ok({ table, lacks: lacksIn(listMarks(read.value.question, asker)) })
  },

  scripts: (params, asker) =>
    sums(
      params,
      asker,
      async (question) => {
        const { by, range } = await analyse(asker, question, { by: { script: dimensionRules.script.valuesMax } })
        const found = withNamePart(by.script?.groups ?? [], params.get('app')?.trim() ?? '')
        const lacks = [...lacksIn(partialMarks(question, range, asker)), ...lacksOf(by.script)]
        return { table: { columns: groupColumns.scripts, pages: [found.map(scriptRow)] }, lacks }
      },
      ['app'],
    ),

  errors: (params, asker) =>
    sums(params, asker, async (question) => {
      const { by, range } = await analyse(asker, question, { by: { error: dimensionRules.error.valuesMax } })
      const groups = by.error?.groups ?? []
      const facts = await factsOf(
        groups.map(({ value }) => value),
        asker,
      )
      const lacks = [...lacksIn(partialMarks(question, range, asker)), ...lacksOf(by.error)]
      const rows = groups.map((group) => errorRow(group, facts.get(group.value)))
      return { table: { columns: groupColumns.errors, pages: [rows] }, lacks }
    }),

  overview: (params, asker) =>
    sums(params, asker, async (question) => {
      const analysis = await analyse(asker, question, { by: overviewBy })
      const lacks = [...lacksIn(partialMarks(question, analysis.range, asker)), ...lacksOfAll(analysis)]
      return { table: { columns: groupColumns.overview, pages: [overviewRows(analysis)] }, lacks }
    }),
}

async function* continued(first: readonly ExportRow[], rest: AsyncGenerator<readonly ExportRow[], void, undefined>) {
  yield first
  yield* rest
}

async function sums(
  params: URLSearchParams,
  asker: Asker,
  load: (question: Question) => Promise<Listed>,
  own: readonly string[] = [],
): Loaded {
  const question = readQuestion(params, asker.clock.now(), { isPublic: isPublic(asker.principal), also: [...pageParameters, ...own] })
  return question.ok ? ok(await load(question.value)) : err(question.fault)
}
