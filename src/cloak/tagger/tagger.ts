import type { AnchorIndex } from '../anchor-index.ts'
import { codesOf } from '../codes.ts'
import type { Place } from '../place.ts'
import { isNobody } from '../user-name.ts'
import type { Range, RankedMatch } from '../walk.ts'
import { classOf, sign } from './character-class.ts'
import { endsKey, featuresMax, readFeatures } from './feature.ts'
import { firstLook, firstLookMin } from './first-look.ts'
import { hangs, isAlike, isBridged, isSecret } from './hang.ts'
import { createLineMemory, hashLine, type LineKey, lineBefore, lineEnd, lineStart, recall, remember } from './known-line.ts'
import { loadModel, type Model } from './model.ts'
import { phoneEdges } from './phone-edge.ts'
import { readTokens } from './read-tokens.ts'
import { classify } from './score.ts'
import { secretEdges } from './secret-edge.ts'
import { hidingKinds, likeliestOf, type TagClass, tagClasses } from './tag-class.ts'
import { looks, said, type Tokens } from './token.ts'

/** A stretch that is likely to be something; `share` is how likely, from 0 to 1, and `isSure` whether that is enough in a text that holds nothing else. */
type Tagged = Place & {
  readonly tag: TagClass
  readonly share: number
  readonly isSure: boolean
  /** How many words behind a blank were taken to it. */
  readonly words: number
  /** What it was without them, where that is no plain word. */
  readonly alone?: Tagged | undefined
  /** It is hidden already. */
  readonly isLabel?: true
}

/** No passphrase has more words; what goes on beyond is running text, and none of it belongs to what it follows. */
const wordsMax = 24

/**
 * How likely a token must be of a class to be hidden, beside something else that is, and in a text that holds nothing else: most of those are harmless.
 * A plain word, which may be any word, must be likelier than what looks like a name or a secret by itself.
 */
const oddMin = { beside: 0.4, alone: 0.9 }
const plainMin = { beside: 0.9, alone: 0.998 }
/** How likely a token beside one, without a blank between, must be to go with it. */
const joinMin = 0.3

/** What the tagger is sure of counts less than what a rule has found; half of it is given to all that it hides. */
const surest = 0.8

const features = new Int32Array(featuresMax)

/**
 * What the tagger finds in a text of what the rules of the index name, as a match of the rule that names it. `holdsMore` tells that the text holds something that
 * the rules found; without, one of the findings must be sure. Takes linear time.
 */
export function tagMatches(text: string, { rankOfTag, labelOfRank }: AnchorIndex, holdsMore: boolean): readonly RankedMatch[] {
  const found = tagText(text)
  if (!holdsMore && !found.some(({ tag, isSure }) => isSure && rankOfTag.has(tag))) return []
  return found.flatMap(({ start, end, tag, share }) => {
    const rank = rankOfTag.get(tag)
    const type = tag === 'API_KEY' ? ({ type: 'API_KEY' } as const) : {}
    return rank === undefined
      ? []
      : [{ start, end, rank, label: labelOfRank[rank] ?? '', match: { start, end, score: (surest * (1 + share)) / 2, ...type } }]
  })
}

/** Lines that hold nothing. */
const cleanLines = createLineMemory()
const line: LineKey = { low: 0, high: 0 }
const before: LineKey = { low: 0, high: 0 }
const clean: LineKey = { low: 0, high: 0 }
const context: LineKey = { low: 0, high: 0 }

/** Reads what is not known yet: each line with the one before it, lines in a row together. */
function tagText(text: string): readonly Tagged[] {
  const model = loadModel()
  const codes = codesOf(text)
  const found: Tagged[] = []
  before.low = before.high = 0
  let contextFrom = 0
  let unknownFrom = -1
  let unknownContext = 0
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(codes, start, text.length)
    const hasToken = hashLine(codes, start, end, line)
    if (hasToken) {
      if (recall(cleanLines, line, before) !== 0) {
        if (unknownFrom >= 0) tagSegment(model, text, codes, unknownContext, unknownFrom, start, found)
        unknownFrom = -1
      } else if (unknownFrom < 0) {
        unknownFrom = start
        unknownContext = contextFrom
      }
      before.low = line.low
      before.high = line.high
      contextFrom = start
    }
    start = end + 1
  }
  if (unknownFrom >= 0) tagSegment(model, text, codes, unknownContext, unknownFrom, text.length, found)
  return found
}

/** Judges the tokens from `from` on; those from `contextFrom` on are read as well. Lines without a finding are remembered. */
function tagSegment(model: Model, text: string, codes: Uint16Array, contextFrom: number, from: number, to: number, found: Tagged[]): void {
  const tokens = readTokens(text, codes, { from: contextFrom, to }, model.vocabulary)
  let key = 0
  let isClean = true
  let open: Tagged | undefined
  for (let number = 0; number < tokens.count; number += 1) {
    if (tokens.first[number] === number) {
      if (number > 0 && isClean) rememberLine(codes, tokens, number - 1, { from, to })
      key = 0
      isClean = true
    }
    const look = tokens.look[number] ?? 0
    if ((look & looks.label) !== 0) open = openAtLabel(text, tokens, number) ?? open
    else if ((tokens.start[number] ?? 0) >= from && mayBeHidden(look) && isWorthALook(model, text, tokens, number, key, open)) {
      const tagged = judge(model, text, tokens, number, open)
      if (tagged !== undefined) {
        isClean = false
        if (found.length > 0 && tagged.start === found[found.length - 1]?.start) found.pop()
        open = tagged
        const kept = tagged.words > wordsMax ? tagged.alone : tagged
        if (kept !== undefined) found.push(kept)
      }
    }
    if (endsKey(text, tokens.end[number] ?? 0)) key = said(tokens, number)
  }
  if (isClean) rememberLine(codes, tokens, tokens.count - 1, { from, to })
}

/** What a secret ends with that is found already is looked at in any case. */
function isWorthALook(model: Model, text: string, tokens: Tokens, number: number, key: number, open: Tagged | undefined): boolean {
  const least = isPlain(tokens, number) ? firstLookMin.plain : firstLookMin.odd
  return (
    firstLook(model, tokens, number, key) >= least || (open !== undefined && hangs(text, open.end, tokens.start[number] ?? 0, open.tag))
  )
}

const secretLabel = '<secret>'

/** A secret that is hidden already may have more of it right behind. */
function openAtLabel(text: string, { start, end }: Tokens, number: number): Tagged | undefined {
  const label = { start: start[number] ?? 0, end: end[number] ?? 0 }
  return text.slice(label.start, label.end) === secretLabel
    ? { ...label, tag: 'PASSWORD', share: 1, isSure: true, words: 0, isLabel: true }
    : undefined
}

/** Not signs alone. */
function mayBeHidden(look: number): boolean {
  return (look & (looks.upper | looks.lower | looks.digit)) !== 0
}

/** Remembers the line of a token, if it was judged. */
function rememberLine(codes: Uint16Array, { start, end, first }: Tokens, number: number, { from, to }: Range): void {
  const lineFirst = first[number] ?? 0
  if (number < 0 || (start[lineFirst] ?? 0) < from) return
  const ownFrom = lineStart(codes, start[lineFirst] ?? 0)
  hashLine(codes, ownFrom, lineEnd(codes, end[number] ?? 0, to), clean)
  const contextFrom = lineBefore(codes, ownFrom)
  if (contextFrom < ownFrom) hashLine(codes, contextFrom, lineEnd(codes, contextFrom, ownFrom), context)
  else context.low = context.high = 0
  remember(cleanLines, clean, context, 1)
}

/** Whether a token is likely to be something; with what is before it, `open`, where the two hang together. */
function judge(model: Model, text: string, tokens: Tokens, number: number, open: Tagged | undefined): Tagged | undefined {
  const start = tokens.start[number] ?? 0
  const end = tokens.end[number] ?? 0
  if (open !== undefined && start < open.end) return open
  if (isDoubled(tokens, number) || (end - start > plainLengthMax && isPlain(tokens, number))) return undefined
  const shares = classify(model, features, readFeatures(text, tokens, number, features))
  const tag = likeliestTag(shares)
  const share = shareOfHidden(shares)
  if (open !== undefined && share >= joinMin && isAlike(open.tag, tag) && hangsTo(text, open, start, end, tag)) {
    return goOn(text, open, start, edgesOf(text, open.start, end, tag).end)
  }
  const min = isPlain(tokens, number) ? plainMin : oddMin
  if (share < min.beside || end - start < 2 || isNobody(text, start, wordEnd(text, start, end))) return undefined
  const edges = edgesOf(text, firstOf(model, text, tokens, number, tag, open), end, tag)
  return open !== undefined && isSecret(tag) && isSecret(open.tag) && isBridged(text, open.end, edges.start)
    ? goOn(text, open, edges.start, edges.end)
    : withAlone({ ...edges, tag, share, isSure: share >= min.alone, words: 0 }, isPlain(tokens, number))
}

function withAlone(tagged: Tagged, isPlainWord: boolean): Tagged {
  return isPlainWord ? tagged : { ...tagged, alone: tagged }
}

/** What is open with what stands from `start` to `end`. */
function goOn(text: string, open: Tagged, start: number, end: number): Tagged {
  return { ...open, end, words: open.words + Number(/\s/.test(text.slice(open.end, start))) }
}

/** No name and no part of a passphrase stands twice in a row. */
function isDoubled(tokens: Tokens, number: number): boolean {
  const { exact, count } = tokens
  return (
    isPlain(tokens, number) &&
    ((number > 0 && exact[number - 1] === exact[number]) || (number + 1 < count && exact[number + 1] === exact[number]))
  )
}

/** No word of any language that is a name or a password is longer. */
const plainLengthMax = 48

/** Most tokens before one that may go with it. */
const backMax = 8

/** Where the first of the tokens before one begins that go with it. */
function firstOf(model: Model, text: string, tokens: Tokens, number: number, tag: TagClass, open: Tagged | undefined): number {
  const floor = Math.max(tokens.first[number] ?? 0, number - backMax)
  let first = tokens.start[number] ?? 0
  for (let other = number - 1; other >= floor; other -= 1) {
    const end = tokens.end[other] ?? 0
    if (end <= (open?.end ?? 0) || ((tokens.look[other] ?? 0) & looks.label) !== 0 || !hangs(text, end, first, tag)) break
    const shares = classify(model, features, readFeatures(text, tokens, other, features))
    if (shareOfHidden(shares) < joinMin || !isAlike(tag, likeliestTag(shares))) break
    first = tokens.start[other] ?? 0
  }
  return first
}

function edgesOf(text: string, start: number, end: number, tag: TagClass): Place {
  if (tag === 'PHONE_NUMBER') return phoneEdges(text, start, end)
  return isSecret(tag) ? secretEdges(text, start, end) : { start, end }
}

/** Where a token ends without the signs at its end (`admin%`). */
function wordEnd(text: string, start: number, end: number): number {
  let at = end
  while (at > start && (classOf[text.charCodeAt(at - 1)] ?? 0) === sign) at -= 1
  return at
}

/** Letters alone, without a capital behind a small one. */
function isPlain({ look, changes }: Tokens, number: number): boolean {
  const own = look[number] ?? 0
  return (
    (own & (looks.digit | looks.join | looks.sign)) === 0 &&
    (changes[number] ?? 0) <= ((own & looks.upper) === 0 || (own & looks.lower) === 0 ? 1 : 2)
  )
}

/** What a secret goes on with behind its label: an address and a list of settings go on with others. */
const innerSign = /^[ &!$%^*#+~]$/

function hangsTo(text: string, open: Tagged, start: number, end: number, tag: TagClass): boolean {
  if (open.isLabel && !(innerSign.test(text.slice(open.end, start)) && !endsKey(text, end))) return false
  return hangs(text, open.end, start, tag)
}

function likeliestTag(shares: Float64Array): TagClass {
  return tagClasses[likeliestOf(hidingKinds, shares)] ?? 'other'
}

/** How likely it is to be one of those that are hidden: which one matters less than that it is. */
function shareOfHidden(shares: Float64Array): number {
  let share = 0
  for (const kind of hidingKinds) share += shares[kind] ?? 0
  return share
}
