import { tenantOf } from '../../access/principal.ts'
import type { RunView } from '../../store/reader-port.ts'
import { type Asker, answered, isPublic } from '../question/analyst.ts'
import type { EarlierQuestion } from './question.ts'
import { type RecordView, viewRecord } from './record-view.ts'

type Narrowing = { readonly limit: number; readonly status?: string }

/** The newest records of a question. Whoever did not sign in sees none. */
export async function readRecent(asker: Asker, question: EarlierQuestion, narrowing: Narrowing): Promise<RecordView[]> {
  return (await readRecentRuns(asker, question, narrowing)).map(({ reading }) => viewRecord(reading))
}

/** The newest runs of a question; none without a sign-in. */
export async function readRecentRuns(asker: Asker, question: EarlierQuestion, narrowing: Narrowing): Promise<readonly RunView[]> {
  if (isPublic(asker.principal)) return []
  const { limit, status } = narrowing
  const { selection, range } = question
  const filter = { ...selection.filter, ...(status !== undefined && { status }) }
  const { runs } = await answered(asker.reader.runList({ tenant: tenantOf(asker.principal), filter, limit, ...(range && { range }) }))
  return runs
}
