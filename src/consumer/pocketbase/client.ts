import PocketBase, { BaseAuthStore, ClientResponseError, isTokenExpired } from 'pocketbase'
import { readBounded } from '../../base/bounded-body.ts'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { memberOf } from './answer.ts'
import { faultFromAnswer, faultWithoutAnswer, type PocketBaseFault } from './fault.ts'
import type { SignInCounts } from './status.ts'

/** Where a PocketBase is and as whom to sign in; `_superusers` is the auth collection of superusers. */
export type PocketBaseAccess = {
  readonly url: string
  readonly authCollection: string
  readonly identity: string
  readonly password: string
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs: number
}

export type PocketBaseRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean>>
  /** JSON. */
  readonly body?: string
  readonly signal?: AbortSignal
  /** Most bytes of the answer; `answerBytesMax` unless told otherwise. */
  readonly bytesMax?: number
}

/** A PocketBase as its signed-in client sees it. Nothing here throws for what a server or a network can do. */
export type PocketBaseClient = {
  /** Sends with a valid token; signs in first where there is none, and once more when the token is refused. */
  send(request: PocketBaseRequest): Promise<Result<unknown, PocketBaseFault>>
  /**
   * Asks whether the token still counts, and renews it where not. PocketBase takes a refused token for no token: lists are empty then and
   * writes fail as if the record were wrong. So whoever believes either asks here.
   */
  verify(signal?: AbortSignal): Promise<Result<'valid' | 'renewed', PocketBaseFault>>
  /** How often it signed in, since it was made. */
  signIns(): SignInCounts
  /** A filter with its values bound: `{:name}` stands for `values.name`. */
  bind(expression: string, values: Readonly<Record<string, string | number>>): string
}

/** A token is renewed this long before it runs out. */
const tokenMarginSeconds = 60
/** What a sign-in answers with: a token, and the account's record. */
export const signInBytesMax = 256 * 1024
/** The largest answer is a page of records, which is asked for in smaller pages where it has more bytes. */
export const answerBytesMax = 32 * 1024 * 1024
/** No server is obeyed when it asks for a longer pause. */
export const retryAfterMaxMs = 300_000

/** A client over the PocketBase SDK, the only file that knows it. Opens no connection before the first request. */
export function createPocketBaseClient(access: PocketBaseAccess, clock: Clock, log: Log): PocketBaseClient {
  const sdk = new PocketBase(access.url, new BaseAuthStore()).autoCancellation(false)
  const authPath = `/api/collections/${encodeURIComponent(access.authCollection)}`
  const signIns = { accepted: 0, refused: 0, failed: 0 }
  let signingIn: Promise<Result<string, PocketBaseFault>> | undefined

  async function exchange(request: PocketBaseRequest, token?: string): Promise<Result<unknown, PocketBaseFault>> {
    const limit = limitTime(access.timeoutMs, request.signal)
    let retryAfter: string | null = null
    let broken: AnswerFault | undefined
    try {
      const answer: unknown = await sdk.send(request.path, {
        method: request.method,
        ...(request.query && { query: { ...request.query } }),
        ...(request.body !== undefined && { body: request.body }),
        headers: token === undefined ? {} : { Authorization: token },
        signal: limit.signal,
        fetch: async (url: URL | string | Request, init?: RequestInit) => {
          const { response, fault } = await fetchBounded(url, init, request.bytesMax ?? answerBytesMax)
          broken = fault
          retryAfter = response.headers.get('retry-after')
          return response
        },
      })
      return broken === undefined ? ok(answer) : err(faultWithoutAnswer(broken))
    } catch (fault) {
      if (!(fault instanceof ClientResponseError)) throw fault
      if (broken !== undefined) return err(faultWithoutAnswer(broken))
      if (fault.status > 0) return err(faultFromAnswer(fault.status, fault.response, readRetryAfter(retryAfter, clock)))
      if (request.signal?.aborted) return err(faultWithoutAnswer('stopped'))
      return err(faultWithoutAnswer(limit.signal.aborted ? 'timed_out' : 'unreachable'))
    } finally {
      limit.clear()
    }
  }

  /** Several requests may find the token gone at once; one of them signs in for all. */
  function signIn(signal?: AbortSignal): Promise<Result<string, PocketBaseFault>> {
    signingIn ??= authenticate(signal).finally(() => {
      signingIn = undefined
    })
    return signingIn
  }

  async function authenticate(signal?: AbortSignal): Promise<Result<string, PocketBaseFault>> {
    const body = JSON.stringify({ identity: access.identity, password: access.password })
    log.info({ outcome: 'attempt' }, 'PocketBase authentication')
    const answer = await exchange({ ...signInRequest('auth-with-password', signal), body })
    const fault = answer.ok ? keepToken(answer.value) : answer.fault
    if (fault === undefined) {
      signIns.accepted += 1
      log.info({ outcome: 'accepted' }, 'PocketBase authentication')
      return ok(sdk.authStore.token)
    }
    const isRefused = fault.status === 400 || fault.status === 403
    const outcome = isRefused ? 'refused' : 'failed'
    signIns[outcome] += 1
    log.warn({ outcome, code: fault.code, status: fault.status }, 'PocketBase authentication')
    return err(isRefused ? { ...fault, code: 'sign_in_refused' } : fault)
  }

  function signInRequest(action: 'auth-with-password' | 'auth-refresh', signal?: AbortSignal): PocketBaseRequest {
    return { method: 'POST', path: `${authPath}/${action}`, bytesMax: signInBytesMax, ...(signal && { signal }) }
  }

  function keepToken(answer: unknown): PocketBaseFault | undefined {
    const token = memberOf(answer, 'token')
    if (typeof token !== 'string' || token === '') return faultWithoutAnswer('unreadable')
    sdk.authStore.save(token)
    return undefined
  }

  async function validToken(signal?: AbortSignal): Promise<Result<string, PocketBaseFault>> {
    const { token } = sdk.authStore
    return token !== '' && !isTokenExpired(token, tokenMarginSeconds) ? ok(token) : signIn(signal)
  }

  /** A token that another request has renewed meanwhile is taken as it is. */
  async function newToken(refused: string, signal?: AbortSignal): Promise<Result<string, PocketBaseFault>> {
    if (sdk.authStore.token === refused) sdk.authStore.clear()
    return validToken(signal)
  }

  async function send(request: PocketBaseRequest): Promise<Result<unknown, PocketBaseFault>> {
    const token = await validToken(request.signal)
    if (!token.ok) return token
    const answer = await exchange(request, token.value)
    if (answer.ok || answer.fault.status !== 401) return answer
    const renewed = await newToken(token.value, request.signal)
    return renewed.ok ? exchange(request, renewed.value) : renewed
  }

  async function verify(signal?: AbortSignal): Promise<Result<'valid' | 'renewed', PocketBaseFault>> {
    const token = await validToken(signal)
    if (!token.ok) return token
    const answer = await exchange(signInRequest('auth-refresh', signal), token.value)
    if (answer.ok) {
      const fault = keepToken(answer.value)
      return fault === undefined ? ok('valid') : err(fault)
    }
    if (answer.fault.status !== 401) return answer
    const renewed = await newToken(token.value, signal)
    return renewed.ok ? ok('renewed') : renewed
  }

  return { send, verify, signIns: () => ({ ...signIns }), bind: (expression, values) => sdk.filter(expression, { ...values }) }
}

type AnswerFault = 'redirected' | 'answer_too_large'

/** The answer with its whole body. Identity, password and token go to PB_URL and nowhere else: a redirect is not followed. */
async function fetchBounded(
  url: URL | string | Request,
  init: RequestInit | undefined,
  bytesMax: number,
): Promise<{ readonly response: Response; readonly fault?: AnswerFault }> {
  const answer = await fetch(url, { ...init, redirect: 'manual' })
  const { status, headers } = answer
  if (status >= 300 && status < 400) {
    await answer.body?.cancel()
    return { response: new Response(null, { status, headers }), fault: 'redirected' }
  }
  const body = await readBounded(answer, bytesMax)
  if (body === undefined) return { response: new Response(null, { status, headers }), fault: 'answer_too_large' }
  return { response: new Response(body.length === 0 ? null : body, { status, headers }) }
}

/** A signal that fires after `timeoutMs` or with `outer`, and holds on to neither once cleared. */
function limitTime(timeoutMs: number, outer: AbortSignal | undefined) {
  const controller = new AbortController()
  const abort = () => controller.abort()
  const timer = setTimeout(abort, timeoutMs)
  if (outer?.aborted) abort()
  outer?.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', abort)
    },
  }
}

/** Seconds, or a date of RFC 9110. */
function readRetryAfter(header: string | null, clock: Clock): number | undefined {
  if (header === null) return undefined
  const ms = /^[0-9]{1,9}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - clock.now()
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), retryAfterMaxMs)
}
