import type { RateVerdict } from '../../access/rate-limit.ts'
import { err, type Result } from '../../base/result.ts'
import { securityHeaders } from '../answer.ts'
import type { BodyReader } from '../ingest/body.ts'
import { rateHeaders, takeOthers } from '../ingest/gate.ts'
import { createBudget, Hold } from '../ingest/hold.ts'
import { unpackBody } from '../ingest/unpack.ts'
import { pathOf } from '../query.ts'
import type { Route, Visit } from '../route.ts'
import { answerLines, splitLines } from './batch.ts'
import type { CloakThread } from './cloak-thread.ts'
import { corsHeaders, preflightHeaders } from './cors.ts'
import { readDocxForm } from './docx-form.ts'
import { entitiesText, healthText } from './fact.ts'
import { busy, type CloakFault, faultBody, interrupted, malformed } from './fault.ts'
import type { CloakGate } from './gate.ts'
import type { CloakTallies } from './tally.ts'
import type { Task, Worked } from './work.ts'

export type CloakParts = {
  readonly gate: CloakGate
  readonly thread: Pick<CloakThread, 'work' | 'workDocx'>
  readonly bodies: BodyReader
  readonly bodyBytesMax: number
  /** Origins whose pages may read the answers. */
  readonly corsOrigins: readonly string[]
  readonly tallies: CloakTallies
  /** Makes the id of a request that has none. */
  readonly makeId: () => string
}

/** What one request comes to: a status, a body in JSON, or JSON lines that are made while they are read, and headers of its own. */
type Outcome = {
  readonly status: number
  readonly body: string | ReadableStream<string>
  readonly headers?: Readonly<Record<string, string>>
}
type Answering = (request: Request, visit: Visit) => Outcome | Promise<Outcome>
type Visitor = { readonly name: string; readonly verdict: RateVerdict }
/** Answers a body in the memory of the hold. */
type BodyAnswering = (body: Uint8Array, request: Request, visitor: Visitor, hold: Hold) => Promise<Outcome>

const isOff: CloakFault = { status: 404, error: 'The cloak API is off', field: 'path', rule: 'switched_on' }
const howToSwitchOn =
  'Set PIICLOAK_API_KEY, make a key with `telemetry-service key create --scope cloak`, or set CLOAK_ACCESS=open for everybody.'

/** The routes of the cloak API, compatible with those of PIICloak. Nothing of a body is kept, logged or repeated in a refusal. */
export function cloakRoutes(parts: CloakParts): readonly Route[] {
  const { gate, thread, tallies, bodyBytesMax } = parts
  const budget = createBudget(bodyBytesMax)

  /** What is done for all of them: whether the API is there, counts, and the headers of every answer. */
  function answering(name: string, answer: Answering): Route['handle'] {
    return async (request, visit) => {
      const started = performance.now()
      const outcome = gate.isOn() ? await answer(request, visit) : refuse(isOff, { message: howToSwitchOn })
      tallies.requests.add(name)
      if (outcome.status >= 400) tallies.errors.add('error')
      tallies.observe((performance.now() - started) / 1_000)
      return respond(request, outcome, parts)
    }
  }

  /** A body of one of the types, from a client whose key is good and who has not sent too much. */
  function takingBody(types: BodyType, answer: BodyAnswering): Answering {
    return async (request, { peer }) => {
      const visitor = gate.identify(request, peer)
      const verdict = visitor.ok ? gate.take(visitor.value, 1) : gate.takeStranger(request, peer)
      const headers = rateHeaders(verdict)
      if (!verdict.allowed) return refuse(tooFast, {}, headers)
      if (!visitor.ok) return refuse(visitor.fault, { message: 'Valid API key required' }, { ...headers, 'WWW-Authenticate': 'Bearer' })
      if (!types.form.test(request.headers.get('content-type') ?? '')) return refuse(types.fault, {}, headers)
      const hold = new Hold(budget)
      let outcome: Outcome | undefined
      try {
        const body = await readBody(request, hold)
        outcome = body.ok ? await answer(body.value, request, { name: visitor.value, verdict }, hold) : refuse(body.fault)
        return { ...outcome, headers: { ...headers, ...outcome.headers } }
      } finally {
        if (typeof outcome?.body !== 'object') hold.release() // A stream releases it once it was read.
      }
    }
  }

  async function readBody(request: Request, hold: Hold): Promise<Result<Uint8Array, CloakFault>> {
    const arrived = await parts.bodies.read(request, bodyBytesMax, hold)
    const body = arrived.ok ? await unpackBody(arrived.value, bodyBytesMax, hold) : arrived
    return body.ok ? body : err(bodyFault(body.fault.code, body.fault.field, body.fault.rule, bodyBytesMax))
  }

  function text(task: Task): BodyAnswering {
    return async (body) => {
      const outcome = await finish(thread.work(task, body))
      return task === 'anonymize' ? counted(outcome) : outcome
    }
  }

  async function document(body: Uint8Array, request: Request): Promise<Outcome> {
    const form = await readDocxForm(body, request.headers.get('content-type') ?? '')
    return form.ok ? counted(await finish(thread.workDocx(form.value))) : refuse(form.fault)
  }

  /** Its first line was paid before the body was read; the others pay here, all or none. */
  async function batch(body: Uint8Array, _: Request, { name, verdict }: Visitor, hold: Hold): Promise<Outcome> {
    const lines = splitLines(body)
    if (!lines.ok) return refuse(lines.fault)
    const { length } = lines.value
    if (verdict.limit > 0 && length > verdict.limit)
      return refuse(malformed('body', `at_most_${verdict.limit}_lines`, `The rate limit allows at most ${verdict.limit} lines`))
    const paid = takeOthers(verdict, length, (tokens) => gate.take(name, tokens))
    if (!paid.allowed) return refuse(tooFast, {}, rateHeaders(paid))
    const note = ({ found }: Worked) => tallies.found.add('found', found)
    return { status: 200, body: answerLines(lines.value, thread, { note, done: () => hold.release() }), headers: linesHeaders }
  }

  function counted(outcome: Outcome & { readonly found?: number }): Outcome {
    tallies.found.add('found', outcome.found ?? 0)
    return outcome
  }

  return [
    { method: 'GET', path: '/health', handle: answering('health', () => ({ status: 200, body: healthText })) },
    { method: 'GET', path: '/entities', handle: answering('list_entities', () => ({ status: 200, body: entitiesText })) },
    { method: 'POST', path: '/analyze', handle: answering('analyze_only', takingBody(json, text('analyze'))) },
    { method: 'POST', path: '/anonymize', handle: answering('anonymize_text', takingBody(json, text('anonymize'))) },
    { method: 'POST', path: '/anonymize/docx', handle: answering('anonymize_docx', takingBody(form, document)) },
    { method: 'POST', path: '/anonymize/batch', handle: answering('anonymize_batch', takingBody(jsonLines, batch)) },
  ]
}

const cloakPaths: ReadonlySet<string> = new Set(['/health', '/entities', '/analyze', '/anonymize', '/anonymize/docx', '/anonymize/batch'])

/** What a browser is told before it sends a request of another origin; nothing for paths of other APIs. */
export function cloakPreflight({ gate, corsOrigins }: Pick<CloakParts, 'gate' | 'corsOrigins'>) {
  return (request: Request): Response | undefined => {
    if (!cloakPaths.has(pathOf(request)) || !gate.isOn()) return undefined
    return new Response(null, { status: 204, headers: { ...securityHeaders, ...preflightHeaders(request, corsOrigins) } })
  }
}

/** What a body must be said to be. */
type BodyType = { readonly form: RegExp; readonly fault: CloakFault }

function bodyType(form: RegExp, rule: string, name: string): BodyType {
  return { form, fault: { status: 415, error: `The content type must be ${name}`, field: 'content-type', rule } }
}
/** Matches `application/json; charset=utf-8` and `application/x+json`; must not match `text/json`. */
const json = bodyType(/^application\/(?:[\w.!#$&^-]+\+)?json[ \t]*(?:;|$)/i, 'json', 'application/json')
const jsonLines = bodyType(/^application\/(?:x-)?(?:ndjson|jsonl|json-lines|json)[ \t]*(?:;|$)/i, 'ndjson', 'application/x-ndjson')
const form = bodyType(/^multipart\/form-data[ \t]*;/i, 'multipart', 'multipart/form-data')
const linesHeaders = { 'Content-Type': 'application/x-ndjson; charset=utf-8' }

const tooFast: CloakFault = { status: 429, error: 'Too many requests', field: 'client', rule: 'rate' }

async function finish(working: Promise<Result<Worked, CloakFault>>): Promise<Outcome & { readonly found?: number }> {
  const worked = await working.catch(() => err(interrupted))
  return worked.ok ? worked.value : refuse(worked.fault)
}

function bodyFault(code: string, field: string, rule: string, bytesMax: number): CloakFault {
  if (code === 'body_too_large')
    return { status: 413, error: `The body must not be larger than ${bytesMax} bytes`, field, rule: `at_most_${bytesMax}_bytes` }
  if (code === 'too_busy') return busy(field, rule)
  return malformed(field, rule, 'The body cannot be read')
}

/** How long who met a busy service should wait, in seconds: a text takes a part of one. */
const busySeconds = 1

function refuse(fault: CloakFault, more: Readonly<Record<string, unknown>> = {}, headers?: Outcome['headers']): Outcome {
  const again = fault.status === 503 && { 'Retry-After': String(busySeconds) }
  return { status: fault.status, body: faultBody(fault, more), headers: { ...again, ...headers } }
}

/** An id that a client gave is repeated where it is one; anything else is replaced. */
const requestIdForm = /^[\w.:-]{1,128}$/

function respond(
  request: Request,
  { status, body, headers }: Outcome,
  { corsOrigins, makeId }: Pick<CloakParts, 'corsOrigins' | 'makeId'>,
): Response {
  const given = request.headers.get('x-request-id') ?? ''
  return new Response(body as string, {
    status,
    headers: {
      ...securityHeaders,
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Request-ID': requestIdForm.test(given) ? given : makeId(),
      ...corsHeaders(request, corsOrigins),
      ...headers,
    },
  })
}
