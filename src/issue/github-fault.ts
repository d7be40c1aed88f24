import type { OutboundAnswer, OutboundRequestFault } from '../access/outbound-request.ts'

/** Why GitHub did not do what was asked. */
export type GithubFaultCode =
  | OutboundRequestFault
  | 'token_refused'
  | 'forbidden'
  | 'rate_limited'
  | 'repository_unknown'
  | 'repository_moved'
  | 'issues_disabled'
  | 'refused'
  | 'failed'
  | 'answer_unreadable'

/** `isDoubt`: it may have been done all the same. */
export type GithubFault = { readonly code: GithubFaultCode; readonly isDoubt: boolean; readonly retrySeconds?: number }

const sureCodes: ReadonlySet<OutboundRequestFault> = new Set(['host_unknown', 'address_private', 'tls_required', 'connection_refused'])

/** The fault of a request without an answer. */
export function faultOfRequest(code: OutboundRequestFault): GithubFault {
  return { code, isDoubt: !sureCodes.has(code) }
}

const codes: Readonly<Record<number, GithubFaultCode>> = {
  401: 'token_refused',
  403: 'forbidden',
  404: 'repository_unknown',
  410: 'issues_disabled',
}

/** The fault that an answer of another status than the wanted one stands for. Its text is not looked at: it is GitHub's, and may repeat ours. */
export function faultOfAnswer({ status, header }: Pick<OutboundAnswer, 'status' | 'header'>, now: number): GithubFault {
  const isLimited = status === 429 || (status === 403 && (header('retry-after') !== undefined || header('x-ratelimit-remaining') === '0'))
  if (isLimited) return { code: 'rate_limited', isDoubt: false, retrySeconds: waitOf(header, now) }
  if (status >= 500) return { code: 'failed', isDoubt: true }
  if (status >= 400) return { code: codes[status] ?? 'refused', isDoubt: false }
  if (status >= 300) return { code: 'repository_moved', isDoubt: false }
  return { code: 'answer_unreadable', isDoubt: true }
}

/** GitHub asks for a minute where it names no time. */
const usualSeconds = 60
const longestSeconds = 3_600

/** The seconds that GitHub asks to wait: `Retry-After`, else until the moment of `X-RateLimit-Reset`. */
function waitOf(header: OutboundAnswer['header'], now: number): number {
  const after = wholeNumber(header('retry-after'))
  const reset = wholeNumber(header('x-ratelimit-reset'))
  const seconds = after ?? (reset === undefined ? usualSeconds : Math.ceil(reset - now / 1_000))
  return Math.min(Math.max(1, seconds), longestSeconds)
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined
}
