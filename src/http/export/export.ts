import { tenantOf } from '../../access/principal.ts'
import type { ExportRow } from '../../archive/csv.ts'
import { type ExportFormat, type ExportTable, exportFormats, writeExport } from '../../archive/export.ts'
import { readRunRows, runColumns } from '../../archive/run-row.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import { dimensionRules } from '../../store/dimension.ts'
import { securityHeaders } from '../answer.ts'
import { refuseAsJson } from '../error.ts'
import { queryOf } from '../query.ts'
import { type AnalystParts, type Asker, analyse, answered, isPublic, orBusy, refuseQuestion } from '../question/analyst.ts'
import { type Question, readQuestion } from '../question/question.ts'
import type { Route, Visit } from '../server.ts'
import { factsOf } from '../v1/errors.ts'
import { overviewBy } from '../v1/overview.ts'
import { readRunQuery } from '../v1/runs.ts'
import { errorRow, groupColumns, overviewRows, scriptRow } from './group-row.ts'

/** What can be exported, each with the filters of its page. */
const exportLists = ['runs', 'scripts', 'errors', 'overview'] as const
export type ExportList = (typeof exportLists)[number]

/** `GET /export/runs.csv` and the like. */
export function exportRoute(parts: AnalystParts): Route {
  return {
    method: 'GET',
    path: '/export/:file',
    handle: (request, visit) => {
      const [list, format] = visit.id.split('.', 2)
      const knownList = exportLists.find((name) => name === list)
      const knownFormat = exportFormats.find((name) => name === format)
      if (knownList === undefined || knownFormat === undefined || visit.id !== `${knownList}.${knownFormat}`)
        return refuseAsJson(unknownFile)
      return answerExport(request, visit, { list: knownList, format: knownFormat, parts })
    },
  }
}

const unknownFile = refusal('not_found', 'path', 'unknown')

export type ExportOptions = { readonly list: ExportList; readonly format: ExportFormat; readonly parts: AnalystParts }

/**
 * Sends a list with its whole filter, written while it is read and no faster than the client takes it. A client that goes away ends the reading; a
 * store that dies cuts the connection, so that half a list never looks like a whole one.
 */
export async function answerExport(
  request: Request,
  visit: Pick<Visit, 'principal' | 'keepOpen'>,
  options: ExportOptions,
): Promise<Response> {
  const { list, format, parts } = options
  const table = await orBusy(tables[list](queryOf(request), { ...parts, principal: visit.principal }))
  if (!table.ok) return refuseQuestion(table.fault)
  const day = new Date(parts.clock.now()).toISOString().slice(0, 10)
  visit.keepOpen()
  return new Response(request.method === 'HEAD' ? null : streamOf(writeExport(table.value, format)), {
    headers: {
      ...securityHeaders,
      'Content-Type': contentTypes[format],
      'Content-Disposition': `attachment; filename="${list}-${day}.${format}"`,
      'Cache-Control': 'no-store',
    },
  })
}

const contentTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
  jsonl: 'application/x-ndjson; charset=utf-8',
}

/** Asks for the next piece when the last one was taken, and for none ahead. */
function streamOf(pieces: AsyncGenerator<string, void, undefined>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
      async cancel() {
        await pieces.return()
      },
    },
    { highWaterMark: 0 },
  )
}

type Loaded = Promise<Result<ExportTable, Refusal>>

/** Pages name their own parameters beside the filters; an export has no use for them, and they refuse nothing. */
const pageParameters = ['format', 'sort', 'state', 'limit', 'after', 'before'] as const

const tables: Readonly<Record<ExportList, (params: URLSearchParams, asker: Asker) => Loaded>> = {
  async runs(params, asker) {
    const read = readRunQuery(params, { tenant: tenantOf(asker.principal), now: asker.clock.now(), also: pageParameters })
    if (!read.ok) return read
    const pages = readRunRows({ runList: (query) => answered(asker.reader.runList(query)) }, read.value.query)
    const first = await pages.next() // A store that does not answer is told by a status, as long as nothing was sent.
    return ok({ columns: runColumns, pages: first.done ? [] : continued(first.value, pages) })
  },

  scripts: (params, asker) =>
    sums(params, asker, async (question) => {
      const { by } = await analyse(asker, question, { by: { script: dimensionRules.script.valuesMax } })
      return { columns: groupColumns.scripts, pages: [(by.script?.groups ?? []).map(scriptRow)] }
    }),

  errors: (params, asker) =>
    sums(params, asker, async (question) => {
      const { by } = await analyse(asker, question, { by: { error: dimensionRules.error.valuesMax } })
      const groups = by.error?.groups ?? []
      const facts = await factsOf(
        groups.map(({ value }) => value),
        asker,
      )
      return { columns: groupColumns.errors, pages: [groups.map((group) => errorRow(group, facts.get(group.value)))] }
    }),

  overview: (params, asker) =>
    sums(params, asker, async (question) => {
      return { columns: groupColumns.overview, pages: [overviewRows(await analyse(asker, question, { by: overviewBy }))] }
    }),
}

async function* continued(first: readonly ExportRow[], rest: AsyncGenerator<readonly ExportRow[], void, undefined>) {
  yield first
  yield* rest
}

async function sums(params: URLSearchParams, asker: Asker, load: (question: Question) => Promise<ExportTable>): Loaded {
  const question = readQuestion(params, asker.clock.now(), { isPublic: isPublic(asker.principal), also: pageParameters })
  return question.ok ? ok(await load(question.value)) : err(question.fault)
}
