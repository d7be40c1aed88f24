import { type ExtraHeaders, securityHeaders } from './answer.ts'
import { isKept, tagOf } from './tag.ts'

/**
 * JSON that carries its name: 304 without a body for who has it already. It is made anew each time, and no cache may use it without asking, so that none
 * is stale.
 */
export function answerData(request: Request, body: unknown, headers?: ExtraHeaders): Response {
  return answerDataText(request, JSON.stringify(body), headers)
}

/** The same for JSON that is a text already. */
export function answerDataText(request: Request, text: string, headers?: ExtraHeaders): Response {
  const tag = tagOf(text)
  const known = isKept(request, tag)
  return new Response(known ? null : text, {
    status: known ? 304 : 200,
    headers: {
      ...securityHeaders,
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'private, no-cache',
      Vary: 'Cookie, Authorization',
      ETag: tag,
      ...headers,
    },
  })
}
