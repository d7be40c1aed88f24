import { codesOf } from '../codes.ts'
import { classOf, upper } from './character-class.ts'
import { featuresMax, readFeatures } from './feature.ts'
import { loadModel } from './model.ts'
import { readTokens } from './read-tokens.ts'
import { classify } from './score.ts'
import { likeliestOf, nameTags, tagClasses } from './tag-class.ts'
import { looks, type Tokens } from './token.ts'

/** A stretch that is likely to be a name; `share` is how likely, from 0 to 1. */
export type TaggedName = { readonly start: number; readonly end: number; readonly type: (typeof nameTags)[number]; readonly share: number }

/** How likely a word must be to be of a name, one in a text that holds nothing else, and one beside a word of a name to go with it. */
const nameMin = 0.9
const aloneMin = 0.98
const joinMin = 0.35

const features = new Int32Array(featuresMax)
const nameKinds = nameTags.map((tag) => tagClasses.indexOf(tag))

/**
 * The names of people, bodies and places in a text in which everything else is hidden, in their order. `holdsMore` tells that something is; without, one of the names
 * must be sure. Takes linear time.
 */
export function tagNames(text: string, holdsMore: boolean): readonly TaggedName[] {
  const names = readNames(text)
  return holdsMore || names.some(({ share }) => share >= aloneMin) ? names : []
}

function readNames(text: string): readonly TaggedName[] {
  const model = loadModel()
  const codes = codesOf(text)
  const tokens = readTokens(text, codes, { from: 0, to: text.length }, model.vocabulary)
  const names: TaggedName[] = []
  let open: TaggedName | undefined
  for (let number = 0; number < tokens.count; number += 1) {
    const start = tokens.start[number] ?? 0
    const end = tokens.end[number] ?? 0
    const goesOn = open !== undefined && tokens.apart[number] !== 2 && isGap(text.slice(open.end, start))
    if (!mayBeName(codes, tokens, number, goesOn)) continue
    const shares = classify(model, features, readFeatures(text, tokens, number, features))
    const kind = likeliestOf(nameKinds, shares)
    const type = nameTags[nameKinds.indexOf(kind)] ?? 'PERSON'
    const share = shares[kind] ?? 0
    if (goesOn && open !== undefined && open.type === type && share >= joinMin) {
      open = { ...open, end, share: Math.max(open.share, share) }
      names[names.length - 1] = open
    } else if (share >= nameMin && end - start > 1 && (classOf[codes[start] ?? 0] ?? 0) === upper) {
      open = { start, end, type, share }
      names.push(open)
    }
  }
  return names
}

/** Words with a capital, and what may stand between two of them (`van der`, `&`). */
function mayBeName(codes: Uint16Array, { look, start }: Tokens, number: number, goesOn: boolean): boolean {
  const own = look[number] ?? 0
  if ((own & looks.label) !== 0 || (own & (looks.upper | looks.lower)) === 0) return false
  return goesOn || (classOf[codes[start[number] ?? 0] ?? 0] ?? 0) === upper || (own & looks.foreign) !== 0
}

/** What may stand between two words of a name: matches ` `, ` & `, `. `, `-`, `'`. */
function isGap(gap: string): boolean {
  return gap.length <= 3 && /^(?:\.? ?|[-'’&/]| [&+-] )$/.test(gap)
}
