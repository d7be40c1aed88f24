import creedText from '../recognizer/list/creed.txt' with { type: 'text' }
import nationText from '../recognizer/list/nation.txt' with { type: 'text' }
import cityText from './list/city.txt' with { type: 'text' }
import countryText from './list/country.txt' with { type: 'text' }
import englishFilterText from './list/english.filter.txt' with { type: 'text' }
import germanNounText from './list/german-noun.txt' with { type: 'text' }
import germanWordText from './list/german-word.txt' with { type: 'text' }
import givenNameText from './list/given-name.txt' with { type: 'text' }
import humanNameFilterText from './list/human-name.filter.txt' with { type: 'text' }
import moreGivenNameText from './list/more-given-name.txt' with { type: 'text' }
import moreSurnameText from './list/more-surname.txt' with { type: 'text' }
import ordinaryWordText from './list/ordinary-word.txt' with { type: 'text' }
import organizationText from './list/organization.txt' with { type: 'text' }
import productText from './list/product.txt' with { type: 'text' }
import provinceText from './list/province.txt' with { type: 'text' }
import regionText from './list/region.txt' with { type: 'text' }
import surnameText from './list/surname.txt' with { type: 'text' }
import townText from './list/town.txt' with { type: 'text' }
import villageFilterText from './list/village.filter.txt' with { type: 'text' }
import { tokensOf } from './token.ts'
import { readWordFilter } from './word-filter.ts'
import { rememberWords } from './word-memory.ts'
import { wordSet } from './word-set.ts'

/** How much a word says by itself: nothing, something (it is an ordinary word as well), much. */
export type Weight = 0 | 1 | 2

/** The lists that names are looked up in, by their folded form. */
export type Lexicon = {
  readonly givenName: (folded: string) => Weight
  readonly surname: (folded: string) => Weight
  /** Whether somebody somewhere has the name; 1 in 1,000 of other words passes for one, and many are words or places as well: one vote of two. */
  readonly isHumanName: (folded: string) => boolean
  /** Whether it is a word that also stands in the lists of names, or a product. */
  readonly isOrdinaryWord: (folded: string) => boolean
  readonly isProduct: (folded: string) => boolean
  /** Of the dictionary; 1 in 1,000 of other words passes for one. */
  readonly isEnglish: (folded: string) => boolean
  /** Nouns that others are made of, too. */
  readonly germanNouns: ReadonlySet<string>
  readonly germanWords: ReadonlySet<string>
  /** The smallest places, of one word or more. */
  readonly isVillage: (folded: string) => boolean
  /** Places known by their name alone. */
  readonly places: Phrases
  /** Smaller ones, which need a preposition. */
  readonly towns: Phrases
  readonly organizations: Phrases
}

/** Names of one or more words by their first word; the longer ones first. */
export type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>

/** Words of each filter that are remembered. */
const wordsMax = 20_000

let lexicon: Lexicon | undefined

/** The lists, read on first use (some 100 ms, 25 MB). */
export function openLexicon(): Lexicon {
  lexicon ??= readLexicon()
  return lexicon
}

function readLexicon(): Lexicon {
  const products = wordSet(productText)
  const common = new Set([...wordSet([ordinaryWordText, nationText, creedText].join(' ')), ...products])
  const given = wordSet(`${givenNameText} ${moreGivenNameText}`)
  const surnames = wordSet(`${surnameText} ${moreSurnameText}`)
  const weightIn =
    (names: ReadonlySet<string>) =>
    (folded: string): Weight =>
      names.has(folded) ? (common.has(folded) ? 1 : 2) : 0
  return {
    givenName: weightIn(given),
    surname: weightIn(surnames),
    isHumanName: rememberWords(readWordFilter(humanNameFilterText), wordsMax),
    isOrdinaryWord: (folded) => common.has(folded),
    isProduct: (folded) => products.has(folded),
    isEnglish: rememberWords(readWordFilter(englishFilterText), wordsMax),
    germanNouns: wordSet(germanNounText),
    germanWords: wordSet(germanWordText),
    isVillage: rememberWords(readWordFilter(villageFilterText), wordsMax),
    places: phrasesOf([cityText, countryText, regionText]),
    towns: phrasesOf([townText, provinceText]),
    organizations: phrasesOf([organizationText]),
  }
}

function phrasesOf(texts: readonly string[]): Phrases {
  const phrases = new Map<string, readonly (readonly string[])[]>()
  for (const phrase of texts.flatMap((text) => text.trim().split(/[,\n]/))) {
    const [first = '', ...rest] = wordsOf(phrase)
    const known = phrases.get(first)
    if (known === undefined) phrases.set(first, rest.length === 0 ? alone : [rest])
    else
      phrases.set(
        first,
        [...known, rest].sort((a, b) => b.length - a.length),
      )
  }
  return phrases
}

/** Of names of one word, which most are. */
const alone: readonly (readonly string[])[] = [[]]

/** Most phrases are plain words; as tokens, which are remembered, they would stay in memory twice. */
function wordsOf(phrase: string): readonly string[] {
  return /^[a-z]+(?: [a-z]+)*$/.test(phrase) ? phrase.split(' ') : tokensOf(phrase, 0).map(({ folded }) => folded)
}
