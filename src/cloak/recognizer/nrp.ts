import { anything, isIn, letter } from '../character.ts'
import { beginsAlone, endsAlone, letterSigns } from '../formed.ts'
import { matchesAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import creedText from './list/creed.txt' with { type: 'text' }
import nationText from './list/nation.txt' with { type: 'text' }
import peopleText from './list/people.txt' with { type: 'text' }

const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/)
/** Said of languages, food and firms as well, so that a word beside them has to speak of a person; creeds are said of people alone. */
const kindOf = new Map([
  ...[...wordsOf(nationText), ...wordsOf(peopleText)].map((word) => [word, 'nation'] as const),
  ...wordsOf(creedText).map((word) => [word, 'creed'] as const),
])
/** Before what somebody is: `Nationality: Tongan`, `"religion": "Sikh"`, `Konfession: evangelisch`. */
const labels = [
  'nationality',
  'citizenship',
  'ethnicity',
  'ethnic group',
  'ethnic origin',
  'religion',
  'political affiliation',
  'denomination',
]
const germanLabels = ['staatsangeh', 'staatsb', 'nationalit', 'konfession', 'religionszugeh', 'glaubensrichtung']

/** Nationalities, religions, political and ethnic groups: behind a label, and where they are said of a person. */
export const nrp: Recognizer = {
  name: 'nrp',
  type: 'NRP',
  label: '<NRP>',
  score: 0.6,
  anchors: [...labels, ...germanLabels],
  signs: [
    ...letterSigns([...new Set([...kindOf.keys()].map(asciiStart))].filter((start) => start.length > 1)),
    // German adjectives end so, whatever their nation: `kurdischer`.
    { sign: 'isch', before: letter, after: [anything] },
    ...letterSigns(['deutsche', 'orthodox']),
  ],
  find: findGroup,
  examples: {
    hidden: [
      ['He is a German Catholic and a Democrat.', 'He is a <NRP> <NRP> and a <NRP>.'],
      ['her nationality is Polish', 'her nationality is <NRP>'],
      ['an American citizen', 'an <NRP> citizen'],
      ['Sie ist Muslimin.', 'Sie ist <NRP>.'],
      ['Nationality: Sierra Leonean', 'Nationality: <NRP>'],
      ['Staatsangehörigkeit: vietnamesisch', 'Staatsangehörigkeit: <NRP>'],
      ['ein syrischer Staatsangehöriger', 'ein <NRP> Staatsangehöriger'],
      ['meine türkische Nachbarin', 'meine <NRP> Nachbarin'],
      ['this 34-year-old Welsh gentleman', 'this 34-year-old <NRP> gentleman'],
      ['Ji-ho Lim (Korean) joins', 'Ji-ho Lim (<NRP>) joins'],
    ],
    kept: [
      'German keyboard layout',
      'English (US)',
      'locale de_DE German',
      'french fries',
      'the Swiss knife of networks',
      'democratic vote',
      'LC_ALL=German',
      'Polish the shoes',
      'italienische Küche',
      'die technische Leitung',
      'a British company',
      'Nationality',
      'religion: ""',
      'Languages (German, French)',
    ],
  },
}

/** The letters of a word before the first that is beyond ASCII: anchors are in ASCII. */
function asciiStart(word: string): string {
  return /^[a-z-]*/.exec(word)?.[0] ?? ''
}

const labelled =
  /(?:(?:nationality|citizenship|ethnicity|ethnic (?:group|origin)|religion|political affiliation|denomination|staatsangehörigkeit|staatsbürgerschaft|nationalität|konfession|religionszugehörigkeit|glaubensrichtung)["']?(?: ?[:=] ?| is | ist | )["']?)(?<value>\p{L}[\p{L}-]{1,24}(?:\.-\p{L}{1,24}\.?| \p{Lu}[\p{L}-]{1,24})?)/iuy
const word = /[A-ZÄÖÜ][a-zäöüß-]{2,18}/y

function findGroup(text: string, at: number): readonly Match[] {
  if (text.charCodeAt(at) === 0x69 && isIn(text, at - 1, letter)) return findAdjective(text, at)
  if (!beginsAlone(text, at)) return none
  labelled.lastIndex = at
  const value = labelled.exec(text)?.groups?.value
  if (value !== undefined) return [{ start: labelled.lastIndex - value.length, end: labelled.lastIndex, score: 0.75 }]
  const end = matchesAt(word, text, at) ? word.lastIndex : at
  const kind = kindOf.get(text.slice(at, end).toLowerCase())
  if (kind === undefined || isIn(text, end, letter) || !endsAlone(text, end)) return findAdjective(text, at)
  if (kind === 'creed') return [{ start: at, end, score: 0.7 }]
  return isSaidOfPerson(text, at, end) ? [{ start: at, end }] : none
}

/** Before a nationality: matches `is a `, `as an `, `34-year-old `; must not match `in `, `the `. */
const personBefore =
  /\b(?:(?:s?he|i|who|they|you|we) (?:is|am|are|was|were)|(?:is|am|are|was|were|as) an?|herself as an?|himself as an?|year-old|aged \d+,|(?:ist|bin|sind|war|als)(?: ein| eine| gebürtiger| gebürtige)?) ?$/i
const bracketBefore = /\p{Lu}\p{Ll}+(?:-\p{L}+)? \p{Lu}\p{L}+ \($/u
const noBracketBefore = /language|layout|keyboard|locale|edition|version|sprache|tastatur/i
/** Behind one. */
const personBehind =
  /^[ -](?:(?:old|young|elderly|born) )?(?:citizens?|nationals?|man|woman|men|women|people|person|immigrants?|migrants?|refugees?|expats?|catholics?|muslims?|jews?|jewish|passport(?: holder)?|boy|girl|child|lady|gentleman|guy|guys|couple|family|husband|wife|father|mother|parents|brother|sister|son|daughter|girlfriend|boyfriend|friend|friends|partner|flatmate|roommate|neighbou?rs?|colleagues?|coworkers?|team|teammate|student|students|nurse|doctor|teacher|driver|descent|origin|nationality|born|feminist|staatsbürger(?:in)?)\b/i
const beforeReach = 48

function isSaidOfPerson(text: string, at: number, end: number): boolean {
  const before = text.slice(Math.max(0, at - beforeReach), at)
  const behind = text.slice(end, end + beforeReach)
  if (personBehind.test(behind)) return true
  if (/\($/.test(before)) return bracketBefore.test(before) && !noBracketBefore.test(before) && /^[,)]/.test(behind)
  return (
    personBefore.test(before) &&
    !/^ (?:company|firm|bank|language|version|keyboard|layout|locale|food|restaurant|translation|text|brand|law|word)/i.test(behind)
  )
}

/** German ones are written small: matches `türkische Nachbarin`, `polnischer Staatsbürger`; must not match `italienische Küche`. */
const adjective = /(?<![\p{L}\d_-])\p{L}{2,20}isch$|^deutsch$|^orthodox$/iu
const adjectiveEnd = /(?:deutsch|isch|orthodox)(?:e[nrms]?)?(?![\p{L}\d_-])/iuy
const germanPerson =
  /^ (?:Staats(?:an)?gehörig|Staatsbürger|Volkszugehörig|Herkunft|Abstammung|Wurzeln|Muttersprach|Nachbar|Kolleg|Freund|Mitbewohner|Frau|Mann\b|Männer|Familie|Mutter\b|Vater\b|Eltern|Pass\b|Delegation|Kathol|Protestant|Muslim|Christ|Student|Schüler|Patient|Krankenschwester|Arzt|Ärztin|Bürger|Einwander|Flüchtling|Gast\b|Gäste|Ehe|Mädchen|Junge\b)/
/** Endings of adjectives that no nation has: `technische`, `evangelische` is one of a creed. */
const noNation =
  /^(?:techn|elektr|elektron|polit|prakt|kritisch|log|phys|chem|medizin|jurist|automat|systemat|typ|spezif|log|krit|stat|dynam|akust|opt|mechan|klass|histor|öko|psych|herr|himml|kom|tier|prob|ident|malerisch|städt|ländl|heim|künstler|kaufmänn|seel|phil|fantast|bürokrat|sympath|allerg|chron)/i

function findAdjective(text: string, at: number): readonly Match[] {
  const from = Math.max(0, at - adjectiveReach)
  const start = from + (/[\p{L}]*$/u.exec(text.slice(from, at))?.index ?? 0)
  adjectiveEnd.lastIndex = at
  if (!adjectiveEnd.test(text)) return none
  const end = adjectiveEnd.lastIndex
  const said = text.slice(start, end)
  if (!beginsAlone(text, start) || noNation.test(said) || !adjective.test(said.replace(/e[nrms]?$/, ''))) return none
  return germanPerson.test(text.slice(end, end + beforeReach)) ? [{ start, end }] : none
}
const adjectiveReach = 22
