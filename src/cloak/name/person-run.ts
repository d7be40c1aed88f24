import { openLexicon } from './lexicon.ts'
import type { NameLine } from './name-line.ts'
import { isVouched, runEnd } from './name-run.ts'
import { isOrganizationWord } from './organization-word.ts'
import { phraseEnd } from './phrase.ts'
import { isUpperCase, type Token } from './token.ts'
import { isStrange } from './word-kind.ts'

/** Tokens of somebody's name in a line, `to` exclusive; score and reason as of `NameHit`. */
export type PersonRun = { readonly from: number; readonly to: number; readonly score: number; readonly why: string }

/** A run that a cue calls a name: all its parts, unless they are no name for sure. */
export function cued({ tokens }: Pick<NameLine, 'tokens'>, at: number, score: number, why: string): PersonRun | undefined {
  const to = runEnd(tokens, at)
  if (to === at) return undefined
  const parts = tokens.slice(at, to)
  if (parts.every((part) => isUpperCase(part) && !isStrange(part)) && !isVouched({ tokens }, at, to)) return undefined
  const lexicon = openLexicon()
  if (parts.some(({ folded }) => isOrganizationWord(folded)) || phraseEnd(tokens, at, lexicon.organizations) >= to) return undefined
  if (to === at + 1) {
    const { folded } = tokens[at] as Token
    if (lexicon.isOrdinaryWord(folded) && lexicon.givenName(folded) + lexicon.surname(folded) === 0) return undefined
  }
  return { from: at, to, score, why }
}
