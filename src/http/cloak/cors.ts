import type { ExtraHeaders } from '../answer.ts'

const anyOrigin = '*'
const preflightSeconds = 3_600

/** The headers by which a page of another origin may read an answer; none for an origin that is not in the list. */
export function corsHeaders(request: Request, origins: readonly string[]): ExtraHeaders {
  if (origins.length === 0) return {}
  const origin = request.headers.get('origin')
  const allowed = origins.includes(anyOrigin) ? anyOrigin : origins.find((one) => one.replace(/\/$/, '') === origin)
  const vary = { Vary: 'Origin' }
  if (origin === null || allowed === undefined) return vary
  return {
    ...vary,
    'Access-Control-Allow-Origin': allowed === anyOrigin ? anyOrigin : origin,
    'Access-Control-Expose-Headers': 'X-Request-ID, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After',
  }
}

/** What a browser asks for before it sends a request: which methods and headers it may use. It carries no key and needs none. */
export function preflightHeaders(request: Request, origins: readonly string[]): ExtraHeaders {
  const cors = corsHeaders(request, origins)
  if (cors['Access-Control-Allow-Origin'] === undefined) return cors
  return {
    ...cors,
    'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
    'Access-Control-Allow-Headers': 'Content-Type, Content-Encoding, Authorization, X-Request-ID',
    'Access-Control-Max-Age': String(preflightSeconds),
  }
}
