/** Why a request was not answered: its status, a sentence for people, and for programs the field it is about and the rule it breaks. Nothing of the input is in it. */
export type CloakFault = { readonly status: number; readonly error: string; readonly field: string; readonly rule: string }

/** A request that cannot be read as one. */
export function malformed(field: string, rule: string, error: string): CloakFault {
  return { status: 400, error, field, rule }
}

/** A body for which there is no room now; `rule` says what there is too much of. */
export function busy(field: string, rule: string): CloakFault {
  return { status: 503, error: 'The service is busy, try again later', field, rule }
}

/** The thread died over a body, or before it came to it. Its owner was told why. */
export const interrupted: CloakFault = {
  status: 503,
  error: 'The text could not be worked on, try again',
  field: 'body',
  rule: 'interrupted',
}

/** The body of a refusal; the keys stand in alphabetical order, as in every answer of this API. */
export function faultBody({ error, field, rule }: CloakFault, more: Readonly<Record<string, unknown>> = {}): string {
  const body = { error, field, rule, ...more }
  return JSON.stringify(Object.fromEntries(Object.entries(body).toSorted(([one], [other]) => (one < other ? -1 : 1))))
}
