import { tenantOf } from '../../access/principal.ts'
import { err, ok } from '../../base/result.ts'
import { formatMinute } from '../../page/format.ts'
import { RecordPage } from '../../page/record/record.tsx'
import type { MirrorView, RecordView } from '../../page/record/record-view.ts'
import type { RunDetail, RunFamily } from '../../store/reader-port.ts'
import { findRecord } from '../earlier/records.ts'
import { readGiven } from '../question/question.ts'
import type { Route } from '../route.ts'
import { answerSheet, type Loaded, sheetOf } from './answer-sheet.ts'
import type { PageAsk } from './ask.ts'
import type { PageFault } from './fault.ts'
import { frameOf } from './frame.ts'
import type { PageParts } from './parts.ts'
import { runLineOf } from './run-line.ts'

/** `/records/{id}`. */
export function recordPageRoute(parts: PageParts): Route {
  return {
    method: 'GET',
    path: '/records/:id',
    handle: (request, visit) => answerSheet(request, visit, parts, loadRecord),
  }
}

async function loadRecord(ask: PageAsk): Loaded {
  const { params, visit, parts } = ask
  const given = readGiven(params, [])
  if (!given.ok) return given
  const found = await findRecord(visit.id, tenantOf(visit.principal), parts)
  if (found === undefined) return err(unknownRecord)
  const frame = frameOf(ask, { json: `/api/v1/runs/${encodeURIComponent(visit.id)}` })
  return ok(sheetOf<RecordView>({ ...viewOfRecord(visit.id, found, parts.mirroredRevision()), frame }, RecordPage))
}

const unknownRecord: PageFault = {
  status: 404,
  title: 'No such record',
  text: 'No run of this id is stored: it was never sent, it has expired, or it was erased. Its sums stay.',
  todo: { href: '/records', text: 'All records' },
}

/** The page of one run. */
export function viewOfRecord(id: string, run: RunDetail | RunFamily, mirroredRevision: number | undefined): Omit<RecordView, 'frame'> {
  return {
    id,
    reading: run.reading,
    ...(run.fingerprint !== undefined && { fingerprint: run.fingerprint }),
    mirror: viewMirror(run, mirroredRevision),
    others: 'others' in run ? run.others.map(runLineOf) : [],
  }
}

function viewMirror({ revision, parked }: RunDetail, mirroredRevision: number | undefined): MirrorView {
  if (mirroredRevision === undefined) return { state: 'off' }
  if (parked !== undefined) return { state: 'parked', reason: parked.reason, since: formatMinute(parked.parkedAt) }
  return { state: revision <= mirroredRevision ? 'sent' : 'waiting' }
}
