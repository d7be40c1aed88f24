import type { RankedMatch } from '../walk.ts'
import { hashSeed, hashStep } from './hash.ts'
import { labelKinds, secretKind } from './label-kind.ts'
import type { Tokens } from './token.ts'

/** Notes of each token what the first match over it takes it for; the matches are in the order of their places, `names` are those of the rules by their rank. */
export function hintTokens(tokens: Tokens, matches: readonly RankedMatch[], names: readonly string[]): void {
  const { count, start, end, kind, rule } = tokens
  let token = 0
  for (const match of matches) {
    while (token < count && (end[token] ?? 0) <= match.start) token += 1
    for (let covered = token; covered < count && (start[covered] ?? 0) < match.end; covered += 1) {
      if (rule[covered] !== 0) continue
      kind[covered] = labelKinds.kinds.get(match.label) ?? secretKind
      rule[covered] = hashOf(names[match.rank] ?? '')
    }
  }
}

function hashOf(name: string): number {
  let hash = hashSeed
  for (let at = 0; at < name.length; at += 1) hash = hashStep(hash, name.charCodeAt(at))
  return hash
}
