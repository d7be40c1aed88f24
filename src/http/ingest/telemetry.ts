import type { RateVerdict } from '../../access/rate-limit.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { createSeats } from '../../base/seat.ts'
import type { Tally } from '../../base/tally.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import { acceptBatch, batchItemsMax, type ItemAnswer, splitBatch } from '../../ingest/batch.ts'
import type { IngestPolicy, Intake } from '../../ingest/door.ts'
import { type ItemTrial, tryBatch, tryEvent } from '../../ingest/dry-run.ts'
import { answerAccepted, answerJson, type ExtraHeaders } from '../answer.ts'
import { refuseAsJson, refuseAsText, statusOf } from '../error.ts'
import { queryOf } from '../query.ts'
import type { Handler, Route, Visit } from '../route.ts'
import { type Arrived, type BodyReader, tooMany } from './body.ts'
import { type Gate, rateHeaders, takeOthers, type Visitor } from './gate.ts'
import { createBudget, Hold } from './hold.ts'
import type { RefusalLog } from './refusal-log.ts'
import { unpackBody } from './unpack.ts'

export type TelemetryParts = {
  readonly intake: Intake
  /** For dry runs, which go no further than the answer. */
  readonly policy: IngestPolicy
  readonly gate: Gate
  readonly bodies: BodyReader
  readonly bodyBytesMax: number
  readonly batchBytesMax: number
  /** Refusals by code, field and rule; all of them words of ours. */
  readonly refused: Tally
  readonly refusals: RefusalLog
  readonly bursts: RefusalLog
  readonly observeSeconds: (seconds: number) => void
}

/** Batches that are unpacked and taken apart at a time: enough that the preparing thread always has a next part, and few in memory. */
const batchesOpenMax = 3
/** Batches that may wait for their turn. */
const batchesWaitingMax = 256
/** Bytes that a batch may hold for each item that the limit allows: some times the largest log that is kept. */
const itemBytesMax = 64 * 1024

type Admitted = { readonly visitor: Visitor; readonly verdict: RateVerdict; readonly bytesMax: number; readonly body: Arrived }
type Refused = { readonly fault: Refusal; readonly headers: ExtraHeaders | undefined }

/** `POST /telemetry` and `POST /telemetry/batch`: the limit first, then the body, then the event, then the disk, then the answer. */
export function telemetryRoutes(parts: TelemetryParts): readonly Route[] {
  const { intake, policy, gate } = parts
  const budget = createBudget(parts.batchBytesMax)
  const seats = createSeats(batchesOpenMax, batchesWaitingMax)

  /** Gives a request memory for its body, until it is answered. */
  function holding(handle: (request: Request, visit: Visit, hold: Hold) => Promise<Response>): Handler {
    return async (request, visit) => {
      const hold = new Hold(budget)
      try {
        return await handle(request, visit, hold)
      } finally {
        hold.release()
      }
    }
  }

  async function takeOne(request: Request, { peer }: Visit, hold: Hold): Promise<Response> {
    const started = performance.now()
    const isDry = isDryRun(request)
    const admitted = await admit(request, peer, () => parts.bodyBytesMax, hold)
    if (!admitted.ok) return (isDry ? refuseDryRun : refuseAsText)(admitted.fault.fault, admitted.fault.headers)
    const { visitor, verdict } = admitted.value
    const body = admitted.value.body.isPacked
      ? await unpackBody(admitted.value.body, parts.bodyBytesMax, hold)
      : ok(admitted.value.body.bytes)
    if (!body.ok) return refuseOne(body.fault, verdict, isDry)
    if (isDry) return answerDryRun(tryEvent(body.value, policy), rateHeaders(verdict))

    const stored = await intake.take({ bytes: body.value, sender: visitor.sender })
    if (!stored.ok) return refuseOne(stored.fault, verdict, isDry)
    parts.observeSeconds((performance.now() - started) / 1_000)
    return answerAccepted(rateHeaders(verdict))
  }

  /** While a batch waits for its turn, it holds what came over the wire and nothing else. */
  async function takeBatch(request: Request, { peer }: Visit, hold: Hold): Promise<Response> {
    const admitted = await admit(request, peer, (verdict) => batchBytesOf(verdict, parts), hold)
    if (!admitted.ok) return refuseAsJson(admitted.fault.fault, admitted.fault.headers)
    const seat = await seats.take()
    if (seat === undefined) return refuseBatch(tooMany.fault)
    try {
      return await openBatch(request, admitted.value, hold)
    } finally {
      seat.leave()
    }
  }

  async function openBatch(request: Request, admitted: Admitted, hold: Hold): Promise<Response> {
    const body = await unpackBody(admitted.body, admitted.bytesMax, hold)
    const batch = body.ok ? splitBatch(body.value) : body
    if (!batch.ok) return refuseBatch(batch.fault)

    const { visitor } = admitted
    const verdict = takeForItems(visitor, admitted.verdict, batch.value.items.length)
    if (!verdict.ok) return refuseAsJson(verdict.fault.fault, verdict.fault.headers)
    if (isDryRun(request)) return answerDryBatch(await tryBatch(batch.value, policy), rateHeaders(verdict.value))

    const answers = await acceptBatch(batch.value, visitor.sender, intake)
    if (!answers.ok) return refuseBatch(answers.fault)
    for (const { fault } of answers.value) if (fault !== undefined) noteRefusal(fault)
    return answerBatch(answers.value, rateHeaders(verdict.value))
  }

  async function admit(
    request: Request,
    peer: string | undefined,
    bytesMaxOf: (verdict: RateVerdict) => number,
    hold: Hold,
  ): Promise<Result<Admitted, Refused>> {
    const visitor = gate.identify(request, peer)
    if (!visitor.ok) {
      const verdict = gate.takeStranger(request, peer)
      if (!verdict.allowed) return err(refuseRate(verdict))
      noteRefusal(visitor.fault)
      return err({ fault: visitor.fault, headers: rateHeaders(verdict) })
    }
    const verdict = gate.take(visitor.value, 1)
    if (!verdict.allowed) return err(refuseRate(verdict))
    const bytesMax = bytesMaxOf(verdict)
    const body = await parts.bodies.read(request, bytesMax, hold)
    if (body.ok) return ok({ visitor: visitor.value, verdict, bytesMax, body: body.value })
    noteRefusal(body.fault)
    return err({ fault: body.fault, headers: rateHeaders(verdict) })
  }

  /** The first token was paid before the body was read; the other items pay here, all or none. */
  function takeForItems(visitor: Visitor, first: RateVerdict, items: number): Result<RateVerdict, Refused> {
    if (first.limit > 0 && items > first.limit) {
      const fault = refusal('payload_unusable', 'batch', `at_most_${first.limit}_items`)
      noteRefusal(fault)
      return err({ fault, headers: rateHeaders(first) })
    }
    const verdict = takeOthers(first, items, (tokens) => gate.take(visitor, tokens))
    return verdict.allowed ? ok(verdict) : err(refuseRate(verdict))
  }

  function refuseRate(verdict: RateVerdict): Refused {
    parts.refused.add('rate_limited:client:rate')
    parts.bursts.note('rate')
    return { fault: refusal('rate_limited', 'client', 'rate'), headers: rateHeaders(verdict) }
  }

  function refuseOne(fault: Refusal, verdict: RateVerdict, isDry: boolean): Response {
    noteRefusal(fault)
    return (isDry ? refuseDryRun : refuseAsText)(fault, rateHeaders(verdict))
  }

  function refuseBatch(fault: Refusal): Response {
    noteRefusal(fault)
    return refuseAsJson(fault)
  }

  function noteRefusal(fault: Refusal): void {
    parts.refused.add(`${fault.code}:${fault.field}:${fault.rule}`)
    parts.refusals.note(`${fault.code} ${fault.field}: ${fault.rule}`)
  }

  return [
    { method: 'POST', path: '/telemetry', handle: holding(takeOne) },
    { method: 'POST', path: '/telemetry/batch', handle: holding(takeBatch) },
  ]
}

/** Whoever may send few items has no use for a large batch, and shall not be able to fill the memory with one. */
function batchBytesOf({ limit }: RateVerdict, { bodyBytesMax, batchBytesMax }: TelemetryParts): number {
  const items = limit === 0 ? batchItemsMax : Math.min(limit, batchItemsMax)
  return Math.min(batchBytesMax, Math.max(bodyBytesMax, items * itemBytesMax))
}

/** `?dry_run`, with any value but those that say no: who writes it in some other way still does not want to store anything. */
function isDryRun(request: Request): boolean {
  if (!request.url.includes('?')) return false
  const value = queryOf(request).get('dry_run')
  return value !== null && !noWords.has(value.toLowerCase())
}

const noWords: ReadonlySet<string> = new Set(['0', 'false', 'no', 'off'])

const notKept: ExtraHeaders = { 'Cache-Control': 'no-store' }

function answerDryRun(result: ReturnType<typeof tryEvent>, headers: ExtraHeaders | undefined): Response {
  return result.ok ? answerJson(200, result.value, { ...headers, ...notKept }) : refuseDryRun(result.fault, headers)
}

/** Whoever asks for a dry run reads JSON, whatever became of it. */
function refuseDryRun(fault: Refusal, headers: ExtraHeaders | undefined): Response {
  return refuseAsJson(fault, { ...headers, ...notKept })
}

function answerDryBatch(trials: readonly ItemTrial[], headers: ExtraHeaders | undefined): Response {
  const items = trials.map(({ index, result }) =>
    result.ok ? { index, status: 200, ...result.value } : showItem({ index, fault: result.fault }),
  )
  return answerJson(200, { items }, { ...headers, ...notKept })
}

/** 202 when every item was stored, 400 when none was good, else 207 (RFC 4918) with each item's own status. */
function answerBatch(answers: readonly ItemAnswer[], headers: ExtraHeaders | undefined): Response {
  const refused = answers.filter(({ fault }) => fault !== undefined).length
  const status = refused === 0 ? 202 : refused === answers.length ? 400 : 207
  return answerJson(status, { accepted: answers.length - refused, refused, items: answers.map(showItem) }, { ...headers, ...notKept })
}

function showItem({ index, fault }: ItemAnswer) {
  return fault === undefined ? { index, status: 202 } : { index, status: statusOf(fault.code), field: fault.field, rule: fault.rule }
}
