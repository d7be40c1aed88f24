import { openLexicon } from './lexicon.ts'
import { isCapitalized, type Token } from './token.ts'
import { rememberWords } from './word-memory.ts'
import { wordSet } from './word-set.ts'

/** Say that a place follows behind a preposition, also one that is a word or a surname: `lives in Deal`, `die Filiale in Hof`. */
const heads = wordSet(
  `office offices house home flat apartment cottage branch plant depot warehouse store shop clinic hospital school factory site studio pub hotel church farm garage dentist surgery restaurant base
  live lives lived living born moved move moving based located grew raised resident residing reside resides place stay stays stayed staying settled buried station train bus
  buro haus wohnung ferienwohnung filiale zentrale niederlassung werk lager praxis kanzlei schule klinik hotel bahnhof zug werkstatt kita wohnhaft wohnt wohne wohnen wohnte lebt lebe lebte leben geboren ansassig
  umgezogen umzug gezogen zieht ziehen grundstuck betrieb standort treffen tagung seminar messe lehrgang`,
)
/** Most tokens between the word and the preposition. */
const headTokensMax = 3

/** Whether a word before the preposition at `preposition` says that a place follows. */
export function isHeaded(tokens: readonly Token[], preposition: number): boolean {
  for (let at = preposition - 1; at >= Math.max(0, preposition - headTokensMax); at -= 1) {
    if (tokens[at]?.kind === 'sign') return false
    if (heads.has(tokens[at]?.folded ?? '')) return true
  }
  return false
}

/** `an der Drau`, `am Bodensee`, `on Sea`: which of the places with one name it is. */
const waters = wordSet(
  `main rhein drau donau neckar oder saale elbe weser inn isar lech ems mosel ruhr spree leine lahn harz allgau breisgau taunus odenwald schwarzwald tauber hohe weinstrasse ilm aller havel warthe mur enns traun aisch
  altmuhl bodensee chiemsee ammersee starnberger see see meer wald steigerwald fichtelgebirge erzgebirge vogtland emsland sauerland westerwald eifel hunsruck luhe wurm brenz fils murr jagst kocher werra fulda eder mulde elster
  thames trent avon tyne tees wye sea wold water seine loire marne rhone saone meuse oise moselle`,
)

/** Where the name of a place ends whose first part ends at `to`. */
export function placeTail(tokens: readonly Token[], to: number): number {
  const first = tokens[to]?.folded ?? ''
  if (!/^(?:an|am|im|ob|in|vor|on|upon|sur|bei)$/.test(first)) return to
  const at = /^(?:der|dem|the)$/.test(tokens[to + 1]?.folded ?? '') ? to + 2 : to + 1
  return isCapitalized(tokens[at]) && waters.has(tokens[at]?.folded ?? '') ? at + 1 : to
}

const germanSides =
  /^(?:nord|sud|ost|west|nordost|nordwest|sudost|sudwest|mittel|zentral|inner|vorder|hinter|ober|nieder|gross|klein|alt|neu)/
const englishSides = wordSet('north south east west northern southern eastern western central greater upper lower inner outer mid')
const partCharactersMin = 5

/** Where a place with a side before its name ends, or `at`: `Ostbrandenburg`, `East Midlands`. */
export function sideEnd(tokens: readonly Token[], at: number): number {
  const token = tokens[at]
  if (!token || !isCapitalized(token)) return at
  if (englishSides.has(token.folded)) {
    const next = tokens[at + 1]
    return next?.isApart && isCapitalized(next) && isCity(next.folded) && !openLexicon().isOrdinaryWord(next.folded) ? at + 2 : at
  }
  return isSidePlace(token.folded) ? at + 1 : at
}

const wordsMax = 5_000
const isSidePlace = rememberWords((folded) => {
  const own = folded.replace(germanSides, '')
  return own.length >= partCharactersMin && own !== folded && isCity(own) && openLexicon().surname(folded) === 0
}, wordsMax)

function isCity(folded: string): boolean {
  return (
    openLexicon()
      .places.get(folded)
      ?.some((rest) => rest.length === 0) === true
  )
}

/** `Stow-on-the-Wold`, `Châlons-sur-Saône`. */
export function isJoinedPlace({ text }: Token): boolean {
  return text.includes('-') && /^\p{Lu}\p{L}+-(?:on|upon|under|by|le|les|sur|sous|en|am|an)-(?:\p{L}+-)?\p{Lu}\p{L}+$/u.test(text)
}
