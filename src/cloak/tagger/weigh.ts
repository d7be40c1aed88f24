import { countLeading } from '../../base/search.ts'
import type { AnchorIndex } from '../anchor-index.ts'
import { codesOf } from '../codes.ts'
import type { Place } from '../place.ts'
import type { RankedMatch } from '../walk.ts'
import { featuresMax, readFeatures } from './feature.ts'
import { mix } from './hash.ts'
import { hintTokens } from './hint.ts'
import { createLineMemory, hashLine, type LineKey, lineBefore, lineEnd, lineStart, recall, remember } from './known-line.ts'
import { loadModel, type Model } from './model.ts'
import { readTokens } from './read-tokens.ts'
import { classify } from './score.ts'
import type { Tokens } from './token.ts'

/** Below this chance of being anything a match of a weighed rule is dropped. */
const keepMin = 0.2
/** The same for names, which have more signs than the words beside them. */
const keepNameMin = 0.1

const features = new Int32Array(featuresMax)

/** Which matches of a line are kept, as bits above the lowest, by the line, the one before it, and the matches of both. */
const weighedLines = createLineMemory()
const key: LineKey = { low: 0, high: 0 }
const nothingBefore: LineKey = { low: 0, high: 0 }
/** Most matches of a line that the bits have room for. */
const rememberedMax = 30

function addMatch(line: LineKey, { start, end, rank }: RankedMatch, from: number): void {
  line.low = mix(start - from, end - from, line.low)
  line.high = mix(rank, end - from, line.high)
}

/** The matches without those of weighed rules that are hardly anything, in their order of places. Takes linear time: each line is read once, and once more below it. */
export function withoutUnlikely(
  text: string,
  matches: readonly RankedMatch[],
  { isWeighed, names, rankOfTag }: AnchorIndex,
): readonly RankedMatch[] {
  if (rankOfTag.size === 0 || !matches.some(({ rank }) => isWeighed[rank])) return matches
  const model = loadModel()
  const codes = codesOf(text)
  const ordered = matches.toSorted((one, other) => one.start - other.start || one.rank - other.rank)
  const kept: RankedMatch[] = []
  let first = 0 // Of those that stand on the line before, or later.
  for (let number = 0; number < ordered.length; ) {
    const line = lineStart(codes, ordered[number]?.start ?? 0)
    const end = lineEnd(codes, ordered[number]?.start ?? 0, text.length)
    let next = number
    let to = end
    while ((ordered[next]?.start ?? Number.POSITIVE_INFINITY) < end || next === number) {
      const match = ordered[next]
      if (match !== undefined && match.end > to && isWeighed[match.rank] === true) to = lineEnd(codes, match.end, text.length)
      next += 1
    }
    const own = ordered.slice(number, next)
    if (own.some(({ rank }) => isWeighed[rank])) {
      const from = lineBefore(codes, line)
      while ((ordered[first]?.start ?? from) < from) first += 1
      hashLine(codes, from, to, key)
      const beside = ordered.slice(first, next)
      for (const match of beside) addMatch(key, match, from)
      const answer = own.length > rememberedMax ? 0 : recall(weighedLines, key, nothingBefore)
      if (answer !== 0) kept.push(...own.filter((_, place) => ((answer >>> (place + 1)) & 1) === 1))
      else {
        const tokens = readTokens(text, codes, { from, to }, model.vocabulary)
        hintTokens(tokens, beside, names)
        const sure = own.map((match) => isWeighed[match.rank] !== true || isLikely(model, text, tokens, match, keepMin))
        const likely = own.filter(
          (match, place) =>
            sure[place] || (sure[place - 1] && touch(own[place - 1], match)) || (sure[place + 1] && touch(match, own[place + 1])),
        )
        if (own.length <= rememberedMax) remember(weighedLines, key, nothingBefore, bitsOf(own, likely))
        kept.push(...likely)
      }
    } else kept.push(...own)
    number = next
  }
  return kept
}

/** Whether one rule found both with one sign between: a login and its machine are both there or none is. */
function touch(one: RankedMatch | undefined, other: RankedMatch | undefined): boolean {
  return one !== undefined && one.rank === other?.rank && one.end + 1 === other.start
}

function bitsOf(own: readonly RankedMatch[], kept: readonly RankedMatch[]): number {
  return own.reduce((bits, match, place) => (kept.includes(match) ? bits | (1 << (place + 1)) : bits), 1)
}

/** The names that are likely to be something, in their order. Takes linear time. */
export function likelyNames<Name extends Place>(text: string, names: readonly Name[]): readonly Name[] {
  if (names.length === 0) return names
  const model = loadModel()
  const tokens = readTokens(text, codesOf(text), { from: 0, to: text.length }, model.vocabulary)
  return names.filter((name) => isLikely(model, text, tokens, name, keepNameMin))
}

/** Whether one of the tokens of a match may be something; what has no token is left to its rule. */
function isLikely(model: Model, text: string, tokens: Tokens, { start, end }: Place, min: number): boolean {
  let isToken = false
  for (let number = firstBehind(tokens, start); number < tokens.count && (tokens.start[number] ?? 0) < end; number += 1) {
    isToken = true
    const shares = classify(model, features, readFeatures(text, tokens, number, features))
    if (1 - (shares[0] ?? 0) >= min) return true
  }
  return !isToken
}

/** The first token that ends behind a place. */
function firstBehind({ count, end }: Tokens, place: number): number {
  return countLeading(count, (number) => (end[number] ?? 0) <= place)
}
