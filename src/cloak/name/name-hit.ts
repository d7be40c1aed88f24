import type { Token } from './token.ts'

/** A name in a text; `start` and `end` (exclusive) in UTF-16 units, `score` from 0 to 1, `why` a few words for `explain`. */
export type NameHit = {
  readonly type: 'PERSON' | 'ORGANIZATION' | 'LOCATION'
  readonly start: number
  readonly end: number
  readonly score: number
  readonly why: string
}

/** Tokens of a name in a line, `to` exclusive; score and reason as of `NameHit`. */
export type NameRun = { readonly from: number; readonly to: number; readonly score: number; readonly why: string }

/** The place of a run in the whole text, or undefined where it has no tokens. */
export function hitOf(type: NameHit['type'], tokens: readonly Token[], { from, to, score, why }: NameRun): NameHit | undefined {
  const first = tokens[from]
  const last = tokens[to - 1]
  return first && last && to > from ? { type, start: first.start, end: last.end, score, why } : undefined
}
