import { formEnd } from './legal-form.ts'
import { openLexicon } from './lexicon.ts'
import type { NameRun } from './name-hit.ts'
import type { NameLine } from './name-line.ts'
import { beginsSentence } from './name-run.ts'
import { nameStart } from './organization-start.ts'
import { isRole } from './person-role.ts'
import { phraseEnd } from './phrase.ts'
import { isCapitalized, type Token } from './token.ts'
import { isStrange } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/** `NHS number`, `American Express 3744 …`: the kind of a number, not a body. */
const numberWords = wordSet('number no nr nummer id card karte api key token')
const accountWords = wordSet('account konto')

/** A body of the list: in prose, and in what machines write behind a word for bodies. */
export function byList(line: NameLine, at: number): NameRun | undefined {
  const { tokens, isProse } = line
  const token = tokens[at]
  if (!token || (!isProse && !isBodyPlace(tokens, at)) || (at > 0 && !token.isApart && /[/\\@_.\-=:]/.test(tokens[at - 1]?.text ?? '')))
    return undefined
  const to = phraseEnd(tokens, at, openLexicon().organizations)
  if (to === at || (to === at + 1 && beginsSentence(tokens, at) && openLexicon().germanWords.has(token.folded))) return undefined
  if (to === at + 1 && ((token.folded.length <= 3 && !/\p{Lu}.*\p{Lu}/u.test(token.text)) || openLexicon().isProduct(token.folded)))
    return undefined
  if (to === at + 1 && letters.has(token.folded) && !beforeLetters.has(tokens[at - 1]?.folded ?? '')) return undefined
  if (openLexicon().givenName(token.folded) > 0 && isRole(tokens[at - 1])) return undefined // `Opa Heinz`
  const after = tokens[to]
  if (after && (after.kind === 'number' || numberWords.has(after.folded))) return undefined
  if (after && accountWords.has(after.folded) && tokens[to + 1]?.kind !== 'word') return undefined
  if (after && !after.isApart && /^[/\\@_.=:(\d-]$/.test(after.text) && tokens[to + 1]?.isApart === false) return undefined
  const last =
    to +
    (branched.has(token.folded) && tokens[to]?.isApart && (isStrange(tokens[to]) || isPlace(tokens[to]) || tokens[to]?.text === 'Plus')
      ? 1
      : 0)
  const end = formEnd(tokens, last)
  return { from: end > last ? nameStart(tokens, at + 1) : at, to: end, score: 0.65, why: 'known by the list' }
}

/** Stand for other things as well: a licence, a currency, a German word. */
const letters = wordSet('mit eth esa lse spar bvg ucl')
const beforeLetters = wordSet('at from of joined left by der die an bei von zur beim vom am with')

/** In what machines write a body stands behind a word for it or a preposition: `no bank at ABN AMRO`, `courier DHL`. */
function isBodyPlace(tokens: readonly Token[], at: number): boolean {
  if (!machineBefore.has(tokens[at - 1]?.folded ?? '') || tokens[at]?.isApart !== true) return false
  const { folded = '' } = tokens[at] ?? {}
  const { isProduct, isOrdinaryWord, places, surname } = openLexicon()
  return !(isProduct(folded) || isOrdinaryWord(folded) || places.has(folded) || surname(folded) > 0 || folded.length < 3)
}

const machineBefore = wordSet(
  'at from by bei von of with courier carrier bank customer kunde mandant vendor supplier merchant employer insurer agency company firma',
)

function isPlace(token: Token | undefined): boolean {
  return token !== undefined && isCapitalized(token) && openLexicon().places.has(token.folded)
}

/** Bodies whose branches are called by their place: `AOK Bayern`. */
const branched = wordSet(
  'aok caritas diakonie malteser johanniter drk awo ihk jobcenter arbeitsagentur handwerkskammer adac tuv volksbank sparkasse ikk barmer',
)
