import type { Audit } from '../../access/audit.ts'
import type { NamedAuditRow } from '../../access/audit-name.ts'
import { actorOf, tenantOf } from '../../access/principal.ts'
import { auditTable, type ReadAudit } from '../../archive/audit-row.ts'
import { writeExport } from '../../archive/export.ts'
import type { Seats } from '../../base/seat.ts'
import { refusal } from '../../event/refusal.ts'
import { type AuditLine, AuditPage } from '../../page/access/audit.tsx'
import { formatCount, formatMoment } from '../../page/format.ts'
import { answerPage, securityHeaders } from '../answer.ts'
import { refuseAsJson } from '../error.ts'
import { streamPieces } from '../export/stream.ts'
import { answerFault, refuseParameters } from '../page/answer-fault.ts'
import { type FrameParts, openFrameAsk } from '../page/frame.ts'
import type { Route, Visit } from '../route.ts'
import { notKept, signedInOf } from './access-view.ts'

export type AuditParts = FrameParts & {
  readonly audit: Pick<Audit, 'add'>
  readonly readAudit: ReadAudit
  readonly exportSeats: Seats
}

const linesMax = 100
const types = { csv: 'text/csv; charset=utf-8; header=present', jsonl: 'application/x-ndjson; charset=utf-8' } as const

/** `/audit`: for admins, who see what was done in their own tenant; those of the first one also what concerns the whole service. */
export function auditRoute(parts: AuditParts): Route {
  return {
    method: 'GET',
    path: '/audit',
    handle: (request, visit) => {
      const refused = refuseParameters(request, visit, parts, ['format', 'before'])
      if (refused !== undefined) return refused
      const ask = openFrameAsk(request, visit, parts)
      const format = ask.params.get('format')
      if (format === 'csv' || format === 'jsonl') return answerFile(request, visit, format, parts)
      return format === null ? showAudit(ask, parts) : refuseAsJson(refusal('parameter_invalid', 'format', 'csv_or_jsonl'))
    },
  }
}

function showAudit(ask: ReturnType<typeof openFrameAsk>, { readAudit }: AuditParts): Response {
  const before = ask.params.get('before') || undefined
  if (before !== undefined && !/^\d{1,15}$/.test(before)) return answerFault(ask, refusal('parameter_invalid', 'before', 'not_a_number'))
  const rows = readAudit({
    tenant: tenantOf(ask.visit.principal),
    limit: linesMax,
    ...(before !== undefined && { before: Number(before) }),
  })
  const last = rows.length < linesMax ? undefined : rows.at(-1)?.id
  const lines = rows.map(lineOf)
  return answerPage(
    200,
    AuditPage({ view: { lines, ...(last !== undefined && { older: `/audit?before=${last}` }), signedIn: signedInOf(ask, '/audit') } }),
    notKept,
  )
}

function lineOf({ at, actor, act, subject, count, actor_name: actorName, subject_name: subjectName }: NamedAuditRow): AuditLine {
  return {
    at: formatMoment(at),
    actor: { id: actor, ...(actorName !== undefined && { name: actorName }) },
    act: act.replaceAll('_', ' '),
    subject: { id: subject, ...(subjectName !== undefined && { name: subjectName }) },
    count: formatCount(count),
  }
}

async function answerFile(request: Request, visit: Visit, format: 'csv' | 'jsonl', parts: AuditParts): Promise<Response> {
  const { principal } = visit
  const tenant = tenantOf(principal)
  const seat = await parts.exportSeats.take()
  if (seat === undefined) return refuseAsJson(refusal('too_busy', 'export', 'too_many_at_once'))
  const isAsked = request.method !== 'HEAD'
  if (!isAsked) seat.leave()
  else parts.audit.add({ at: parts.clock.now(), actor: actorOf(principal), act: 'export', subject: `audit.${format}`, tenant })
  visit.keepOpen()
  return new Response(isAsked ? streamPieces(writeExport(auditTable(parts.readAudit, tenant), format), seat) : null, {
    headers: {
      ...securityHeaders,
      ...notKept,
      'Content-Type': types[format],
      'Content-Disposition': `attachment; filename="audit-${new Date(parts.clock.now()).toISOString().slice(0, 10)}.${format}"`,
    },
  })
}
