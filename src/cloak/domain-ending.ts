import { privateEndings } from '../base/private-ending.ts'
import { foreign, isIn, letter } from './character.ts'
import { topLevelDomains } from './top-level-domain.ts'
import { isOneOf, makeWordSet } from './word-set.ts'

export type EndingKind = 'internal' | 'public'

/**
 * How much an ending says: a `sure` one ends hardly anything but names of hosts; a `name` one also words of code (`logger.info`);
 * a `word` is first of all one of code or settings (`package.name`), a `file` first of all an ending of files (`main.py`);
 * an `extension` ends nothing but files unless the words around say otherwise (`archive.zip`).
 */
export type EndingWeight = 'sure' | 'name' | 'word' | 'file' | 'extension'

export type Ending = { readonly kind: EndingKind; readonly weight: EndingWeight }

/** Endings of two parts that are the same. */
const internalPairs = new Set(['fritz.box', 'home.arpa', 'speedport.ip', 'ts.net', 'in-addr.arpa', 'ip6.arpa', 'beta.tailscale.net'])

/** Endings of public names that are hardly anything else. */
const strongEndings = [
  ...['com', 'net', 'org', 'edu', 'gov', 'mil', 'biz', 'arpa', 'eu', 'xyz', 'online', 'club', 'ovh', 'cloud', 'onion', 'tech', 'website'],
  ...'ad ae af al ao ar at au az ba bd be bg bh bo by ca ch ci cl cm cn co'.split(' '),
  ...'cy cz de dk dz ec ee eg es et fi fr ge gr gt hk hn hr hu ie il ir it'.split(' '),
  ...'jo jp ke kg kh kr kw kz lb li lk lt lu lv ma mx ng ni nl np nz om pa'.split(' '),
  ...['pe', 'ph', 'pk', 'qa', 'ro', 'ru', 'sa', 'se', 'sg', 'si', 'sk', 'su', 'sv', 'th', 'tr', 'tw', 'tz', 'ua', 'ug', 'uk', 'us'],
  ...'uy uz ve vn ye za zw berlin hamburg koeln cologne wien bayern ruhr saarland swiss paris'.split(' '),
  ...'london amsterdam nyc scot wales bzh gmbh family duckdns wtf ninja icu cyou sbs rocks lol'.split(' '),
]

/** Endings that private domains like to have and code uses as words (`logger.info`, `self.app`), and that are taken for a name all the same. */
const nameEndings = [
  ...'io dev app me info tv ai gg fm im is id to no my nu cx int vc ws st sx'.split(' '),
  ...'site store shop blog digital systems zone life wiki page live space studio software technology'.split(' '),
  ...['solutions', 'moe', 'haus', 'house', 'codes', 'vip', 'fun', 'top', 'one', 'world'],
]

/** Endings that are first of all endings of files. */
const fileEndings = [
  ...['br', 'ml', 'tf', 'cu', 'cc', 'mo', 'cr', 'mk', 'la', 'am', 'in', 'ac', 'py', 'sh', 'rs', 'pub', 'md', 'so', 'pm', 'ps', 'do', 'pro'],
  ...['pl', 'pt', 'mm', 'mc', 'cf', 'bb', 'vi', 'gm'],
]
const extensions = 'zip mov map pid cab inc java properties target link cat bin data'.split(' ')

/** Words of code, settings and messages among the longer endings. */
const wordEndings = [
  ...'able abc academy actor ads adult analytics android apartments apple archi army art associates audio author auto autos'.split(' '),
  ...'baby band bank bar baseball basketball beauty beer best bet bible bid bike bingo bio black blue boats bond boo book booking bot box'.split(
    ' ',
  ),
  ...'broker build builders business buy call cam camera camp capital car cards care career careers cars casa case cash cat center channel'.split(
    ' ',
  ),
  ...'charity chat cheap chrome church circle city claims cleaning click clinic clothing coach coffee college community company compare'.split(
    ' ',
  ),
  ...'computer condos construction consulting contact contractors cooking cool country coupon coupons courses credit cricket crown cruise'.split(
    ' ',
  ),
  ...'dance data date dating day deal dealer deals degree delivery delta dental design diamonds diet direct directory discount discover dish'.split(
    ' ',
  ),
  ...'docs doctor dog domains dot download drive earth eat eco education email energy engineer engineering enterprises equipment estate events'.split(
    ' ',
  ),
  ...'exchange expert exposed express fail faith family fan fans farm fashion fast feedback film final finance financial fire fish fishing fit'.split(
    ' ',
  ),
  ...'fitness flights flowers fly foo food football forum foundation fox free fund furniture gallery game games gap garden gift gifts gives'.split(
    ' ',
  ),
  ...'giving glass global gold golf got graphics green grocery group guide hair health healthcare help here horse hospital host hosting hot'.split(
    ' ',
  ),
  ...'hotels how ice inc industries ink institute insurance insure international investments java jobs joy kids kitchen land law lease legal'.split(
    ' ',
  ),
  ...'lighting like limited link living loan loans locker locus love man management map market marketing markets meet memorial men menu'.split(
    ' ',
  ),
  ...'microsoft mini mint mobile moda mom money monster mortgage movie museum music name navy network new news next now observer office'.split(
    ' ',
  ),
  ...'open oracle orange organic origins parts partners party pay pet phone photo photos physio pics pictures pin ping pink pioneer place'.split(
    ' ',
  ),
  ...'play plus poker post press prime prod productions prof progressive promo property protection quest racing radio read recipes red'.split(
    ' ',
  ),
  ...'rehab rent rentals repair report republican rest restaurant review reviews rich rip room run safe safety sale salon save school'.split(
    ' ',
  ),
  ...'science search seat secure security seek select services seven sex sharp shell show singles ski skin sky sling smart smile song'.split(
    ' ',
  ),
  ...'spa sport spot star statefarm storage stream study style sucks supplies supply support surf tab talk tax taxi test tel theater tickets'.split(
    ' ',
  ),
  ...'tips tires today tools total tours town toys trade trading training travel trust tube university vacations ventures vet video villas'.split(
    ' ',
  ),
  ...'vision visa vote voting voyage watch watches weather web webcam wed win windows wine winners work works wow yoga you zero'.split(' '),
]

const endings = new Map<string, Ending>()
// Two letters are too easily an abbreviation, a unit or a file for those that no list below names.
for (const ending of topLevelDomains) endings.set(ending, { kind: 'public', weight: /^[a-z]{2}$/.test(ending) ? 'word' : 'name' })
setWeight('word', wordEndings.filter(isPublic))
setWeight('name', nameEndings)
setWeight('sure', strongEndings)
setWeight('file', fileEndings)
setWeight('extension', extensions.filter(isPublic))
setWeight('sure', privateEndings.networks, 'internal')
setWeight('name', privateEndings.words, 'internal')
setWeight('word', privateEndings.samples, 'internal')

function isPublic(name: string): boolean {
  return endings.has(name)
}

function setWeight(weight: EndingWeight, names: readonly string[], kind: EndingKind = 'public'): void {
  for (const name of names) endings.set(name, { kind, weight })
}

const lastOfPairs = [...internalPairs].map((pair) => pair.slice(pair.lastIndexOf('.') + 1))

/** Every last part that a name inside a network may have. */
export const internalLastParts: readonly string[] = [
  ...new Set([...[...endings].filter(([, { kind }]) => kind === 'internal').map(([name]) => name), ...lastOfPairs]),
]
const namesOfKind = {
  public: makeWordSet([...endings].filter(([, { kind }]) => kind === 'public').map(([name]) => name)),
  internal: makeWordSet(internalLastParts),
}

/** Longer than any ending but some beyond ASCII, as name servers know them. */
const lengthMax = 63

/** Each kind as a bit. */
export const endingBits: Readonly<Record<EndingKind, number>> = { public: 1, internal: 2 }

/** The kinds of the endings that share a key, so that nearly all other words are told apart without a look-up by name. */
const endingsByKey = new Uint8Array(1 << 15)
/** Marks the endings that make a host of two parts by themselves, in the table only. */
const twoPartsBit = 4
for (const [ending, { kind, weight }] of endings) addEnding(ending, endingBits[kind] | (isOfWords(weight) ? 0 : twoPartsBit))
for (const ending of lastOfPairs) addEnding(ending, endingBits.internal | twoPartsBit)

function isOfWords(weight: EndingWeight): boolean {
  return weight === 'word' || weight === 'file' || weight === 'extension'
}

function addEnding(ending: string, bit: number): void {
  const key = keyOf(ending, 0, ending.length)
  endingsByKey[key] = (endingsByKey[key] ?? 0) | bit
}

/** Of the first two letters and the last one, in any case, five bits each, and the length; other characters fall together with some letter, which only costs a closer look. */
function keyOf(text: string, start: number, end: number): number {
  const letters = ((text.charCodeAt(start) & 31) << 10) | ((text.charCodeAt(start + 1) & 31) << 5) | (text.charCodeAt(end - 1) & 31)
  return letters ^ ((end - start) << 8)
}

/** A first, cheap look at the last part alone, which sorts out nearly all versions, files and code: the kinds of endings, as bits, that it may be. */
export function endingsLike(text: string, start: number, end: number): number {
  if (end - start < 2 || end - start > lengthMax || !isIn(text, start, letter | foreign)) return 0
  return endingsByKey[keyOf(text, start, end)] ?? 0
}

/** Whether the last part alone is an ending of the kind. */
export function mayEndWith(text: string, start: number, end: number, kind: EndingKind): boolean {
  return isOneOf(namesOfKind[kind], text, start, end)
}

/** Whether the kinds of `endingsLike` are of endings that make a host of two parts only where words say so. */
export function needsWords(kinds: number): boolean {
  return (kinds & twoPartsBit) === 0
}

/** What the last parts of a name, in lower case, are as an ending. */
export function endingOf(parts: readonly string[]): Ending | undefined {
  const pair = parts.slice(-2).join('.')
  if (internalPairs.has(pair) && (parts.length > 2 || pair === 'fritz.box')) return { kind: 'internal', weight: 'sure' }
  return endings.get(parts.at(-1) ?? '')
}
