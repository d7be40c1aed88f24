import { readBounded } from '../../src/base/bounded-body.ts'

export type PageRequest = {
  readonly url: URL
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export type AskPages = {
  /** The JSON of an answer, whatever its status below 500 but 408 and 429. Rejects with a sentence for the operator when none can be had. */
  ask(request: PageRequest): Promise<{ readonly status: number; readonly value: unknown }>
}

export type AskOptions = {
  /** The least time between the end of a page and the next request: the other service has work of its own. */
  readonly pauseMs: number
  /** The first wait after a failure; each further one is twice as long. */
  readonly backOffMs: number
  readonly timeoutMs: number
}

/** A page with hundreds of logs of 120 kB. */
const answerBytesMax = 128 * 1024 * 1024
/** With waits that double from half a second: four minutes. */
const triesMax = 9

/**
 * Asks another service for page after page: one at a time, with a pause between them, again with growing waits while it is down, slow or busy. A redirect
 * is not followed: what is sent along is meant for this service alone.
 */
export function createPageRequests({ pauseMs, backOffMs, timeoutMs }: AskOptions): AskPages {
  let isFirst = true

  async function ask(request: PageRequest): Promise<{ readonly status: number; readonly value: unknown }> {
    if (!isFirst) await Bun.sleep(pauseMs)
    isFirst = false
    for (let tried = 1, waitMs = backOffMs; ; tried += 1, waitMs *= 2) {
      const answer = await askOnce(request, timeoutMs)
      if ('value' in answer) return answer
      if (tried === triesMax || !answer.isPassing) throw new Error(`${request.url.origin}${request.url.pathname}: ${answer.fault}`)
      await Bun.sleep(waitMs)
    }
  }

  return { ask }
}

type Answer = { readonly status: number; readonly value: unknown } | { readonly fault: string; readonly isPassing: boolean }

async function askOnce({ url, method = 'GET', headers, body }: PageRequest, timeoutMs: number): Promise<Answer> {
  let response: Response
  let bytes: Uint8Array | undefined
  try {
    response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { Accept: 'application/json', ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    bytes = await readBounded(response, answerBytesMax)
  } catch (cause) {
    const isLate = cause instanceof Error && cause.name === 'TimeoutError'
    return { fault: isLate ? `no answer within ${timeoutMs / 1_000} seconds` : 'cannot be reached', isPassing: true }
  }
  const { status } = response
  if (bytes === undefined)
    return { fault: `an answer of more than ${answerBytesMax} bytes: ask for fewer records a page`, isPassing: false }
  if (status >= 500 || status === 408 || status === 429) return { fault: `answers ${status}`, isPassing: true }
  if (status >= 300 && status < 400) return { fault: `answers ${status}: give the address that it leads to`, isPassing: false }
  try {
    return { status, value: JSON.parse(new TextDecoder().decode(bytes)) as unknown }
  } catch {
    return status >= 400 ? { status, value: undefined } : { fault: 'answers with no JSON', isPassing: true }
  }
}
