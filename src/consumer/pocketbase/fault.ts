import { asObject, memberOf } from './answer.ts'

/**
 * Why PocketBase did not do what was asked. It holds codes and names of fields alone: a text of an answer may repeat what was sent.
 * `culprit` is the index of the request in a batch that broke it.
 */
export type PocketBaseFault = {
  readonly code:
    | 'unreachable'
    | 'timed_out'
    | 'stopped'
    | 'redirected'
    | 'answer_too_large'
    | 'unreadable'
    | 'sign_in_refused'
    | 'refused'
    | 'foreign_instance'
  /** HTTP status, of the culprit where one is named; 0 without an answer. */
  readonly status: number
  /** Fields and what is wrong with each, such as `execution_id:validation_not_unique`. */
  readonly reasons: readonly string[]
  readonly culprit?: number
  readonly retryAfterMs?: number
}

/** A fault in one word, for status and log: `unreachable`, `http_429`, `http_400 nsapp:validation_max_text_constraint`. */
export function faultWord({ code, status, reasons }: PocketBaseFault): string {
  return code === 'refused' ? [`http_${status}`, ...reasons].join(' ') : code
}

/** Whether the fault can be a record's own. Everything else passes by itself or by the operator's hand, so it is tried again for ever. */
export function mayBeOfRecord({ code, status }: PocketBaseFault): boolean {
  return code === 'refused' && status >= 400 && status < 500 && !statusesOfEnvironment.has(status)
}

const statusesOfEnvironment: ReadonlySet<number> = new Set([401, 403, 404, 408, 429])

/** A fault that no refusal of PocketBase's stands behind. */
export function faultWithoutAnswer(code: Exclude<PocketBaseFault['code'], 'refused' | 'sign_in_refused'>): PocketBaseFault {
  return { code, status: 0, reasons: [] }
}

/**
 * What an operator does about a redirect. Where it leads is left out: whoever answers in PocketBase's place would name the address that gets the password
 * next.
 */
export const redirectAdvice =
  'PB_URL answers with a redirect to another address, which is not followed: set PB_URL to the address at which PocketBase itself answers'

/** Reads the body of an error: `data` names the fields, or in a batch the first request that failed and its fields. */
export function faultFromAnswer(status: number, body: unknown, retryAfterMs: number | undefined): PocketBaseFault {
  const data = memberOf(body, 'data')
  const requests = memberOf(data, 'requests')
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
  for (const [index, entry] of Object.entries(asObject(requests))) {
    const inner = memberOf(entry, 'response')
    const innerStatus = memberOf(inner, 'status')
    if (!/^[0-9]+$/.test(index) || typeof innerStatus !== 'number') continue
    return { code: 'refused', status: innerStatus, reasons: reasonsOf(memberOf(inner, 'data')), culprit: Number(index), ...wait }
  }
  return { code: 'refused', status, reasons: reasonsOf(data), ...wait }
}

const reasonsMax = 5
/** Matches error_category and validation_not_unique; not a text with blanks or quotes. */
const wordForm = /^[A-Za-z0-9_]{1,64}$/

function reasonsOf(data: unknown): readonly string[] {
  const reasons = Object.entries(asObject(data)).flatMap(([field, entry]) => {
    const code = memberOf(entry, 'code')
    return wordForm.test(field) && typeof code === 'string' && wordForm.test(code) ? [`${field}:${code}`] : []
  })
  return reasons.slice(0, reasonsMax)
}
