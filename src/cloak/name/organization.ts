import { dottedTitles, noName, roles, titles } from './cue.ts'
import { foldName } from './fold.ts'
import { formEnd } from './legal-form.ts'
import { openLexicon } from './lexicon.ts'
import { hitOf, type NameHit, type NameRun } from './name-hit.ts'
import type { NameLine } from './name-line.ts'
import { beginsSentence, isGlued, isHuman } from './name-run.ts'
import { byCue } from './organization-cue.ts'
import { byList } from './organization-list.ts'
import { isNamePart, joiners, nameStart, wordsMax } from './organization-start.ts'
import { byGermanBody, byGermanPair, byPair, byShape, byStaff, byStranger, byTrade, listEnd } from './organization-stranger.ts'
import {
  isGermanBody,
  isOrganizationWord,
  legalForms,
  needsOf,
  organizationEnds,
  organizationStarts,
  sureEnds,
  weakOrganizationEnds,
} from './organization-word.ts'
import { isRole } from './person-role.ts'
import { isPlaceName } from './phrase.ts'
import { isCapitalized, isUpperCase, type Token } from './token.ts'
import { isCommon, isStrange } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/** Companies and other bodies: by their legal form, by a word that tells one, by the list, and behind a label. */
export function findOrganizations(line: NameLine): readonly NameHit[] {
  const { tokens } = line
  const hits: NameHit[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    if (!canBelong(tokens[at])) continue
    const guess =
      byForm(tokens, at) ??
      byPair(line, at) ??
      byEnd(line, at) ??
      byStart(line, at) ??
      withTask(tokens, byList(line, at)) ??
      byHyphen(line, at) ??
      byGermanBody(line, at) ??
      byLabel(line, at) ??
      byStranger(line, at) ??
      byGermanPair(line, at) ??
      byTrade(line, at) ??
      byStaff(line, at) ??
      byShape(line, at) ??
      byEmployment(line, at) ??
      byCue(line, at) ??
      byPreposition(line, at)
    const found = guess && (withForm(tokens, guess) ?? guess)
    const hit = found && hitOf('ORGANIZATION', tokens, found)
    if (!found || !hit) continue
    const before = hits.at(-1)
    if (before && before.end > hit.start) hits[hits.length - 1] = { ...hit, start: Math.min(hit.start, before.start) }
    else hits.push(hit)
    at = Math.max(at, found.to - 1)
  }
  return hits
}

/** Words written small belong to no body but as a legal form: `gGmbH`, `e.V.`, `hf.`. */
function canBelong(token: Token | undefined): boolean {
  return token?.kind === 'word' && (token.shape !== 'other' || token.text.length === 1 || token.text === 'hf' || legalForms.has(token.text))
}

/** The same body by its legal form, where one stands in it or behind it: that leaves less doubt than what is around them. */
function withForm(tokens: readonly Token[], { from, to, score }: NameRun): NameRun | undefined {
  for (let at = from + 1; score < formScore && at <= to; at += 1) {
    const run = byForm(tokens, at)
    if (run !== undefined && run.from <= from) return run
  }
  return undefined
}

const formScore = 0.9

/** `Acme Widgets, Inc.`, `Müller & Söhne GmbH & Co. KG`, `Turnverein Au e.V.` */
function byForm(tokens: readonly Token[], at: number): NameRun | undefined {
  const end = formEnd(tokens, at)
  if (end === at) return undefined
  const from = nameStart(tokens, at, true)
  if (from === at || tokens[at - 1]?.folded === 'not') return undefined
  return { from, to: end, score: formScore, why: 'a legal form' }
}

/** `Mercy General Hospital`, `Nordwind Logistik`. */
function byEnd(line: NameLine, at: number): NameRun | undefined {
  const { tokens, isProse } = line
  const token = tokens[at]
  if (!token || !isCapitalized(token) || !(organizationEnds.has(token.folded) || weakOrganizationEnds.has(token.folded)) || !token.isApart)
    return undefined
  const from = nameStart(tokens, at)
  if (from === at) return undefined
  if (!isProse && isCapitalized(tokens[at + 1]) && formEnd(tokens, at + 1) === at + 1) return undefined // `Source Network Address`
  if (technical.has(tokens[at + 1]?.folded ?? '') && tokens[at + 2]?.text === ':') return undefined // `Source Network Address: -`
  const last = formEnd(tokens, at + 1)
  const to = taskEnd(tokens, organizationStarts.has(token.folded) ? placeBehind(tokens, last) : last)
  const own = tokens.slice(from, at).filter((part) => part.kind === 'word' && !joiners.has(part.folded))
  const article = /^(?:the|our)$/.test(tokens[from - 1]?.folded ?? '') ? 2 : 1
  const isBehind = isProse && beforeBodies.has(tokens[from - article]?.folded ?? '') && (article === 1 || bodyHouses.has(token.folded))
  const isSure = isProse && sureEnds.has(token.folded) && !beginsSentence(tokens, from) && tokens[from]?.isApart === true
  if (!isBehind && !isSure && own.every(({ folded }) => openLexicon().isOrdinaryWord(folded) || organizationEnds.has(folded)))
    return undefined
  if (
    innerBodies.has(token.folded) &&
    own.every(({ folded }) => isCommon(folded) && openLexicon().surname(folded) < 2 && openLexicon().givenName(folded) === 0)
  )
    return undefined
  if (!organizationEnds.has(token.folded) && !isBehind && !isSure && !own.some((part) => isStrange(part) || isVouchedFor(part)))
    return undefined
  return isProse ? { from, to, score: 0.75, why: 'a word that tells a body' } : { from, to, score: 0.5, why: 'a word that tells a body' }
}

/** End the labels of settings and messages, not of bodies. */
const technical = wordSet(
  'address addresses port mask id type mode status state interface adapter device path key version level policy protocol',
)

/** Parts of a body that are called by their task: `the Selection Committee`. */
const innerBodies = wordSet('committee department team group office practice service services')

/** Where `at the` says enough: `at the Heath Hospital`. */
const bodyHouses = wordSet(
  'hospital school clinic hotel inn arms pub theatre museum college infirmary hospice surgery bakery restaurant cafe',
)

/** Words before the name of a body whose end says little. */
const beforeBodies = wordSet('at from by with joined via bei von')

/** A place or a surname of the lists. */
function isVouchedFor({ folded }: Token): boolean {
  const { places, surname, isOrdinaryWord } = openLexicon()
  return (places.has(folded) && !isOrdinaryWord(folded)) || surname(folded) === 2
}

/** Behind a body what it is for: `Institute for Evolutionary Anthropology`, `Institut für Geophysik der Universität Kiel`. */
function taskEnd(tokens: readonly Token[], at: number): number {
  let to = at
  for (let parts = 0; parts < 3; parts += 1) {
    const joiner = tokens[to]?.folded ?? ''
    const next = tokens[to + 1]?.folded === 'the' ? to + 2 : to + 1
    const isBody = /^(?:der|des|at)$/.test(joiner) && organizationStarts.has(tokens[next]?.folded ?? '')
    const isTask =
      joiner === 'of' ||
      (/^(?:for|fur)$/.test(joiner) &&
        (next === to + 2 || isCapitalized(tokens[next + 1]) || !isHuman(tokens[next])) &&
        openLexicon().givenName(tokens[next]?.folded ?? '') === 0)
    if (!(isTask || isBody) || !isCapitalized(tokens[next]) || noName.has(tokens[next]?.folded ?? '')) break
    to = listEnd(tokens, runOf(tokens, next))
  }
  return to
}

/** Of a known body by its last word, what it is for as well: `Royal Society for the Protection of Birds`. */
function withTask(tokens: readonly Token[], run: NameRun | undefined): NameRun | undefined {
  return run && organizationEnds.has(tokens[run.to - 1]?.folded ?? '') ? { ...run, to: taskEnd(tokens, run.to) } : run
}

function runOf(tokens: readonly Token[], from: number): number {
  let to = from
  while (to < from + 3 && isCapitalized(tokens[to]) && tokens[to]?.isApart && !noName.has(tokens[to]?.folded ?? '')) to += 1
  return to
}

/** `University of Leeds`, `Amtsgericht Köln`, `Sparkasse Musterstadt`. */
function byStart(line: NameLine, at: number): NameRun | undefined {
  const { tokens, isProse } = line
  const token = tokens[at]
  if (!token || !organizationStarts.has(token.folded) || !(isCapitalized(token) || isUpperCase(token))) return undefined
  let to = at + 1
  const hasJoiner =
    tokens[to] !== undefined &&
    /^(?:of|for|fur|des|der|am|im|zum|zur|st|sankt|dr|du|de|del|della|di|da|nan)$/.test(tokens[to]?.folded ?? '')
  if (needsOf.has(token.folded) && !hasJoiner) return undefined
  if (hasJoiner) to += tokens[to + 1]?.text === '.' ? 2 : 1
  if (tokens[to]?.folded === 'the') to += 1
  const nameFrom = to
  if (houses.has(token.folded) && isCapitalized(tokens[to]) && isCapitalized(tokens[to + 1])) to += 1 // `Hotel Three Herons`
  while (to < at + wordsMax && isCapitalized(tokens[to]) && tokens[to]?.isApart && !noName.has(tokens[to]?.folded ?? '')) to += 1
  if (to === nameFrom || titles.has(tokens[nameFrom]?.folded ?? '') || dottedTitles.has(tokens[nameFrom]?.folded ?? '')) return undefined
  const from = isProse ? nameStart(tokens, at) : at
  return {
    from,
    to: taskEnd(tokens, listEndOf(tokens, at, formEnd(tokens, to))),
    score: isProse ? 0.75 : 0.5,
    why: 'a word that tells a body',
  }
}

/** Of `Ministry for …` and `Amt für …` the words may be many. */
function listEndOf(tokens: readonly Token[], at: number, to: number): number {
  return /^(?:for|fur)$/.test(tokens[at + 1]?.folded ?? '') ? listEnd(tokens, to) : to
}

const houses = wordSet('hotel restaurant gasthof gasthaus pension cafe hostel wirtshaus')

const employment = wordSet(
  'employer employed work works worked working freelance freelancing arbeiten gearbeitet joined arbeite arbeitet arbeitete arbeitgeber firma company firm',
)

/** `Heinrich-Böll-Gesamtschule`, `Allianz Versicherungs-AG`; of `DHL-Team` the first part. */
function byHyphen({ tokens, isProse }: NameLine, at: number): NameRun | undefined {
  const token = tokens[at]
  if (!token?.text.includes('-') || !isCapitalized(token)) return undefined
  const parts = token.text.split('-')
  const last = parts.at(-1) ?? ''
  const { surname, givenName } = openLexicon()
  const first = foldName(parts[0] ?? '')
  const isCalled = /^\p{Lu}/u.test(last) && (isOrganizationWord(foldName(last)) || isGermanBody(foldName(last)))
  const isSaint = tokens[at - 1]?.text === '-' && tokens[at - 3]?.folded === 'st'
  if (isCalled && (isSaint || surname(first) + givenName(first) > 1 || (isProse && !isCommon(first) && first.length > 3)))
    return { from: isSaint ? at - 3 : at, to: placeBehind(tokens, at + 1), score: 0.6, why: 'a word that tells a body' }
  if (!isProse) return undefined
  const isWhole = (legalForms.has(last) || (parts.length > 2 && isOrganizationWord(foldName(last)))) && token.isApart
  return isWhole ? { from: nameStart(tokens, at + 1), to: formEnd(tokens, at + 1), score: 0.7, why: 'a word that tells a body' } : undefined
}

/** `Weimar` behind `Bauhaus-Universität`. */
function placeBehind(tokens: readonly Token[], at: number): number {
  return tokens[at]?.isApart && isCapitalized(tokens[at]) && isPlaceName(tokens, at) ? at + 1 : at
}

/** `works at Anadolu Tekstil`, `Firma Holzmann`. */
function byEmployment({ tokens, isProse }: NameLine, at: number): NameRun | undefined {
  const before = tokens[at - 1]
  if (!isProse || !before || !isCapitalized(tokens[at]) || noName.has(tokens[at]?.folded ?? '')) return undefined
  const verb = /^(?:at|for|by|bei|with)$/.test(before.folded) ? tokens[at - 2] : before
  if (!employment.has(verb?.folded ?? '')) return undefined
  let to = at
  while (to < at + wordsMax && isNamePart(tokens[to])) to += 1
  if (to === at + 1 && openLexicon().isEnglish(tokens[at]?.folded ?? '')) return undefined
  return { from: at, to: formEnd(tokens, to), score: 0.6, why: 'where somebody works' }
}

/** `at Elsevier`, `founder of KudaLight`: an unknown name where English has a body more often than a place. */
function byPreposition({ tokens, isProse, language }: NameLine, at: number): NameRun | undefined {
  const before = tokens[at - 1]
  const token = tokens[at]
  if (!isProse || language !== 'en' || !before || !token || !isUnknownName(tokens, at)) return undefined
  const isFounder =
    before.text === 'of' &&
    /^(?:founder|cofounder|co-founder|ceo|cto|cfo|director|head|owner|customer|employee|chairman|partner|shares|president)$/.test(
      tokens[at - 2]?.folded ?? '',
    )
  const isOfSomebody =
    /^(?:from|with)$/.test(before.text) && isCapitalized(tokens[at - 2]) && isStrange(token) && tokens[at - 2]?.isApart === true
  if (((before.text !== 'at' && !isOfSomebody) || isPlaceName(tokens, at)) && !isFounder) return undefined
  let to = at
  while (to < at + wordsMax && (isUnknownName(tokens, to) || (to > at && isNamePart(tokens[to]) && tokens[to]?.isApart))) to += 1
  if (tokens.slice(at, to).every(({ folded }) => openLexicon().isEnglish(folded))) return undefined
  return { from: at, to, score: 0.5, why: 'an unknown name behind a preposition' }
}

function isUnknownName(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  const { isOrdinaryWord, givenName, places } = openLexicon()
  if (!token || isRole(token) || roles.has(token.folded)) return false
  if (!(isCapitalized(token) || (isUpperCase(token) && token.text.length > 3)) || !token.isApart || isGlued(tokens, at)) return false
  return !isOrdinaryWord(token.folded) && givenName(token.folded) < 2 && !places.has(token.folded) && !noName.has(token.folded)
}

function byLabel({ tokens, labels }: NameLine, at: number): NameRun | undefined {
  const token = tokens[at]
  const label = labels.get(at)
  if (!token || !label) return undefined
  if (!label.isOrganization) return label.isOpen || label.isPerson ? byValue(tokens, at) : undefined
  let to = at
  while (to < at + wordsMax && (isNamePart(tokens[to]) || (to > at && joiners.has(tokens[to]?.folded ?? '') && isNamePart(tokens[to + 1]))))
    to += 1
  if (to === at || !(isCapitalized(token) || isUpperCase(token))) return undefined
  return { from: at, to: formEnd(tokens, to), score: 0.7, why: 'behind a label' }
}

/** A body behind a label of people or of anything: `Vermieter: Rolling Rabbit Autovermietung`. */
function byValue(tokens: readonly Token[], at: number): NameRun | undefined {
  let to = at
  while (to < at + wordsMax && (isNamePart(tokens[to]) || (to > at && tokens[to]?.text === '&' && isNamePart(tokens[to + 1])))) to += 1
  const last = tokens[to - 1]
  if (to < at + 2 || !last || last.kind !== 'word' || openLexicon().surname(last.folded) === 2) return undefined
  const isBody =
    organizationEnds.has(last.folded) || weakOrganizationEnds.has(last.folded) || (isGermanBody(last.folded) && isCommon(last.folded))
  return isBody && !tokens[at]?.text.endsWith('-')
    ? { from: at, to: formEnd(tokens, to), score: 0.86, why: 'a word that tells a body, behind a label' }
    : undefined
}
