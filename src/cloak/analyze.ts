import { type AnchorIndex, buildAnchorIndex } from './anchor-index.ts'
import { bareText, codesInText, placeInText } from './bare-text.ts'
import { contextBefore } from './context.ts'
import { type EntityType, usualTypes } from './entity-type.ts'
import { compareHits, type Hit } from './hit.ts'
import { trimNames } from './name-edge.ts'
import type { Place } from './place.ts'
import { profiles } from './profile.ts'
import { findApart, findInBare, findWhole } from './reading.ts'
import { apiRecognizers } from './recognizer/api.ts'
import { allLabels } from './recognizer/index.ts'
import { type Recognizer, usualScore } from './recognizer.ts'
import { withRepeats } from './repeat.ts'
import { placeBefore, replace, unite } from './replace.ts'
import { type TaggedName, tagNames } from './tagger/tag-names.ts'
import { tagMatches } from './tagger/tagger.ts'
import { likelyNames, withoutUnlikely } from './tagger/weigh.ts'
import { type Found, findInText, type RankedMatch, veiled } from './walk.ts'
import { wholeValues } from './whole-value.ts'

/** What is looked for, and how sure it must be at least, from 0 to 1. Without `types` all but the optional ones. */
export type Question = {
  readonly types?: ReadonlySet<EntityType>
  readonly threshold: number
  /** `ingest` looks only for what installers must not send; `api`, the usual one, for everything. */
  readonly profile?: 'api' | 'ingest'
}

/** Finds names in a text; the model behind it is loaded by who hands it in. */
export type NameFinder = (text: string) => readonly Hit[]

const usual: ReadonlySet<EntityType> = new Set(usualTypes)
const apiIndex: AnchorIndex = buildAnchorIndex(apiRecognizers, allLabels)

/** What the tagger is sure of counts less than what a rule for names has found. */
const surestName = 0.7

/** How much a word before a match adds to its score, and what it has at least then. */
const contextGain = 0.35
const contextScoreMin = 0.4

/**
 * Everything of the wanted types in a text: the surest first, then as they stand, then the longer. Hits may overlap; within one type none lies in another that is as sure.
 * What terminal codes and signs of no width hide is found as well, with those within it, and so is what stands in the title that a code sets. Never throws, takes linear time.
 */
export function analyze(text: string, question: Question, findNames?: NameFinder): readonly Hit[] {
  const index = question.profile === 'ingest' ? profiles.full : apiIndex // The recognizers of ingest are the first of those of the API.
  const found = findInText(text, index)
  const hits =
    found === veiled
      ? findVeiled(text, index, question, findNames)
      : hitsOf(text, findApart(text, index, found), index, question, findNames)
  return withoutContained(hits).toSorted(
    (one, other) => other.score - one.score || one.start - other.start || other.end - one.end || (one.type < other.type ? -1 : 1),
  )
}

/** What is found in the bare text and in the words of its codes, where it stands in the text itself. */
function findVeiled(text: string, index: AnchorIndex, question: Question, findNames: NameFinder | undefined): readonly Hit[] {
  const bare = bareText(text)
  const hits = hitsOf(bare.text, findInBare(bare, index), index, question, findNames).map((hit) => ({ ...hit, ...placeInText(bare, hit) }))
  const titled = codesInText(bare).flatMap(({ start, end }) => {
    const title = titleOf(text.slice(start, end))
    if (title === undefined) return []
    const inTitle = hitsOf(title, findWhole(title, index), index, question, findNames)
    return inTitle.map((hit) => ({ ...hit, start: start + hit.start, end: start + hit.end }))
  })
  return [...hits, ...titled]
}

/** A code that holds words, a title or a link, with blanks in place of all that is none; each word stays in its place. */
function titleOf(code: string): string | undefined {
  if (!/\x1b[\]PX^_]/.test(code)) return undefined
  return code.replace(/\x1b[\]PX^_][\d;]*|\x1b\[[0-?]*[ -/]*[@-~]|\x1b.?|\x07/g, ({ length }) => ' '.repeat(length))
}

function hitsOf(
  text: string,
  found: Found | undefined,
  index: AnchorIndex,
  { types = usual, threshold }: Question,
  findNames: NameFinder | undefined,
): readonly Hit[] {
  const ruled = withRepeats(text, wholeValues(text, withoutUnlikely(text, found?.matches ?? [], index)))
  const isSure = ({ score, start, end }: Hit): boolean => end > start && score >= threshold
  const byRules = ruled.map((match) => hitOf(text, match)).filter(isSure)
  const named = likelyNames(text, findNames?.(text) ?? [])
  const tagged = tagBeside(text, ruled, index, {
    asksForNames: findNames !== undefined,
    holdsMore: named.length > 0 || byRules.some(({ type }) => type !== 'DATE_TIME'),
  })
  const byTagger = withRepeats(text, wholeValues(text, tagged.matches))
    .map((match) => hitOf(text, match))
    .filter(isSure)
  const formed = [...byRules, ...beyond(byTagger, byRules)]
  const names = [...named, ...tagged.names].filter(({ type, score }) => types.has(type) && score >= threshold)
  return [...formed.filter(({ type }) => types.has(type)), ...trimNames(text, names, formed)]
}

/** The hits that do not lie within one of the others. */
function beyond(hits: readonly Hit[], others: readonly Hit[]): readonly Hit[] {
  const ordered = others.toSorted((one, other) => one.start - other.start)
  let next = 0
  let reach = 0 // Where the last of those ends that have begun.
  return hits
    .toSorted((one, other) => one.start - other.start)
    .filter(({ start, end }) => {
      while ((ordered[next]?.start ?? end) <= start) {
        reach = Math.max(reach, ordered[next]?.end ?? 0)
        next += 1
      }
      return reach < end
    })
}

/** How often the tagger reads a text: what it finds says something of what stands beside it. */
const tagWalks = 2

/** What the tagger finds once all that ingest hides is hidden, where it stands in the text; names only where they are asked for. */
function tagBeside(
  text: string,
  matches: readonly RankedMatch[],
  index: AnchorIndex,
  { asksForNames, holdsMore }: { readonly asksForNames: boolean; readonly holdsMore: boolean },
): { readonly matches: readonly RankedMatch[]; readonly names: readonly Hit[] } {
  const isOfIngest = ({ rank }: RankedMatch): boolean => rank < profiles.full.names.length
  const found: RankedMatch[] = []
  let beside = hide(text, matches.filter(isOfIngest), index)
  for (let walk = 1; walk <= tagWalks; walk += 1) {
    const more = tagMatches(beside.text, index, holdsMore).map((match) => ({ ...match, ...beside.placed(match) }))
    found.push(...more)
    const isReadAgain = asksForNames || walk < tagWalks
    if (!isReadAgain || !more.some(isOfIngest)) break
    beside = hide(text, [...matches, ...found].filter(isOfIngest), index)
  }
  const names = asksForNames ? tagNames(beside.text, holdsMore || found.length > 0) : []
  return { matches: found, names: names.map((name) => nameOf(name, beside.placed(name))) }
}

/** A text with labels, and where its places stood before. */
function hide(
  text: string,
  matches: readonly RankedMatch[],
  index: AnchorIndex,
): { readonly text: string; readonly placed: (place: Place) => Place } {
  const hidden = unite(text, matches, index)
  const replaced = replace(text, hidden)
  const placed = (place: number): number => placeBefore(hidden, replaced.ends, place)
  return { text: replaced.text, placed: ({ start, end }) => ({ start: placed(start), end: placed(end) }) }
}

function nameOf({ type, share }: TaggedName, place: Place): Hit {
  return { ...place, type, score: share * surestName, rule: `tagged-${type.toLowerCase()}`, why: { base: share, isProven: false } }
}

function hitOf(text: string, { start, end, rank, match }: RankedMatch): Hit {
  const recognizer: Recognizer | undefined = apiRecognizers[rank]
  const base = match.score ?? recognizer?.score ?? usualScore
  const isProven = match.isProven === true
  const word = isProven || recognizer?.context === undefined ? undefined : contextBefore(text, start, recognizer.context)
  const score = isProven ? 1 : word === undefined ? base : Math.min(1, Math.max(contextScoreMin, base + contextGain))
  return {
    type: match.type ?? recognizer?.type ?? 'API_KEY',
    start,
    end,
    score,
    rule: recognizer?.name ?? '',
    why: { base, isProven, ...(word !== undefined && { context: word }) },
  }
}

/** Of one type only what does not lie within another hit that counts more. */
function withoutContained(hits: readonly Hit[]): readonly Hit[] {
  const byType = Map.groupBy(hits, ({ type }) => type)
  return [...byType.values()].flatMap(keepOuter)
}

/** Walks along the text: a hit can only lie within one that begins no later and has not ended. Those are few, and as many as overlap at a place. */
function keepOuter(hits: readonly Hit[]): readonly Hit[] {
  const kept: Hit[] = []
  let open: Hit[] = []
  for (const hit of hits.toSorted((one, other) => one.start - other.start || other.end - one.end || compareHits(one, other))) {
    open = open.filter(({ end }) => end > hit.start)
    if (open.some((outer) => outer.end >= hit.end && outer.score >= hit.score)) continue
    open.push(hit)
    kept.push(hit)
  }
  return kept
}
