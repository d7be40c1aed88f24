import { dottedTitles, noName, roles, titles } from './cue.ts'
import { foldName } from './fold.ts'
import { formEnd, isLegalForm } from './legal-form.ts'
import { openLexicon } from './lexicon.ts'
import { hitOf, type NameHit, type NameRun } from './name-hit.ts'
import type { NameLine } from './name-line.ts'
import { beginsSentence, isGlued } from './name-run.ts'
import { byGermanBody, byGermanPair, byPair, byShape, byStranger, byTrade } from './organization-stranger.ts'
import { isOrganizationWord, legalForms, needsOf, organizationEnds, organizationStarts, weakOrganizationEnds } from './organization-word.ts'
import { isRole } from './person-role.ts'
import { phraseEnd } from './phrase.ts'
import { isCapitalized, isUpperCase, type Token } from './token.ts'
import { isCommon, isStrange } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/** Most words of one name. */
const wordsMax = 7

/** Between the words of one name: `Smith & Sons Ltd`, `Bank of Ireland`, `Verein für Natur e.V.`. */
const joiners = wordSet('& + - and und of for fur the der die des von am im zu zum zur de la du')

/** Companies and other bodies: by their legal form, by a word that tells one, by the list, and behind a label. */
export function findOrganizations(line: NameLine): readonly NameHit[] {
  const { tokens } = line
  const hits: NameHit[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const found =
      byForm(tokens, at) ??
      byPair(line, at) ??
      byEnd(line, at) ??
      byStart(line, at) ??
      byList(line, at) ??
      byHyphen(line, at) ??
      byGermanBody(line, at) ??
      byLabel(line, at) ??
      byStranger(line, at) ??
      byGermanPair(line, at) ??
      byTrade(line, at) ??
      byShape(line, at) ??
      byEmployment(line, at) ??
      byPreposition(line, at)
    const hit = found && hitOf('ORGANIZATION', tokens, found)
    if (!found || !hit) continue
    const before = hits.at(-1)
    if (before && before.end > hit.start) hits[hits.length - 1] = { ...hit, start: Math.min(hit.start, before.start) }
    else hits.push(hit)
    at = Math.max(at, found.to - 1)
  }
  return hits
}

/** `Acme Widgets, Inc.`, `Müller & Söhne GmbH & Co. KG`, `Turnverein Au e.V.` */
function byForm(tokens: readonly Token[], at: number): NameRun | undefined {
  const end = formEnd(tokens, at)
  if (end === at) return undefined
  const from = nameStart(tokens, at, true)
  if (from === at || tokens[at - 1]?.folded === 'not') return undefined
  return { from, to: end, score: 0.9, why: 'a legal form' }
}

/** Back over the words of the name before `at`. */
function nameStart(tokens: readonly Token[], at: number, isForm = false): number {
  let from = at
  let next = at - 1
  if (tokens[next]?.text === ',' && isForm) next -= 1
  for (let words = 0; words < wordsMax && next >= 0; words += 1, next -= 1) {
    const token = tokens[next]
    if (from < at && isLegalForm(tokens, next)) break
    if (!token || (tokens[next + 1]?.isApart === false && tokens[next + 1]?.kind === 'word' && !isOwnerSign(tokens, next + 1))) break
    if (isNamePart(token)) from = next
    else if (!isJoiner(tokens, next) && !isOwnerSign(tokens, next)) break
  }
  while (from < at && isLeading(tokens[from])) from += 1
  return from
}

/** Articles join only behind a word that tells a body (`Verein für …`), since sentences have them everywhere. */
function isJoiner(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  const before = tokens[at - 1]
  if (!token || !before) return false
  if (token.text === "'" || token.text === '’') return isNamePart(before)
  if (token.text === '.') return before.folded === 'st'
  if (!joiners.has(token.folded) || !isNamePart(before)) return false
  if (token.folded === 'of') return !isStrange(before) && openLexicon().givenName(before.folded) < 2
  if (/^(?:and|und)$/.test(token.folded) && (organizationEnds.has(before.folded) || weakOrganizationEnds.has(before.folded))) return false
  return !articles.has(token.folded) || isOrganizationWord(before.folded)
}

/** The `s` of `Whaler's Bank`. */
function isOwnerSign(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.text === 's' && !tokens[at]?.isApart && /^['’]$/.test(tokens[at - 1]?.text ?? '') && isNamePart(tokens[at - 2])
}

const articles = wordSet('fur the der die des von am im zu zum zur for')

function isNamePart(token: Token | undefined): boolean {
  return (
    isCapitalized(token) ||
    isUpperCase(token) ||
    (token?.kind === 'number' && token.text.length <= 4) ||
    (token?.kind === 'word' && token.text.length === 1 && /\p{Lu}/u.test(token.text))
  )
}

/** Words that stand capitalised before a name because a sentence begins, not because they belong to it. */
function isLeading(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    ((noName.has(token.folded) && !isUpperCase(token)) || joiners.has(token.folded) || token.kind === 'sign' || token.kind === 'number')
  )
}

/** `Mercy General Hospital`, `Nordwind Logistik`. */
function byEnd(line: NameLine, at: number): NameRun | undefined {
  const { tokens, isProse } = line
  const token = tokens[at]
  if (!token || !isCapitalized(token) || !(organizationEnds.has(token.folded) || weakOrganizationEnds.has(token.folded)) || !token.isApart)
    return undefined
  const from = nameStart(tokens, at)
  if (from === at) return undefined
  let to = formEnd(tokens, at + 1)
  if (tokens[to]?.text === 'of' && isCapitalized(tokens[to + 1])) to = runOf(tokens, to + 1)
  const own = tokens.slice(from, at).filter((part) => part.kind === 'word' && !joiners.has(part.folded))
  const isBehind = isProse && beforeBodies.has(tokens[from - 1]?.folded ?? '')
  if (!isBehind && own.every(({ folded }) => openLexicon().isOrdinaryWord(folded) || organizationEnds.has(folded))) return undefined
  if (innerBodies.has(token.folded) && own.every(({ folded }) => isCommon(folded) && openLexicon().surname(folded) < 2)) return undefined
  if (!organizationEnds.has(token.folded) && !isBehind && !own.some((part) => isStrange(part) || isVouchedFor(part))) return undefined
  return isProse ? { from, to, score: 0.75, why: 'a word that tells a body' } : { from, to, score: 0.5, why: 'a word that tells a body' }
}

/** Parts of a body that are called by their task: `the Selection Committee`. */
const innerBodies = wordSet('committee department team group office practice service services')

/** Words before the name of a body whose end says little. */
const beforeBodies = wordSet('at from by with joined via bei von')

/** A place or a surname of the lists. */
function isVouchedFor({ folded }: Token): boolean {
  const { places, surname, isOrdinaryWord } = openLexicon()
  return (places.has(folded) && !isOrdinaryWord(folded)) || surname(folded) === 2
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
  const hasJoiner = tokens[to] !== undefined && /^(?:of|for|fur|des|der|am|im|zum|zur|st|sankt|dr)$/.test(tokens[to]?.folded ?? '')
  if (needsOf.has(token.folded) && !hasJoiner) return undefined
  if (hasJoiner) to += tokens[to + 1]?.text === '.' ? 2 : 1
  if (tokens[to]?.folded === 'the') to += 1
  const nameFrom = to
  while (to < at + wordsMax && isCapitalized(tokens[to]) && tokens[to]?.isApart && !noName.has(tokens[to]?.folded ?? '')) to += 1
  if (to === nameFrom || titles.has(tokens[nameFrom]?.folded ?? '') || dottedTitles.has(tokens[nameFrom]?.folded ?? '')) return undefined
  const from = isProse ? nameStart(tokens, at) : at
  return { from, to: formEnd(tokens, to), score: isProse ? 0.75 : 0.5, why: 'a word that tells a body' }
}

/** `NHS number`, `American Express 3744 …`: the kind of a number, not a body. */
const numberWords = wordSet('number no nr nummer id card karte account konto api key token')

function byList(line: NameLine, at: number): NameRun | undefined {
  const { tokens, isProse } = line
  const token = tokens[at]
  if (!isProse || !token || (at > 0 && !token.isApart && /[/\\@_.\-=:]/.test(tokens[at - 1]?.text ?? ''))) return undefined
  const to = phraseEnd(tokens, at, openLexicon().organizations)
  if (to === at || (to === at + 1 && beginsSentence(tokens, at) && openLexicon().germanWords.has(token.folded))) return undefined
  if (to === at + 1 && ((token.folded.length <= 3 && !/\p{Lu}.*\p{Lu}/u.test(token.text)) || openLexicon().isProduct(token.folded)))
    return undefined
  const after = tokens[to]
  if (after && (after.kind === 'number' || numberWords.has(after.folded))) return undefined
  if (after && !after.isApart && /^[/\\@_.=:(\d-]$/.test(after.text) && tokens[to + 1]?.isApart === false) return undefined
  const last =
    to +
    (branched.has(token.folded) && tokens[to]?.isApart && (isStrange(tokens[to]) || isPlace(tokens[to]) || tokens[to]?.text === 'Plus')
      ? 1
      : 0)
  const end = formEnd(tokens, last)
  return { from: end > last ? nameStart(tokens, at + 1) : at, to: end, score: 0.65, why: 'known by the list' }
}

function isPlace(token: Token | undefined): boolean {
  return token !== undefined && isCapitalized(token) && openLexicon().places.has(token.folded)
}

/** Bodies whose branches are called by their place: `AOK Bayern`. */
const branched = wordSet(
  'aok caritas diakonie malteser johanniter drk awo ihk jobcenter arbeitsagentur handwerkskammer adac tuv volksbank sparkasse ikk barmer',
)

const employment = wordSet('employer employed works worked working joined arbeite arbeitet arbeitete arbeitgeber firma company firm')

/** `Heinrich-Böll-Gesamtschule`, `Allianz Versicherungs-AG`; of `DHL-Team` the first part. */
function byHyphen({ tokens, isProse }: NameLine, at: number): NameRun | undefined {
  const token = tokens[at]
  if (!isProse || !token?.text.includes('-') || !isCapitalized(token)) return undefined
  const parts = token.text.split('-')
  const last = parts.at(-1) ?? ''
  const isWhole = (legalForms.has(last) || (parts.length > 2 && isOrganizationWord(foldName(last)))) && token.isApart
  return isWhole ? { from: nameStart(tokens, at + 1), to: formEnd(tokens, at + 1), score: 0.7, why: 'a word that tells a body' } : undefined
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
  if (((before.text !== 'at' && !isOfSomebody) || openLexicon().isVillage(token.folded)) && !isFounder) return undefined
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
  if (!token || !labels.get(at)?.isOrganization) return undefined
  let to = at
  while (to < at + wordsMax && (isNamePart(tokens[to]) || (to > at && joiners.has(tokens[to]?.folded ?? '') && isNamePart(tokens[to + 1]))))
    to += 1
  if (to === at || !(isCapitalized(token) || isUpperCase(token))) return undefined
  return { from: at, to: formEnd(tokens, to), score: 0.7, why: 'behind a label' }
}
