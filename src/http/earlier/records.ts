import { tenantOf } from '../../access/principal.ts'
import { type Clock, dayOf } from '../../base/clock.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { keyOfId, lookUpIds } from '../../event/identity.ts'
import type { RunReading } from '../../event/reading.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import type { RecordsQuery, RunDetail, RunFamily, RunView } from '../../store/reader-port.ts'
import { leadingNumber, queryOf } from '../query.ts'
import { type AnalystParts, type Answer, type AsyncReader, answered, answerFrom } from '../question/analyst.ts'
import { listMarks } from '../question/partial.ts'
import type { Route } from '../route.ts'
import { formatTime, type RecordView, viewRecord } from './record-view.ts'

export type RecordsParts = {
  readonly reader: AsyncReader
  readonly clock: Clock
  readonly idSecret: Uint8Array
  /** The revision up to which PocketBase has every change; undefined when it is off. */
  readonly mirroredRevision: () => number | undefined
}

type ListParts = RecordsParts & Pick<AnalystParts, 'sealedDay'>

/** `GET /api/records` and `GET /api/records/{id}`. The tenant is the one of who asks; no parameter can name another. */
export function recordsRoutes(parts: ListParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/records',
      handle: (request, { principal }) => answerFrom(request, listRecords(request, tenantOf(principal), parts)),
    },
    {
      method: 'GET',
      path: '/api/records/:id',
      handle: (request, { principal, id }) => answerFrom(request, showRecord(id, tenantOf(principal), parts)),
    },
  ]
}

async function listRecords(request: Request, tenant: string, { reader, clock, sealedDay }: ListParts): Promise<Result<Answer, Refusal>> {
  const query = readQuery(queryOf(request), tenant)
  const page = await answered(reader.recordsPage(query, clock.now()))
  const body = {
    ...listMarks({ range: { fromDay: page.fromDay, toDay: dayOf(clock.now()) } }, { sealedDay }),
    records: page.runs.map(({ reading }) => viewListed(reading)),
    page: page.page,
    limit: page.limit,
    total: page.total,
    total_pages: page.totalPages,
  }
  return ok({ body })
}

/** The earlier service's shape; what it did not have stands there only where it is true. */
function viewListed(reading: RunReading): RecordView {
  return { ...viewRecord(reading), ...(reading.repoSourceAssumed && { repo_source_assumed: true }) }
}

function readQuery(params: URLSearchParams, tenant: string): RecordsQuery {
  const query: Record<string, string | number> = { tenant }
  for (const name of ['page', 'limit', 'days'] as const) {
    const number = leadingNumber(params.get(name))
    if (number !== undefined) query[name] = number
  }
  for (const name of ['status', 'app', 'os', 'type', 'repo', 'slug', 'sort'] as const) {
    const value = params.get(name)
    if (value) query[name] = value
  }
  const search = params.get('search')
  if (search && query['app'] === undefined) query['app'] = search
  return query as unknown as RecordsQuery
}

/** One run with its history, by an id of either kind. */
export async function showRecord(raw: string, tenant: string, parts: RecordsParts): Promise<Result<Answer, Refusal>> {
  const found = await findRecord(raw, tenant, parts)
  return found === undefined ? err(refusal('not_found', 'id', 'unknown')) : ok({ body: viewDetail(found, parts.mirroredRevision()) })
}

/** One run by an id of either kind, as a client may spell it. */
export async function findRecord(
  raw: string,
  tenant: string,
  { reader, idSecret }: Pick<RecordsParts, 'reader' | 'idSecret'>,
): Promise<RunDetail | RunFamily | undefined> {
  for (const id of lookUpIds(raw.slice(0, idCharactersMax), idSecret)) {
    const found = await findRun(id, tenant, reader)
    if (found !== undefined) return found
  }
  return undefined
}

const idCharactersMax = 64

/** An execution id gives its run; a random id the newest of its runs. */
async function findRun(id: string, tenant: string, reader: AsyncReader): Promise<RunDetail | RunFamily | undefined> {
  const key = keyOfId(id)
  const run = key === undefined ? undefined : await answered(reader.record({ tenant, key }))
  return run ?? (await answered(reader.recordsByRandomId(tenant, id)))
}

function viewDetail(run: RunDetail | RunFamily, mirroredRevision: number | undefined) {
  const { reading } = run
  return {
    record: viewRecord(reading),
    ...(reading.trace !== undefined && { trace: reading.trace }),
    excused: reading.excused,
    stuck: reading.stuck,
    repo_source_assumed: reading.repoSourceAssumed,
    ...(reading.excused && reading.reported !== undefined && { reported: viewReported(reading.reported) }),
    stages: reading.pipeline.map(({ stage, first, last }) => ({ stage, first: formatTime(first), last: formatTime(last) })),
    repaired: reading.repairs,
    cloaked: reading.rules,
    pocketbase: viewMirror(run, mirroredRevision),
    others: 'others' in run ? run.others.map((other: RunView) => viewRecord(other.reading)) : [],
  }
}

function viewReported({ status, exitCode, error, errorCategory }: NonNullable<RunDetail['reading']['reported']>) {
  return { status, exit_code: exitCode, error, error_category: errorCategory }
}

function viewMirror({ revision, parked }: RunDetail, mirroredRevision: number | undefined) {
  if (mirroredRevision === undefined) return { state: 'off' }
  if (parked !== undefined) return { state: 'parked', reason: parked.reason, since: formatTime(parked.parkedAt) }
  return { state: revision <= mirroredRevision ? 'stored' : 'waiting' }
}
