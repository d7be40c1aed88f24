import type { RateVerdict } from '../access/rate-limit.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Tally } from '../base/tally.ts'
import { type Refusal, refusal } from '../event/refusal.ts'
import { acceptBatch, type ItemAnswer, splitBatch } from '../ingest/batch.ts'
import type { IngestPolicy, Intake } from '../ingest/door.ts'
import { type ItemTrial, tryBatch, tryEvent } from '../ingest/dry-run.ts'
import { answerAccepted, answerJson, type ExtraHeaders } from './answer.ts'
import type { BodyReader } from './body.ts'
import { refuseAsJson, refuseAsText, statusOf } from './error.ts'
import { type Gate, rateHeaders, type Visitor } from './gate.ts'
import { queryOf } from './query.ts'
import type { RefusalLog } from './refusal-log.ts'
import type { Route, Visit } from './server.ts'

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

type Admitted = { readonly visitor: Visitor; readonly verdict: RateVerdict; readonly body: Uint8Array }
type Refused = { readonly fault: Refusal; readonly headers: ExtraHeaders | undefined }

/** `POST /telemetry` and `POST /telemetry/batch`: the limit first, then the body, then the event, then the disk, then the answer. */
export function telemetryRoutes(parts: TelemetryParts): readonly Route[] {
  const { intake, policy, gate } = parts

  async function takeOne(request: Request, { peer }: Visit): Promise<Response> {
    const started = performance.now()
    const admitted = await admit(request, peer, parts.bodyBytesMax)
    if (!admitted.ok) return refuseAsText(admitted.fault.fault, admitted.fault.headers)
    const { visitor, verdict, body } = admitted.value
    if (isDryRun(request)) return answerDryRun(tryEvent(body, policy), rateHeaders(verdict))

    const stored = await intake.take({ bytes: body, sender: visitor.sender })
    if (stored.ok) {
      parts.observeSeconds((performance.now() - started) / 1_000)
      return answerAccepted(rateHeaders(verdict))
    }
    noteRefusal(stored.fault)
    return refuseAsText(stored.fault, rateHeaders(verdict))
  }

  async function takeBatch(request: Request, { peer }: Visit): Promise<Response> {
    const admitted = await admit(request, peer, parts.batchBytesMax)
    if (!admitted.ok) return refuseAsJson(admitted.fault.fault, admitted.fault.headers)
    const { visitor, body } = admitted.value
    const batch = splitBatch(body)
    if (!batch.ok) return refuseBatch(batch.fault)

    const verdict = takeForItems(visitor, admitted.value.verdict, batch.value.items.length)
    if (!verdict.ok) return refuseAsJson(verdict.fault.fault, verdict.fault.headers)
    if (isDryRun(request)) return answerDryBatch(await tryBatch(batch.value, policy), rateHeaders(verdict.value))

    const answers = await acceptBatch(batch.value, visitor.sender, intake)
    if (!answers.ok) return refuseBatch(answers.fault)
    for (const { fault } of answers.value) if (fault !== undefined) noteRefusal(fault)
    return answerBatch(answers.value, rateHeaders(verdict.value))
  }

  async function admit(request: Request, peer: string | undefined, bytesMax: number): Promise<Result<Admitted, Refused>> {
    const visitor = gate.identify(request, peer)
    if (!visitor.ok) {
      const verdict = gate.takeStranger(request, peer)
      if (!verdict.allowed) return err(refuseRate(verdict))
      noteRefusal(visitor.fault)
      return err({ fault: visitor.fault, headers: rateHeaders(verdict) })
    }
    const verdict = gate.take(visitor.value, 1)
    if (!verdict.allowed) return err(refuseRate(verdict))
    const body = await parts.bodies.read(request, bytesMax)
    if (body.ok) return ok({ visitor: visitor.value, verdict, body: body.value })
    noteRefusal(body.fault)
    return err({ fault: body.fault, headers: rateHeaders(verdict) })
  }

  /** The first token was paid before the body was read; the other items pay here, all or none. */
  function takeForItems(visitor: Visitor, first: RateVerdict, items: number): Result<RateVerdict, Refused> {
    if (items === 1) return ok(first)
    if (first.limit > 0 && items > first.limit) {
      const fault = refusal('payload_unusable', 'batch', `at_most_${first.limit}_items`)
      noteRefusal(fault)
      return err({ fault, headers: rateHeaders(first) })
    }
    const verdict = gate.take(visitor, items - 1)
    if (verdict.allowed) return ok(verdict)
    // The next try pays its first token again, so it has to wait for all of them: else it would come one token short for ever.
    const whole = gate.take(visitor, items)
    return whole.allowed ? ok(whole) : err(refuseRate(whole))
  }

  function refuseRate(verdict: RateVerdict): Refused {
    parts.refused.add('rate_limited:client:rate')
    parts.bursts.note('rate')
    return { fault: refusal('rate_limited', 'client', 'rate'), headers: rateHeaders(verdict) }
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
    { method: 'POST', path: '/telemetry', handle: takeOne },
    { method: 'POST', path: '/telemetry/batch', handle: takeBatch },
  ]
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
  return result.ok ? answerJson(200, result.value, { ...headers, ...notKept }) : refuseAsJson(result.fault, { ...headers, ...notKept })
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
