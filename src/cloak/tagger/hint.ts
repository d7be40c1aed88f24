import type { RankedMatch } from '../walk.ts'
import { hashText } from './hash.ts'
import { labelKinds } from './label-kind.ts'
import type { Tokens } from './token.ts'

/** Notes of each token what the first match over it takes it for, of those that ingest has; the matches are in the order of their places, `names` are those of the rules by their rank. */
export function hintTokens(tokens: Tokens, matches: readonly RankedMatch[], names: readonly string[]): void {
  const { count, start, end, kind, rule } = tokens
  let token = 0
  for (const match of matches) {
    while (token < count && (end[token] ?? 0) <= match.start) token += 1
    const label = labelKinds.kinds.get(match.label)
    if (label === undefined) continue
    const name = hashText(names[match.rank] ?? '')
    for (let covered = token; covered < count && (start[covered] ?? 0) < match.end; covered += 1) {
      if (rule[covered] !== 0) continue
      kind[covered] = label
      rule[covered] = name
    }
  }
}
