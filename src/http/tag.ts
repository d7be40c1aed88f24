import { createHash } from 'node:crypto'

const characters = 22

/** Names an answer by what it says (ETag): the same text has the same name, and any other text another one. Weak, since packing changes the bytes. */
export function tagOf(text: string): string {
  return `W/"${createHash('sha256').update(text).digest('base64url').slice(0, characters)}"`
}

/** Whether the client has the answer of this name already: it names it in If-None-Match, alone or among others, or takes any (RFC 9110, 13.1.2). */
export function isKept({ headers }: Pick<Request, 'headers'>, tag: string): boolean {
  const given = headers.get('if-none-match')
  if (given === null) return false
  return given.split(',').some((one) => one.trim() === '*' || bare(one) === bare(tag))
}

/** Matches `W/"abc"` and `"abc"` alike: what was packed on the way may have lost the mark. */
function bare(tag: string): string {
  return tag.trim().replace(/^W\//, '')
}
