/** On every answer of ours, whatever its status (promise P20). */
export const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
} as const

const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** Headers of one answer besides those that every answer has. */
export type ExtraHeaders = Readonly<Record<string, string>>

const textHeaders = { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' } as const

/** Plain text with the headers of every answer. */
export function answerText(status: number, body: string, headers?: ExtraHeaders): Response {
  return new Response(body, { status, headers: { ...textHeaders, ...headers } })
}

const acceptedHeadersMax = 4_096
const acceptedHeaders = new Map<string, Headers>()

/** The answer to an event that is on disk, thousands a second of which differ in three numbers at the most: their headers are made once. */
export function answerAccepted(headers?: ExtraHeaders): Response {
  const key = headers === undefined ? '' : Object.entries(headers).join()
  let known = acceptedHeaders.get(key)
  if (known === undefined) {
    if (acceptedHeaders.size >= acceptedHeadersMax) acceptedHeaders.clear()
    known = new Headers({ ...textHeaders, ...headers })
    acceptedHeaders.set(key, known)
  }
  return new Response('accepted', { status: 202, headers: known })
}

/** JSON with the headers of every answer; no cache that is shared keeps it. */
export function answerJson(status: number, body: unknown, headers?: ExtraHeaders): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...securityHeaders, 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'private, no-cache', ...headers },
  })
}

/** Sends a browser on to a path of ours, by GET whatever it asked with; `cookies` are set on the way. */
export function answerRedirect(path: `/${string}`, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...securityHeaders, Location: path, 'Cache-Control': 'no-store', Vary: 'Cookie, Authorization' })
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  return new Response(null, { status: 303, headers })
}

/** The text of each page that is on its way. Asking an answer itself for its text costs microseconds, also where it is no page. */
const pageTexts = new WeakMap<Response, string>()

/** The text of an answer that is a page with one; nothing for any other answer. */
export function pageTextOf(answer: Response): string | undefined {
  return pageTexts.get(answer)
}

/** A page: no script, no request to another host, nothing kept by shared caches. The server packs it for who takes that. */
export function answerPage(status: number, html: string, headers?: ExtraHeaders): Response {
  const text = status === 304 ? null : html
  const answer = new Response(text, {
    status,
    headers: {
      ...securityHeaders,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy,
      'Cache-Control': 'private, no-cache',
      Vary: 'Cookie, Authorization, Accept-Encoding',
      ...headers,
    },
  })
  if (text !== null) pageTexts.set(answer, text)
  return answer
}
