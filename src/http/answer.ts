/** On every answer of ours, whatever its status (promise P20). */
export const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
} as const

const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** Headers of one answer besides those that every answer has. */
export type ExtraHeaders = Readonly<Record<string, string>>

/** Plain text with the headers of every answer. */
export function answerText(status: number, body: string, headers?: ExtraHeaders): Response {
  return new Response(body, { status, headers: { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8', ...headers } })
}

/** JSON with the headers of every answer; no cache that is shared keeps it. */
export function answerJson(status: number, body: unknown, headers?: ExtraHeaders): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...securityHeaders, 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'private, no-cache', ...headers },
  })
}

/** A page: no script, no request to another host, nothing kept by shared caches. */
export function answerPage(status: number, html: string): Response {
  return new Response(html, {
    status,
    headers: {
      ...securityHeaders,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy,
      'Cache-Control': 'private, no-cache',
      Vary: 'Cookie, Authorization',
    },
  })
}
