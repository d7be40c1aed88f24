import { isIn, letter } from '../character.ts'
import { beginsAlone, endsAlone, letterSigns } from '../formed.ts'
import { matchesAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Said of people alone. */
const creeds =
  'catholic catholics muslim muslims buddhist buddhists hindu hindus sikh sikhs jewish protestant protestants lutheran methodist baptist mormon atheist agnostic anglican presbyterian evangelical sunni shiite shia democrat democrats republican republicans communist socialist libertarian katholik katholikin muslim muslimin jude jüdin protestantin buddhistin katholisch evangelisch muslimisch jüdisch sozialdemokrat kommunist'
/** Said of languages, food and firms as well, so that a word beside them has to speak of a person. */
const nations =
  'american german french british english irish scottish welsh spanish italian polish russian ukrainian turkish greek dutch belgian swiss austrian danish swedish norwegian finnish portuguese romanian hungarian czech slovak croatian serbian bulgarian chinese japanese korean vietnamese thai indian pakistani iranian iraqi syrian afghan egyptian moroccan tunisian nigerian kenyan ethiopian israeli palestinian saudi lebanese mexican brazilian argentinian colombian canadian australian deutscher deutsche franzose französin türke türkin pole polin russe russin italiener italienerin spanier spanierin österreicher österreicherin schweizer schweizerin syrer syrerin ukrainer ukrainerin'

const creedWords = creeds.split(' ')
const nationWords = nations.split(' ')
const nameOf = new Map([...nationWords.map((word) => [word, 'nation'] as const), ...creedWords.map((word) => [word, 'creed'] as const)])

/** Nationalities, religions and political groups, written with a capital letter and said of a person. */
export const nrp: Recognizer = {
  name: 'nrp',
  type: 'NRP',
  label: '<NRP>',
  score: 0.6,
  anchors: [],
  // The first three letters of each word; the rest is looked up.
  signs: letterSigns([...new Set([...nameOf.keys()].map((word) => /^[a-z]{3}/.exec(word)?.[0] ?? '').filter((start) => start !== ''))]),
  find: findGroup,
  examples: {
    hidden: [
      ['He is a German Catholic and a Democrat.', 'He is a <NRP> <NRP> and a <NRP>.'],
      ['her nationality is Polish', 'her nationality is <NRP>'],
      ['an American citizen', 'an <NRP> citizen'],
      ['Sie ist Muslimin.', 'Sie ist <NRP>.'],
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
    ],
  },
}

const word = /[A-ZÄÖÜ][a-zäöüß]{2,18}/y
/** Before a nationality: matches `is a `, `nationality: `; must not match `in `, `the `. */
const personBefore =
  /\b(?:(?:s?he|i|who|they|you|we) (?:is|am|are|was|were)|(?:is|am|are|was|were|as) an?|nationality(?: is|:)?|citizenship(?: is|:)?|ethnicity(?: is|:)?|(?:ist|bin|sind|war|als)(?: ein| eine| gebürtiger| gebürtige)?|staatsangehörigkeit(?: ist|:)?|nationalität(?: ist|:)?) ?$/i
const personBehind =
  /^ (?:citizens?|nationals?|man|woman|men|women|people|immigrants?|refugees?|catholics?|muslims?|jews?|passport holder|staatsbürger(?:in)?)\b/i
const strongBefore =
  /(?:s?he|who|they|you|we|i) (?:is|am|are|was|were)(?: an?)? ?$|(?:nationality|citizenship|ethnicity|staatsangehörigkeit|nationalität)(?: is| ist|:)? ?$/i
const beforeReach = 48

function findGroup(text: string, at: number): readonly Match[] {
  if (!beginsAlone(text, at) || !matchesAt(word, text, at)) return none
  const end = word.lastIndex
  const kind = nameOf.get(text.slice(at, end).toLowerCase())
  if (kind === undefined || isIn(text, end, letter) || !endsAlone(text, end)) return none
  if (kind === 'creed') return [{ start: at, end, score: 0.7 }]
  const before = text.slice(Math.max(0, at - beforeReach), at)
  const isPerson = strongBefore.test(before) || personBefore.test(before) || personBehind.test(text.slice(end, end + beforeReach))
  return isPerson ? [{ start: at, end }] : none
}
