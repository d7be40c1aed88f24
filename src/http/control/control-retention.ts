import type { CleanupStatus } from '../earlier/schema.ts'
import { answerControl, guardControl } from './control-answer.ts'

/** What the next runs of the retention remove, as `GET /api/cleanup/status` says it. */
export type RetentionPreview = CleanupStatus['retention']

export type RetentionDesk = {
  /** Counts; nothing is changed. */
  previewRetention(): Promise<RetentionPreview>
}

/** The control socket's part for the retention. */
export function retentionRoutesOf(desk: RetentionDesk) {
  return { '/retention': { GET: guardControl(async () => answerControl(200, await desk.previewRetention())) } }
}
