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

/** The place of a run in the whole text, of its whole words alone, or undefined where it has none: `S10, Volksbank Mitte` behind `GENODEF1` begins with the bank. */
export function hitOf(type: NameHit['type'], tokens: readonly Token[], run: NameRun): NameHit | undefined {
  let { from, to } = run
  while (from < to && isCut(tokens, from)) from = nextWord(tokens, from + 1, to)
  while (to > from && isCut(tokens, to)) to -= 1
  const first = tokens[from]
  const last = tokens[to - 1]
  return first && last && to > from ? { type, start: first.start, end: last.end, score: run.score, why: run.why } : undefined
}

/** Whether a word or number goes on from one token into the next, which is `at`. */
function isCut(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  const token = tokens[at]
  return before !== undefined && token !== undefined && !token.isApart && before.kind !== 'sign' && token.kind !== 'sign'
}

function nextWord(tokens: readonly Token[], from: number, to: number): number {
  let at = from
  while (at < to && tokens[at]?.kind === 'sign') at += 1
  return at
}
