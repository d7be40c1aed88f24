import type { AlertMessage } from './message.ts'

/** The name that a group of errors has now; undefined for one that is not known any more. */
export type ErrorTitle = (tenant: string, fingerprint: string) => string | undefined

/** The fingerprint of the group that a message is about; undefined for every other message. */
export function toldError({ kind, subject }: AlertMessage): string | undefined {
  return kind === 'new_error' && subject !== '' ? subject : undefined
}

/** A message as it may be kept: words that are not the name of its group any more came from runs that are erased, and its fingerprint stands for them. */
export function withoutLostTitle(message: AlertMessage, titleOf: ErrorTitle): AlertMessage {
  const fingerprint = toldError(message)
  const [first, ...rest] = message.lines
  if (fingerprint === undefined || first === undefined || !hasText(message)) return message
  return first === titleOf(message.tenant, fingerprint) ? message : { ...message, lines: [fingerprint, ...rest] }
}

/** The words about an error stand before the value, if there is one, and the threshold, which every message has. */
function hasText({ lines, value }: AlertMessage): boolean {
  return !(lines[value === undefined ? 0 : 1] ?? '').startsWith('Threshold: ')
}
