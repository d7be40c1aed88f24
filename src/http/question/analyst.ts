import { type Principal, tenantOf } from '../../access/principal.ts'
import { type Clock, dayOf } from '../../base/clock.ts'
import { err, type Result } from '../../base/result.ts'
import { earliestEventMs } from '../../event/event-time.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import type { Analysis, AnalysisQuery, DayRange } from '../../store/analysis-port.ts'
import type { StoreReader } from '../../store/reader-port.ts'
import type { ExtraHeaders } from '../answer.ts'
import { answerData } from '../answer-data.ts'
import { refuseAsJson } from '../error.ts'
import { lacksIn, partialHeaders, type Sealing } from './partial.ts'
import { foldAnalysis } from './public-view.ts'
import { explainRefusal, type Question } from './question.ts'
import { wholeBy } from './whole-by.ts'

/** The store's reader on its own thread: the same questions, answered later. */
export type AsyncReader = {
  [Question in keyof StoreReader]: (...args: Parameters<StoreReader[Question]>) => Promise<ReturnType<StoreReader[Question]>>
}

/** What answers of sums and lists are made of. */
export type AnalystParts = Sealing & {
  readonly reader: Pick<AsyncReader, 'analyse' | 'runList' | 'errorGroups'>
  readonly clock: Clock
  /** PUBLIC_MIN_RUNS: names with fewer runs are not shown to everybody. */
  readonly publicRunsMin: number
}

/** Who asks, and from what the answer is made. */
export type Asker = AnalystParts & { readonly principal: Principal }

export type Wanted = Pick<AnalysisQuery, 'grain' | 'by' | 'trendDays' | 'followed' | 'untimed' | 'chosen'>

/** The store gave no answer: its thread died or has too many questions. Whatever else is thrown is a bug. */
class NoAnswer extends Error {}

/** The store's reading thread has too many questions, or just died and is started again; its death is logged where it is noticed. */
const storeBusy = err(refusal('too_busy', 'store', 'no_answer'))

/** The outcome, or the refusal that stands for a store without an answer. */
export async function orBusy<Value, Fault>(asked: Promise<Result<Value, Fault | Refusal>>): Promise<Result<Value, Fault | Refusal>> {
  return asked.catch((fault: unknown) => {
    if (fault instanceof NoAnswer) return storeBusy
    throw fault
  })
}

/** A question to the store whose failure reads as a busy store. */
export async function answered<Value>(asked: Promise<Value>): Promise<Value> {
  return asked.catch((cause: unknown) => {
    throw new NoAnswer('the store gives no answer', { cause })
  })
}

/** Asks the store for sums, and folds them for whoever did not sign in, with no group left out that was not chosen. The tenant is the asker's. */
export async function analyse(asker: Asker, question: Question, wanted: Wanted): Promise<Analysis> {
  const analysis = await askStore(asker, question, wanted)
  const today = dayOf(asker.clock.now())
  return question.previous !== undefined && question.range?.fromDay === today ? { ...analysis, isRunning: true } : analysis
}

async function askStore(asker: Asker, question: Question, { chosen, ...counted }: Wanted): Promise<Analysis> {
  const { reader, publicRunsMin, principal, clock } = asker
  const { selection, range, previous } = question
  const days = range === undefined ? { within: believableDays(clock.now()) } : { range }
  const query = { tenant: tenantOf(principal), filter: selection.filter, ...days, ...(previous && { previous }), ...counted }
  if (!isPublic(principal)) return answered(reader.analyse({ ...query, ...(chosen && { chosen }) }))
  const whole = await answered(reader.analyse({ ...query, by: wholeBy(counted.by) })) // Of every group: which are chosen is seen once they are folded.
  return foldAnalysis(whole, { runsMin: publicRunsMin, by: counted.by, isFiltered: Object.keys(selection.filter).length > 0 })
}

/** What `all` means at the most, whatever a store holds: its months make some hundred buckets. */
function believableDays(now: number): DayRange {
  return { fromDay: dayOf(earliestEventMs), toDay: dayOf(now) }
}

/** Whether somebody asks who did not sign in, and is shown aggregates only. */
export function isPublic({ kind }: Principal): boolean {
  return kind === 'public'
}

/** An answer of the API with the headers that go with it. */
export type Answer = { readonly body: unknown; readonly headers?: ExtraHeaders }

/** The answer, or the refusal, as JSON; 304 when the client has it already, 503 when the store gave none. */
export async function answerFrom(request: Request, asked: Promise<Result<Answer, Refusal>>): Promise<Response> {
  const result = await orBusy(asked)
  if (!result.ok) return refuseQuestion(result.fault)
  const { body, headers } = result.value
  return answerData(request, body, { ...headers, ...partialHeaders(lacksIn(body)) })
}

/** The refusal of a question, with what would be right in words. */
export function refuseQuestion(fault: Refusal): Response {
  return refuseAsJson(fault, undefined, fault.code === 'parameter_invalid' ? explainRefusal(fault) : undefined)
}
