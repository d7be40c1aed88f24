import type { Refusal, RefusalCode } from '../event/refusal.ts'
import { answerJson, answerText, type ExtraHeaders } from './answer.ts'

/** What a refusal means on the wire: its status, and the plain text that clients of `/telemetry` have always got. */
const meanings: Readonly<Record<RefusalCode, { readonly status: number; readonly text: string }>> = {
  body_too_large: { status: 400, text: 'invalid body' }, // 400 rather than 413: the contract of the clients in the field.
  body_unreadable: { status: 400, text: 'invalid body' },
  json_undecodable: { status: 400, text: 'invalid json' },
  payload_unusable: { status: 400, text: 'invalid payload' },
  parameter_invalid: { status: 400, text: 'invalid parameter' },
  key_required: { status: 401, text: 'unauthorized' },
  not_permitted: { status: 403, text: 'forbidden' },
  https_required: { status: 403, text: 'https required' },
  not_found: { status: 404, text: 'not found' },
  method_not_allowed: { status: 405, text: 'method not allowed' },
  rate_limited: { status: 429, text: 'rate limited' },
  journal_full: { status: 503, text: 'server busy' },
  too_busy: { status: 503, text: 'server busy' },
  storage_unusable: { status: 500, text: 'storage unusable' },
}

/** Where a client finds field and rule of its refusal while the body stays as old clients know it. */
const reasonHeader = 'X-Telemetry-Reason'
/** How long a client should wait for a full journal, a full disk or a busy store, in seconds. */
const busySeconds = 5

/** The status that a refusal has on the wire. */
export function statusOf(code: RefusalCode): number {
  return meanings[code].status
}

/** The answer of `/telemetry`: plain text as ever, the reason in a header. */
export function refuseAsText(fault: Refusal, headers?: ExtraHeaders): Response {
  const { status, text } = meanings[fault.code]
  return answerText(status, `${text}\n`, { ...headersOf(fault), ...headers })
}

/** The answer of every newer API: one JSON shape. `message` says more than the code does, in words of ours alone. */
export function refuseAsJson(fault: Refusal, headers?: ExtraHeaders, message?: string): Response {
  const { status, text } = meanings[fault.code]
  const body = { error: { code: fault.code, message: message ?? text, field: fault.field, rule: fault.rule } }
  return answerJson(status, body, { ...headersOf(fault), ...headers })
}

function headersOf(fault: Refusal): ExtraHeaders {
  const reason = { [reasonHeader]: `${fault.field}: ${fault.rule}` }
  if (meanings[fault.code].status === 503) return { ...reason, 'Retry-After': String(busySeconds) }
  if (fault.code === 'body_too_large' || fault.code === 'body_unreadable') return { ...reason, Connection: 'close' }
  return fault.code === 'key_required' ? { ...reason, 'WWW-Authenticate': 'Bearer' } : reason
}
