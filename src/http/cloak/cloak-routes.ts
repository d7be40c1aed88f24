import { err } from '../../base/result.ts'
import { version } from '../../base/version.ts'
import { entityCategories, entityNames, entityTypes } from '../../cloak/entity-type.ts'
import { modes } from '../../cloak/operator.ts'
import { securityHeaders } from '../answer.ts'
import type { BodyReader } from '../ingest/body.ts'
import { rateHeaders } from '../ingest/gate.ts'
import { createBudget, Hold } from '../ingest/hold.ts'
import { unpackBody } from '../ingest/unpack.ts'
import { pathOf } from '../query.ts'
import type { Route, Visit } from '../server.ts'
import type { CloakThread } from './cloak-thread.ts'
import { corsHeaders, preflightHeaders } from './cors.ts'
import { type CloakFault, faultBody, malformed } from './fault.ts'
import type { CloakGate } from './gate.ts'
import type { CloakTallies } from './tally.ts'
import type { Task } from './work.ts'

export type CloakParts = {
  readonly gate: CloakGate
  readonly thread: Pick<CloakThread, 'work'>
  readonly bodies: BodyReader
  readonly bodyBytesMax: number
  /** Origins whose pages may read the answers. */
  readonly corsOrigins: readonly string[]
  readonly tallies: CloakTallies
  /** Makes the id of a request that has none. */
  readonly makeId: () => string
}

/** What one request comes to: a status, a body in JSON, and headers of its own. */
type Outcome = { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
type Answering = (request: Request, visit: Visit) => Outcome | Promise<Outcome>

const isOff: CloakFault = { status: 404, error: 'The cloak API is off', field: 'path', rule: 'switched_on' }
const howToSwitchOn =
  'Set PIICLOAK_API_KEY, make a key with `telemetry-service key create --scope cloak`, or set CLOAK_ACCESS=open for everybody.'
const healthText = JSON.stringify({
  endpoints: {
    analyze: '/analyze',
    anonymize: '/anonymize',
    entities: '/entities',
    health: '/health',
    metrics: '/metrics',
  },
  service: 'piicloak',
  status: 'ok',
  version,
})
const entitiesText = JSON.stringify({
  categories: Object.fromEntries(
    entityCategories
      .toSorted()
      .map((category) => [category, entityNames.filter((name) => entityTypes[name].category === category)] as const),
  ),
  modes,
  supported_entities: entityNames,
})

/** The routes of the cloak API, compatible with those of PIICloak. Nothing of a body is kept, logged or repeated in a refusal. */
export function cloakRoutes(parts: CloakParts): readonly Route[] {
  const budget = createBudget(parts.bodyBytesMax)

  /** What is done for all of them: whether the API is there, counts, and the headers of every answer. */
  function answering(name: string, answer: Answering): Route['handle'] {
    return async (request, visit) => {
      const started = performance.now()
      const outcome = parts.gate.isOn() ? await answer(request, visit) : refuse(isOff, { message: howToSwitchOn })
      parts.tallies.requests.add(name)
      if (outcome.status >= 400) parts.tallies.errors.add('error')
      parts.tallies.observe((performance.now() - started) / 1_000)
      return respond(request, outcome, parts)
    }
  }

  /** A body of a client whose key is good and who has not sent too much. */
  function takingBody(task: Task): Answering {
    return async (request, { peer }) => {
      const visitor = parts.gate.identify(request, peer)
      const verdict = visitor.ok ? parts.gate.take(visitor.value, 1) : parts.gate.takeStranger(request, peer)
      const headers = rateHeaders(verdict)
      if (!verdict.allowed) return refuse(tooFast, {}, headers)
      if (!visitor.ok) return refuse(visitor.fault, { message: 'Valid API key required' }, { ...headers, 'WWW-Authenticate': 'Bearer' })
      if (!isJson(request)) return refuse(notJson, {}, headers)
      const hold = new Hold(budget)
      try {
        return { ...(await answerBody(request, task, hold)), ...(headers && { headers }) }
      } finally {
        hold.release()
      }
    }
  }

  async function answerBody(request: Request, task: Task, hold: Hold): Promise<Outcome> {
    const arrived = await parts.bodies.read(request, parts.bodyBytesMax, hold)
    const body = arrived.ok ? await unpackBody(arrived.value, parts.bodyBytesMax, hold) : arrived
    if (!body.ok) return refuse(bodyFault(body.fault.code, body.fault.field, body.fault.rule, parts.bodyBytesMax))
    const worked = await parts.thread.work(task, body.value).catch(() => err(threadDied))
    if (!worked.ok) return refuse(worked.fault, {}, { 'Retry-After': String(busySeconds) })
    if (task === 'anonymize') parts.tallies.found.add('found', worked.value.found)
    return worked.value
  }

  return [
    { method: 'GET', path: '/health', handle: answering('health', () => ({ status: 200, body: healthText })) },
    { method: 'GET', path: '/entities', handle: answering('list_entities', () => ({ status: 200, body: entitiesText })) },
    { method: 'POST', path: '/analyze', handle: answering('analyze_only', takingBody('analyze')) },
    { method: 'POST', path: '/anonymize', handle: answering('anonymize_text', takingBody('anonymize')) },
  ]
}

const cloakPaths: ReadonlySet<string> = new Set(['/health', '/entities', '/analyze', '/anonymize'])

/** What a browser is told before it sends a request of another origin; nothing for paths of other APIs. */
export function cloakPreflight({ gate, corsOrigins }: Pick<CloakParts, 'gate' | 'corsOrigins'>) {
  return (request: Request): Response | undefined => {
    if (!cloakPaths.has(pathOf(request)) || !gate.isOn()) return undefined
    return new Response(null, { status: 204, headers: { ...securityHeaders, ...preflightHeaders(request, corsOrigins) } })
  }
}

const busySeconds = 1
/** Its owner was told why. */
const threadDied: CloakFault = { status: 503, error: 'The text could not be worked on, try again', field: 'body', rule: 'interrupted' }
const tooFast: CloakFault = { status: 429, error: 'Too many requests', field: 'client', rule: 'rate' }
const notJson: CloakFault = { status: 415, error: 'The content type must be application/json', field: 'content-type', rule: 'json' }

/** Matches `application/json; charset=utf-8` and `application/x+json`; must not match `text/json`. */
function isJson(request: Request): boolean {
  return /^application\/(?:[\w.!#$&^-]+\+)?json[ \t]*(?:;|$)/i.test(request.headers.get('content-type') ?? '')
}

function bodyFault(code: string, field: string, rule: string, bytesMax: number): CloakFault {
  if (code === 'body_too_large')
    return { status: 413, error: `The body must not be larger than ${bytesMax} bytes`, field, rule: `at_most_${bytesMax}_bytes` }
  if (code === 'too_busy') return { status: 503, error: 'The service is busy, try again later', field, rule }
  return malformed(field, rule, 'The body cannot be read')
}

function refuse(fault: CloakFault, more: Readonly<Record<string, unknown>> = {}, headers?: Outcome['headers']): Outcome {
  return { status: fault.status, body: faultBody(fault, more), ...(headers && { headers }) }
}

/** An id that a client gave is repeated where it is one; anything else is replaced. */
const requestIdForm = /^[\w.:-]{1,128}$/

function respond(
  request: Request,
  { status, body, headers }: Outcome,
  { corsOrigins, makeId }: Pick<CloakParts, 'corsOrigins' | 'makeId'>,
): Response {
  const given = request.headers.get('x-request-id') ?? ''
  return new Response(body, {
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
