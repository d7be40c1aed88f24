import { noName, roles, titles } from './cue.ts'
import { openLexicon } from './lexicon.ts'
import type { NameRun } from './name-hit.ts'
import type { NameLine } from './name-line.ts'
import { isGlued, isHuman } from './name-run.ts'
import { isGermanBody, tradeStarts } from './organization-word.ts'
import { isGermanRole, isRole } from './person-role.ts'
import { isPlaceName } from './phrase.ts'
import { isStreetWord, placeKinds } from './place-word.ts'
import { isCapitalized, type Token } from './token.ts'
import { isCommon, isGermanNoun, isNameable, isStrange } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/** Most words of a name that nothing but its words tells. */
const wordsMax = 5

/** `Foxtail & Byrne`, `Corvid & Sons`: two capitalised words of which a dictionary lacks one, or which stand where bodies do. */
export function byPair({ tokens, isProse }: NameLine, at: number): NameRun | undefined {
  const first = tokens[at]
  const second = tokens[at + 2]
  const before = tokens[at - 1]
  if (!/^[&+]$/.test(tokens[at + 1]?.text ?? '') || !first || !second || !isPartOfPair(first) || !isPartOfPair(second)) return undefined
  const isFamily = families.has(second.folded)
  const isTrade =
    isFamily &&
    before !== undefined &&
    first.isApart &&
    isCapitalized(before) &&
    (isGermanBody(before.folded) || tradeStarts.has(before.folded))
  if ((isCapitalized(before) && !isTrade) || (isCapitalized(tokens[at + 3]) && !isFamily) || isGlued(tokens, at)) return undefined
  const { givenName } = openLexicon()
  if (givenName(first.folded) === 2 && givenName(second.folded) > 0 && !/^(?:from|at)$/.test(before?.folded ?? '')) return undefined
  const isBehind = bodyPrepositions.has(before?.folded ?? '') || before?.text === ':'
  if (!isFamily && !isStrange(first) && !isStrange(second) && !(isBehind && isProse)) return undefined
  return { from: isTrade ? at - 1 : at, to: capitalEnd(tokens, at + 2), score: isFamily ? 0.7 : 0.55, why: 'two names joined as of a firm' }
}

const families = wordSet('sons daughters son bros brothers sohn sohne soehne partner partners tochter co')

function isPartOfPair(token: Token): boolean {
  return isCapitalized(token) && token.isApart && !noName.has(token.folded) && token.text.length > 1
}

const bodyPrepositions = wordSet('at by from with for to of against versus and joined job via firm company firma bei von account')
const beforeBodies = wordSet(
  `at by from with for against versus about on under like between joined via firm company the of to and call called rang our their into against than than's bei von vom der die beim zur firma through using`,
)

/** `Larkspur Health`, `Plum Systems`: a word that no dictionary has, or a place, before words that one has. */
export function byStranger({ tokens, isProse, language }: NameLine, at: number): NameRun | undefined {
  const first = tokens[at]
  if (!isProse || language === 'de' || !first || !(isStrange(first) || isPlainPlace(first)) || isGlued(tokens, at)) return undefined
  const before = tokens[at - 1]
  if (before === undefined || !(beforeBodies.has(before.folded) || /^[,(:–]$/.test(before.text))) return undefined
  const to = capitalEnd(tokens, at)
  const last = tokens[to - 1]
  if (!last || to - at < 2 || !isThing(last)) return undefined
  return { from: at, to, score: 0.5, why: 'an unknown name before words' }
}

function isThing({ folded }: Token): boolean {
  const { isEnglish, givenName, surname, places, isProduct } = openLexicon()
  if (!isEnglish(folded) || isProduct(folded) || noName.has(folded) || isStreetWord(folded)) return false
  return givenName(folded) < 2 && surname(folded) < 2 && !places.has(folded)
}

function isPlainPlace({ folded }: Token): boolean {
  const { places, isOrdinaryWord } = openLexicon()
  return places.has(folded) && !isOrdinaryWord(folded) && places.get(folded)?.some((rest) => rest.length === 0) === true
}

/** Where the capitalised words end behind the first one of a name, which may be in capitals. */
function capitalEnd(tokens: readonly Token[], at: number): number {
  let to = at + 1
  while (to < at + wordsMax && isCapitalized(tokens[to]) && tokens[to]?.isApart && !noName.has(tokens[to]?.folded ?? '')) to += 1
  return to
}

/** `Rennsteig Bäder`: in German a name that no dictionary has before a noun is no person's. */
export function byGermanPair({ tokens, isProse, language }: NameLine, at: number): NameRun | undefined {
  const first = tokens[at]
  const second = tokens[at + 1]
  if (!isProse || language === 'en' || !first || !second?.isApart || !isCapitalized(second) || isGlued(tokens, at)) return undefined
  const { surname, givenName, isProduct } = openLexicon()
  const isName = isStrange(first) || isPlainPlace(first) || (surname(first.folded) === 2 && !isCommon(first.folded))
  if (
    !isName ||
    roles.has(first.folded) ||
    givenName(first.folded) > 0 ||
    isCapitalized(tokens[at - 1]) ||
    isGermanRole(second) ||
    placeKinds.has(second.folded) ||
    isProduct(second.folded)
  )
    return undefined
  const isNoun = isGermanNoun(second.folded) && surname(second.folded) === 0 && givenName(second.folded) === 0
  const before = tokens[at - 1]
  const isPlaced = /^(?:bei|von|vom|der|die|dem|uber|durch|fur|an|firma|beim|mit|\()$/.test(before?.folded ?? '')
  return isNoun && isPlaced ? { from: at, to: capitalEnd(tokens, at), score: 0.45, why: 'an unknown name before a noun' } : undefined
}

const trades =
  wordSet(`insurer employer supplier vendor merchant contractor carrier airline bank firm company startup start-up agency charity publisher manufacturer retailer brand
  versicherer arbeitgeber lieferant hersteller firma kasse krankenkasse verlag fluglinie dienstleister betreiber anbieter spedition unternehmen`)

/** `The insurer (Fidelidade)`, `our supplier Danfoss`. */
export function byTrade({ tokens, isProse, language }: NameLine, at: number): NameRun | undefined {
  const before = /^[(,]$/.test(tokens[at - 1]?.text ?? '') ? tokens[at - 2] : tokens[at - 1]
  if (!isProse || !before || !trades.has(before.folded)) return undefined
  return isStrange(tokens[at], language) && !isGlued(tokens, at)
    ? { from: at, to: capitalEnd(tokens, at), score: 0.5, why: 'behind a word for bodies' }
    : undefined
}

const staff = wordSet(
  `guys people folks team crew colleagues lot engineers lawyers consultants recruiter recruiters rep reps engineer developer someone somebody anyone consultant contractor technician technicians analyst
  accountant lawyer courier staff student professor researcher salesman saleswoman buyer buyers customer customers supplier quote invoice contract account job internship deal offer
  kollegen leute mitarbeiter techniker vertreter angebot rechnung vertrag praktikum ausbildung stelle kunde kunden berater handwerker monteur fahrer`,
)
const bodyThings = wordSet(
  'account contract rep reps people team guys folks deal project invoice demo staff lawyers engineers meeting pitch tender audit merger shareholders employees customers tariff',
)

/** `the guys from Igalia`, `the Rabobank demo`: an unknown name beside those who work for it, or what is made with it. */
export function byStaff({ tokens, isProse, language }: NameLine, at: number): NameRun | undefined {
  const token = tokens[at]
  const before = tokens[at - 1]
  if (!isProse || !token || !before || !staffBefore.has(before.folded)) return undefined
  if (!isStrange(token, language) || isGlued(tokens, at)) return undefined
  if (
    isPlaceName(tokens, at) ||
    isRole(token) ||
    titles.has(token.folded) ||
    openLexicon().isProduct(token.folded) ||
    openLexicon().givenName(token.folded) > 0
  )
    return undefined
  const to = capitalEnd(tokens, at)
  const found = (why: string): NameRun => ({ from: at, to, score: 0.5, why })
  const worker = /^(?:the|der|dem|den)$/.test(tokens[at - 2]?.folded ?? '') ? tokens[at - 3] : tokens[at - 2]
  if (/^(?:from|at|with|of|von|bei|mit)$/.test(before.folded) && staff.has(worker?.folded ?? ''))
    return found('behind those who work for a body')
  if (/^(?:the|our|their)$/.test(before.folded) && bodyThings.has(tokens[to]?.folded ?? '')) return found('before what is made with a body')
  const { surname } = openLexicon()
  const isPerson = isHuman(token, language) || (to - at > 1 && (isHuman(tokens[to - 1]) || surname(tokens[to - 1]?.folded ?? '') > 0))
  if (language === 'de' && before.folded === 'bei' && !isPerson) return found('where somebody works')
  return undefined
}

const staffBefore = wordSet('from at with of von bei mit the our their')

const bodyVerbs = wordSet('declined announced complained refused offers offered charges charged acquired hired wants lehnt kundigt bietet')

/** `KiwiRail declined`, `at OctoPallet`: a capital inside, where bodies stand. */
export function byShape({ tokens, isProse, language }: NameLine, at: number): NameRun | undefined {
  const token = tokens[at]
  if (!isProse || language === 'unknown' || !token || !/^\p{Lu}\p{Ll}{2,}\p{Lu}\p{Ll}+$/u.test(token.text) || isGlued(tokens, at))
    return undefined
  if (/^(?:Mc|Mac|La|De|Le|Fitz|Van)\p{Lu}/u.test(token.text) || openLexicon().isProduct(token.folded)) return undefined
  // `ConfigDialog` in the notes of a program.
  const isClass = language === 'en' && (token.text.match(/\p{Lu}\p{Ll}+/gu) ?? []).every((part) => isCommon(part.toLowerCase()))
  const isBehind = (
    isClass ? /^(?:at|bei|firma|joined)$/ : /^(?:at|from|by|bei|von|der|die|firma|joined|for|rang|called|asked|with|vom|durch)$/
  ).test(tokens[at - 1]?.folded ?? '')
  if (!isBehind && !bodyVerbs.has(tokens[at + 1]?.folded ?? '')) return undefined
  return { from: at, to: capitalEnd(tokens, at), score: 0.45, why: 'a capital inside' }
}

/** `Kreisklinik Salzachbogen`, `Untere Naturschutzbehörde`. */
export function byGermanBody({ tokens, isProse, labels }: NameLine, at: number): NameRun | undefined {
  const token = tokens[at]
  if (!token || !isCapitalized(token) || (isGlued(tokens, at) && !labels.has(at))) return undefined
  if (tradeStarts.has(token.folded)) return byNamedBody(tokens, at)
  if (!isGermanBody(token.folded) || (placeKinds.has(token.folded) && isPlaceName(tokens, at + 1))) return undefined
  if (!isProse) return byNamedBody(tokens, at)
  const before = tokens[at - 1]
  const isNamedBefore =
    before !== undefined &&
    isCapitalized(before) &&
    token.isApart &&
    !noName.has(before.folded) &&
    (/(?:ische|isches|ischer|sche|ere|er)$/.test(before.folded)
      ? !isArticle(before) && at > 1
      : isStrange(before) || openLexicon().surname(before.folded) === 2)
  const next = tokens[at + 1]
  if (next?.folded === 'fur' && isCapitalized(tokens[at + 2]) && offices.has(token.folded))
    return { from: at, to: listEnd(tokens, capitalEnd(tokens, at + 2)), score: 0.6, why: 'a word that tells a body' }
  const joiner = /^(?:fur|am|im|zum|zur|der|des)$/.test(next?.folded ?? '') && isCapitalized(tokens[at + 2]) ? 1 : 0
  const behind = tokens[at + 1 + joiner]
  const isNamedBehind =
    behind !== undefined &&
    isCapitalized(behind) &&
    behind.isApart &&
    !noName.has(behind.folded) &&
    (joiner === 0 || /^(?:am|im|zum|zur)$/.test(next?.folded ?? ''))
  const isKnownBehind =
    isNamedBehind &&
    behind !== undefined &&
    (joiner > 0 ||
      shops.test(token.folded) ||
      isStrange(behind) ||
      isPlainPlace(behind) ||
      isNameable(behind) ||
      isPlaceName(tokens, at + 1 + joiner) ||
      openLexicon().surname(behind.folded) > 0)
  if (!isNamedBefore && !isKnownBehind) return undefined
  return {
    from: isNamedBefore ? at - 1 : at,
    to: isKnownBehind ? capitalEnd(tokens, at + 1 + joiner) : at + 1,
    score: 0.6,
    why: 'a word that tells a body',
  }
}

/** Called by any word behind them: `Hausarztpraxis Kranz`, `Spedition Blitz`. */
const shops =
  /(?:praxis|kanzlei|backerei|metzgerei|apotheke|gasthof|spedition|autohaus|schreinerei|tischlerei|gartnerei|brauerei|druckerei|hausverwaltung|reederei|buchhandlung|zimmerei)$/

/** Bodies that are called by what they are for. */
const offices = wordSet(
  'amt institut ministerium bundesamt landesamt zentrum verein verband gesellschaft akademie klinik hochschule stiftung fachschule referat dezernat',
)

/** In what machines write: `Zimmerei Ostertag`, with a name that is no word. */
function byNamedBody(tokens: readonly Token[], at: number): NameRun | undefined {
  const from = tokens[at + 1]?.text === '.' && tokens[at]?.folded === 'gebr' ? at + 2 : at + 1
  const next = tokens[from]
  if (!next?.isApart || !isCapitalized(next) || noName.has(next.folded) || isGlued(tokens, from)) return undefined
  const { surname, isProduct } = openLexicon()
  if (isProduct(next.folded) || !(isStrange(next) || isPlainPlace(next) || isPlaceName(tokens, from) || surname(next.folded) === 2))
    return undefined
  return { from: at, to: capitalEnd(tokens, from), score: 0.5, why: 'a word that tells a body' }
}

function isArticle({ folded }: Token): boolean {
  return /^(?:der|einer|meiner|deiner|seiner|ihrer|unserer|dieser|jeder|welcher|aber|oder|unter|uber|hinter)$/.test(folded)
}

/** `Digitalisierung, Breitband und Vermessung`: further words of what a body is for. */
export function listEnd(tokens: readonly Token[], at: number): number {
  let to = at
  while (to < at + wordsMax && tokens[to]?.text === ',' && isCapitalized(tokens[to + 1])) to += 2
  return /^(?:and|und|&)$/.test(tokens[to]?.folded ?? '') && isCapitalized(tokens[to + 1]) && tokens[to + 1]?.isApart ? to + 2 : at
}
