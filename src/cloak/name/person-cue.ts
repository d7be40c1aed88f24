import { dottedTitles, greetings, namingWords, roles, titles } from './cue.ts'
import { openLexicon } from './lexicon.ts'
import type { NameRun } from './name-hit.ts'
import { chatTime, type NameLine } from './name-line.ts'
import { isHuman, isUnknown, isVouched, runEnd, weight } from './name-run.ts'
import { isGermanBody, isOrganizationWord } from './organization-word.ts'
import { isRole } from './person-role.ts'
import { phraseEnd } from './phrase.ts'
import { isCapitalized, isUpperCase, type Token } from './token.ts'
import { isCommon, isStrange } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/** A run that a cue calls a name: all its parts, unless they are no name for sure. */
export function cued({ tokens }: Pick<NameLine, 'tokens'>, at: number, score: number, why: string): NameRun | undefined {
  const to = runEnd(tokens, at)
  if (to === at) return undefined
  const parts = tokens.slice(at, to)
  if (parts.every((part) => isUpperCase(part) && !isStrange(part)) && !isVouched({ tokens }, at, to)) return undefined
  const lexicon = openLexicon()
  if (parts.length > 1 && isGermanBody(parts[0]?.folded ?? '') && isCommon(parts[0]?.folded ?? '') && !isRole(parts[0])) return undefined // `Bettenhaus Morpheus`
  if (parts.some(({ folded }) => isOrganizationWord(folded)) || phraseEnd(tokens, at, lexicon.organizations) >= to) return undefined
  if (to === at + 1) {
    const { folded } = tokens[at] as Token
    if (lexicon.isOrdinaryWord(folded) && lexicon.givenName(folded) + lexicon.surname(folded) === 0) return undefined
  }
  return { from: at, to, score, why }
}

/** A title is no part of the name behind it. */
export function isTitle(tokens: readonly Token[], at: number): boolean {
  const { folded } = tokens[at] as Token
  if (tokens[at + 1]?.text === '.') return dottedTitles.has(folded)
  return (titles.has(folded) || roles.has(folded) || isRole(tokens[at])) && isCapitalized(tokens[at + 1])
}

/** `Frau Weiß`, `Dr. Weiß`. */
export function isBehindTitle(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  if (!before || !tokens[at]?.isApart) return false
  if (before.text === '.') return dottedTitles.has(tokens[at - 2]?.folded ?? '')
  if (before.kind !== 'word' || !titles.has(before.folded)) return false
  return isCapitalized(before) || before.folded === 'fraulein' || (smallTitles.has(before.folded) && isStrange(tokens[at]))
}

/** Titles of languages that write them small: `pan Dvořák`. */
const smallTitles = wordSet('pan pani don dona senor senora monsieur madame signor signora')

/** `Nachbarin Kaminski`, `the mate, Fróði Gaardlykke`; what somebody is also stands before other words. */
export function isBehindRole(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  if (tokens[at]?.isApart !== true && before?.text !== '"') return false
  if (before?.text === ',' && isOwned(tokens, at - 2)) return isRole(tokens[at - 2])
  const word = before?.text === '"' && tokens[at]?.isApart === false ? tokens[at - 2] : before
  return roles.has(word?.folded ?? '') || isRole(word)
}

/** `Copyright (c) 2019-2024 Jana Novak`. */
export function isCredited(tokens: readonly Token[], at: number): boolean {
  let before = at - 1
  while (before >= 0 && before > at - creditTokensMax && (tokens[before]?.kind !== 'word' || tokens[before]?.text.toLowerCase() === 'c'))
    before -= 1
  return before < at - 1 && /^(?:copyright|copr)$/.test(tokens[before]?.folded ?? '') && tokens[at - 1]?.kind !== 'sign'
}

/** Most tokens from the word to the name. */
const creditTokensMax = 9

/** `approved by Ned`, `asked by H. Oyelaran`, `todo(Femke)`: what machines write of people, too; only what looks like a name. */
export function isDoer({ tokens, language }: NameLine, at: number, end: number): boolean {
  const before = tokens[at - 1]
  const verb = tokens[at - 2]
  if (end === at || end - at > 5 || !before || !verb) return false
  const isMarked = before.text === '(' && /^(?:todo|fixme|hack)$/.test(verb.folded) && tokens[end]?.text === ')'
  const isBy = /^(?:by|von|with|mit)$/.test(before.folded) && deeds.has(verb.folded)
  if (!isMarked && !isBy) return false
  const last = tokens[end - 1]?.text === '.' ? tokens[end - 2] : tokens[end - 1]
  if (weight(tokens, at, 'givenName') === 2 && isCapitalized(tokens[at])) return !openLexicon().isProduct(tokens[at]?.folded ?? '')
  return isHuman(last, language) || (isMarked && isStrange(last))
}

/** What somebody does to a matter. */
const deeds = wordSet(
  `approved asked signed reviewed created reported opened closed requested assigned rejected submitted edited changed written sent added uploaded confirmed
  booked registered escalated resolved answered forwarded cancelled canceled scheduled prepared verified delivered invited introduced referred invoiced authored led
  genehmigt gemeldet erstellt bearbeitet unterschrieben abgelehnt bestatigt angelegt geandert geschickt gesendet beauftragt erfasst angefordert ubernommen ausgegeben freigegeben gepruft gezeichnet`,
)

/** `her niece`, `the mayor`, `unser Fahrer`. */
function isOwned(tokens: readonly Token[], at: number): boolean {
  for (let before = at - 1; before >= Math.max(0, at - 3); before -= 1) if (determiners.has(tokens[before]?.folded ?? '')) return true
  return false
}

const determiners = wordSet(
  'the a an my your his her its our their der die das ein eine einen einer mein meine sein seine ihr ihre unser unsere dein deine s late',
)

/** `Jo Doe <jo@mail.example>`. */
export function isBeforeMail(tokens: readonly Token[], end: number): boolean {
  const next = tokens[end]?.text === '"' ? end + 1 : end
  if (tokens[next]?.text !== '<') return false
  for (let index = next + 1; index < Math.min(tokens.length, next + 12); index += 1) if (tokens[index]?.text === '@') return true
  return false
}

/** `Hi Anna,`; the greeting begins the line, a sentence or what is said in a chat. */
export function isGreeted({ tokens }: NameLine, at: number): boolean {
  let before = at - 1
  const previous = tokens[before]
  if (previous?.text === ',' || previous?.text === '@') before -= 1
  const greeting = tokens[before]
  if (!greeting || !greetings.has(greeting.folded)) return false
  const opener = tokens[before - 1]
  return opener === undefined || opener.kind === 'sign' || greetings.has(opener.folded) || /^(?:good|happy|guten|gute)$/.test(opener.folded)
}

/** `ask Rosalind`, `booked under Virtanen`; in English an unknown word is a name there, elsewhere only one of the lists. */
export function isNamed({ tokens, isProse, language }: NameLine, at: number, end: number): boolean {
  const before = tokens[at - 1]
  if (!isProse || end !== at + 1 || !before || !namingWords.has(before.folded) || !isCapitalized(tokens[at])) return false
  if (weight(tokens, at, 'surname') === 2 || weight(tokens, at, 'givenName') === 2) return true
  return language === 'en' && certainWords.has(before.folded) && isUnknown(tokens, at)
}

const certainWords = wordSet('ask asked tell told says said thank called named')

/** `I am Chip.`, `hier ist Anke`, `it was Kev and`: who it is. */
export function isIntroduced({ tokens, isProse, language }: NameLine, at: number, end: number): boolean {
  const verb = tokens[at - 1]
  const who = tokens[at - 2]
  if (!isProse || !verb || !who || end === at || end - at > 3 || !isCapitalized(tokens[at])) return false
  const isVerb = /^(?:am|is|was|bin|ist|heisse|i'm|it's)$/.test(verb.folded)
  const isSelf = /^i['’]m$/.test(verb.folded) || (/^(?:am|bin|heisse)$/.test(verb.folded) && /^(?:i|ich)$/.test(who.folded))
  const isCall = isVerb && (who.folded === 'hier' || (who.folded === 'name' && verb.folded !== 'was') || /^(?:this|it)$/.test(who.folded))
  const token = tokens[at] as Token
  const next = tokens[end]
  const isFree = next === undefined || next.kind === 'sign' || /^(?:and|from|und|von|vom|aus|here|hier|with|the|your)$/.test(next.folded)
  if (!isFree || !(isSelf || isCall)) return false
  const isKnown = weight(tokens, at, 'givenName') > 0 || weight(tokens, at, 'surname') === 2
  return (
    isKnown ||
    (isSelf && isUnknown(tokens, at) && (isHuman(token, language) || (language === 'en' && openLexicon().isHumanName(token.folded))))
  )
}

/** `[12:03] Tom: …`, `Anna 10:41 AM`. */
export function isSpeaker({ tokens, text }: NameLine, at: number, end: number): boolean {
  if (at !== firstWord(tokens) || end === at || end - at > 3) return false
  const hasTimeBefore = at > 0 && chatTime.test(text)
  const isKnown = weight(tokens, at, 'givenName') === 2
  if (tokens[end]?.text === ':' && !tokens[end]?.isApart) return hasTimeBefore || (isKnown && tokens[end + 1]?.isApart === true)
  return (hasTimeBefore && tokens[end]?.text === '>') || (isKnown && /^\S+(?: \S+)? [([]?\d{1,2}:\d\d/.test(text.trimStart()))
}

/** `gez. Meier`, `LG Jule`, `Ihre Hannelore`, `… sent. - Stu`: the name ends the line. */
export function isBehindClosing({ tokens, isLast }: NameLine, at: number, end: number): boolean {
  if (end === at || end - at > 3) return false
  const isBeforeRole = tokens[end]?.text === ',' && isRole(tokens[end + 1])
  if (!(tokens[end] === undefined || (end === tokens.length - 1 && tokens[end]?.kind === 'sign') || isLast || isBeforeRole)) return false
  const before = /^[,.]$/.test(tokens[at - 1]?.text ?? '') ? at - 2 : at - 1
  const closing = tokens[before]
  if (!closing || (tokens[at - 1]?.text === ',' && before === at - 1)) return false
  if (/^[-–—]$/.test(closing.text)) return closing.isApart && /^[.!?]$/.test(tokens[before - 1]?.text ?? '')
  const isFirst = before === 0 || tokens[before - 1]?.kind === 'sign'
  return (
    isFirst &&
    (lastClosings.has(closing.folded) || ((isLast || (before === 0 && tokens[end] === undefined)) && ownClosings.has(closing.folded)))
  )
}

/** Words of a closing that a name follows on the same line. */
export const lastClosings = wordSet(
  'lg vg mfg bg gez ppa iv ia kuss kusse gruss grusse gruesse cheers regards love best xx xxx bussi herzlich herzlichst liebst',
)
const ownClosings = wordSet('dein deine ihr ihre euer eure your yours')

/** `moin jule,`, `lg momme`, `frau sörensen`: where people write everything in small letters. */
export function isLowerName({ tokens }: NameLine, at: number): boolean {
  const token = tokens[at]
  const before = tokens[at - 1]
  if (!token || !before || (at > 1 && !formsOfAddress.has(before.folded))) return false
  if (!token.isApart || token.text.length < 3 || token.text !== token.text.toLowerCase()) return false
  if (before.text !== before.text.toLowerCase() || isCommon(token.folded) || token.folded.includes('-')) return false
  if (formsOfAddress.has(before.folded)) return true
  const next = tokens[at + 1]
  const isEnd = next === undefined || /^[,!]$/.test(next.text)
  return (
    isEnd &&
    at === 1 &&
    (/^(?:hi|hey|hello|dear|hallo|moin|servus|liebe|lieber)$/.test(before.folded) ||
      (next === undefined && lastClosings.has(before.folded)))
  )
}

const formsOfAddress = wordSet('frau herr herrn mrs mr mister miss auntie tante onkel')

/** Where the first word of a line stands, or -1. */
export function firstWord(tokens: readonly Token[]): number {
  return tokens.findIndex(({ kind }) => kind === 'word')
}
