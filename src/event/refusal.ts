/** Why something a client sent was not taken. The code decides the HTTP status; field and rule go into a header and the log, the input never does. */
export type RefusalCode =
  | 'body_too_large'
  | 'body_unreadable'
  | 'json_undecodable'
  | 'payload_unusable'
  | 'rate_limited'
  | 'key_required'
  | 'not_permitted'
  | 'https_required'
  | 'journal_full'
  | 'too_busy'
  | 'storage_unusable'
  | 'not_found'
  | 'parameter_invalid'
  | 'method_not_allowed'

export type Refusal = { readonly code: RefusalCode; readonly field: string; readonly rule: string }

/** Says why: the code, the field it is about and the rule it breaks. */
export function refusal(code: RefusalCode, field: string, rule: string): Refusal {
  return { code, field, rule }
}
