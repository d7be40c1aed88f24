import { noName, roles, titles } from './cue.ts'
import { formEnd } from './legal-form.ts'
import { openLexicon } from './lexicon.ts'
import type { NameRun } from './name-hit.ts'
import type { NameLine } from './name-line.ts'
import { isGlued, weight } from './name-run.ts'
import { isRole } from './person-role.ts'
import { isPlaceName } from './phrase.ts'
import { isCapitalized, type Token } from './token.ts'
import { isGermanWordAlone } from './word-kind.ts'
import { wordSet } from './word-set.ts'

/** Most words of a name that only the words before it tell. */
const wordsMax = 5

/** What bodies give and get, before `from`, `with`, `by`, `von` and `mit`. */
const deals = wordSet(
  `invoice invoices quote quotes offer order orders contract contracts account deal subscription policy payment refund delivery claim shipment parcel lease loan internship job complaint mail letter call
  rechnung rechnungen angebot angebote vertrag vertrage bestellung lieferung mahnung zahlung police abo anruf schreiben gutschrift praktikum stelle filiale laden monteur techniker vertreter geliefert team leute
  provided supplied delivered serviced installed maintained operated sponsored audited acquired funded hosted owned run managed insured catered purchased bought ordered hired employed represented`,
)
/** Before the name itself, in the middle of a sentence. */
const partners = wordSet(
  `vendor supplier provider insurer employer contractor subcontractor carrier retailer wholesaler reseller distributor installer manufacturer publisher startup start-up agency landlord auditor auditors client competitor host isp
  lieferant lieferanten dienstleister hersteller versicherer anbieter provider arbeitgeber spediteur firma mandantin auftraggeber wettbewerber versorger netzbetreiber`,
)
/** Also before its name in brackets. */
const houses = wordSet(
  'courier hotel bank shop pub restaurant cafe school clinic charity company bakery garage dealer spedition hotel restaurant laden werkstatt',
)
/** Of who leads a body: `CTO of Bright Harbor`. */
const leaders = wordSet(
  'ceo cto cfo coo cio founder cofounder co-founder owner chairman chairwoman chair president inhaber inhaberin grunder grunderin geschaftsfuhrer geschaftsfuhrerin vorstand',
)
/** Say what somebody does in a body, and are none. */
const tasks = wordSet(
  `sales marketing engineering finance operations human resources hr product products design customer success support technology it research development communications legal security data people staff procurement
  purchasing logistics quality nursing education music studies year platform infrastructure services service facilities accounts accounting team department office board north south east west europe emea apac
  vertrieb einkauf buchhaltung personal verwaltung leitung technik entwicklung produktion qualitat logistik kundendienst recht controlling marketing bereich abteilung referat`,
)

/** Bodies called by any words, where only the words before them tell: `our vendor Silver Lining`, `CFO at Lemon Grove`, `Operations Manager, Copper Leaf`. */
export function byCue(line: NameLine, at: number): NameRun | undefined {
  const { tokens, isProse, language } = line
  const token = tokens[at]
  if (!isProse || !token || !isCapitalized(token) || noName.has(token.folded) || isGlued(tokens, at)) return undefined
  const before = tokens[at - 1]
  if (!before || !(prepositions.has(before.folded) || partners.has(before.folded))) return undefined
  const to = nameEnd(tokens, at)
  const own = tokens.slice(at, to)
  if (titles.has(token.folded) || roles.has(token.folded) || isRole(token) || own.some(({ folded }) => tasks.has(folded))) return undefined
  const isLong = to - at > 1
  const found = (score: number, why: string): NameRun => ({ from: at, to: formEnd(tokens, to), score, why })
  if (isSigned(line, at, to)) return found(0.62, 'behind what somebody is, in the end of a letter')
  if (weight(tokens, at, 'givenName') > 1 || isPerson(tokens, at, to)) return undefined
  const verb = tokens[at - 2]
  const isLeader = /^(?:of|at|bei|von|der|@)$/.test(before.folded) && leaders.has(verb?.folded ?? '')
  const isPost = /^(?:at|bei|@)$/.test(before.folded) && (isRole(verb) || leaders.has(verb?.folded ?? ''))
  if (isLeader || isPost) return isLong || !isPlaceName(tokens, at) ? found(0.62, 'where somebody works') : undefined
  const isApposed = (before.text === '(' && tokens[to]?.text === ')') || (before.text === ',' && tokens[to]?.text === ',')
  if (isApposed && isLong && !isPlaceName(tokens, at) && (partners.has(verb?.folded ?? '') || houses.has(verb?.folded ?? '')))
    return found(0.55, 'behind a word for bodies')
  const isSmall = before.text === before.text.toLowerCase() || language === 'de'
  if (partners.has(before.folded) && isSmall && !isTold(tokens, at) && (isLong || language !== 'unknown'))
    return found(0.55, 'behind a word for bodies')
  if (!/^(?:from|with|by|von|mit|bei|durch)$/.test(before.folded) || !deals.has(verb?.folded ?? '')) return undefined
  const isKnown = isPlaceName(tokens, at) || weight(tokens, at, 'surname') > 0 || isGermanWordAlone(token.folded)
  return (isLong && !(language === 'de' && isGermanWordAlone(token.folded))) || !isKnown
    ? found(0.5, 'from whom something comes')
    : undefined
}

/** All that may stand before a name here. */
const prepositions = wordSet('of at bei von der from with by mit durch @ , | (')

/** `supplier Portal` of a program: one English word that is a thing of offices. */
function isTold(tokens: readonly Token[], at: number): boolean {
  return openLexicon().isProduct(tokens[at]?.folded ?? '') || isPlaceName(tokens, at)
}

/** A name and a surname of the lists. */
function isPerson(tokens: readonly Token[], at: number, to: number): boolean {
  return to - at === 2 && weight(tokens, at, 'givenName') > 0 && weight(tokens, to - 1, 'surname') > 0
}

/** `Operations Manager, Copper Leaf`: what somebody is, a comma, and a name to the end of a short line. */
function isSigned({ tokens }: NameLine, at: number, to: number): boolean {
  if (to !== tokens.length || at < 2 || at > 6 || !/^[,|@]$/.test(tokens[at - 1]?.text ?? '')) return false
  const post = tokens[at - 2]
  return (
    (isRole(post) || roles.has(post?.folded ?? '') || leaders.has(post?.folded ?? '')) &&
    isCapitalized(tokens[0]) &&
    !isPlaceName(tokens, at) &&
    tokens.slice(0, at - 1).every(({ kind, shape }) => kind === 'word' && shape !== 'other')
  )
}

/** The capitalised words from a token on, with `&` between them, and `of Henley` behind the last. */
function nameEnd(tokens: readonly Token[], at: number): number {
  let to = at
  while (to < at + wordsMax && isWord(tokens[to]) && (to === at || tokens[to]?.isApart))
    to += tokens[to + 1]?.text === '&' && isWord(tokens[to + 2]) ? 2 : 1
  return tokens[to]?.text === 'of' && isPlaceName(tokens, to + 1) && isCapitalized(tokens[to + 1]) && to === at + 1 ? to + 2 : to
}

function isWord(token: Token | undefined): boolean {
  return token !== undefined && isCapitalized(token) && !noName.has(token.folded)
}
