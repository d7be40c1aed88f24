import { blank, capital, digit, foreign, hyphen, isBeyondAscii, isIn, isSign, letter, runRight } from '../character.ts'
import { classSigns, letterSigns, recognizeForms } from '../formed.ts'
import { isOneOf, isWordAt, makeWordSet } from '../word-set.ts'

const streetWord =
  '(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|square|sq|highway|hwy|parkway|pkwy|place|pl|terrace|way|circle|cir|crescent|close|gardens|mews|row|walk|grove|hill|rise|green|park|view|yard|quay|wharf|mead|meadows?|parade|esplanade|trail|path|alley|plaza|broadway|cottages)'
const name = "[A-Z][\\p{L}'.-]{1,24}"
const state = '(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])'
const zip = '\\d{5}(?:-\\d{4})?'
const germanStreet =
  '(?:\\p{Lu}[\\p{L}.-]{1,30}(?:[Ss]traße|[Ss]trasse|[Ss]tr\\.|[Ww]eg|[Gg]asse|[Pp]latz|[Aa]llee|[Rr]ing|[Dd]amm|[Uu]fer|[Ss]teig|[Cc]haussee)|(?:\\p{Lu}[\\p{L}.-]{1,24} ){1,3}(?:Straße|Strasse|Str\\.|Weg|Gasse|Platz|Allee|Ring|Damm|Ufer|Chaussee)|(?:Am|Im|An der|Auf dem|Unter den|Zum|Zur) \\p{Lu}[\\p{L}-]{2,24})'
const house = '\\d{1,4}(?: ?[a-hA-H](?![\\p{L}\\d]))?(?: ?[-/] ?\\d{1,4}(?: ?[a-h](?![\\p{L}\\d]))?)?(?!\\d)'
const town = '\\p{Lu}[\\p{L}-]{2,24}(?: (?:am|an|der|bei|im|in|ob|\\p{Lu})[\\p{L}-]{0,20}){0,3}'
/** Behind the house: `, 10115 Berlin`, `, 6020 Innsbruck`. */
const germanTown = `(?:,?[ \\n]?(?:(?:D|A|CH)-)?\\d{4,5} ${town})`
const room = '(?:,? (?:[Aa]pt|[Ss]uite|[Uu]nit|[Ff]loor|[Ss]te|#)\\.? ?[A-Z0-9-]{1,6})?'
/** Before the house: `Flat 3b, `, `Unit 4, `. */
const flat = '(?:(?:Flat|Unit|Apt|Apartment|Suite|Room|Floor|Level)\\.? [A-Za-z0-9]{1,5},? )?'
const britishCode = '[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2}'
const someTown = `(?:,?[ \\n]${name}(?: ${name}){0,2}){1,2}`
/** Behind the street: `, Springfield, IL 62704`, `, Bristol BS6 5AH`, `, Cape Town 7708`. */
const townBehind = `(?:(?:,? ${name}(?: ${name}){0,2})?,? ${state}\\b(?: ${zip})?|${someTown},? ${britishCode}|${someTown}(?: [A-Z]{2,3})? \\d{4}(?!\\d))`
/** Words for streets that stand before their name. */
const southernStreet =
  "(?:Calle|C/|Avenida|Avda\\.|Paseo|Plaza|Carrer|Rua|Praça|Travessa|Largo|Rue|Avenue|Boulevard|Place|Quai|Impasse|Chemin|Via|Viale|Piazza|Corso|Strada|Heol|Ffordd|Stryd|ul\\.|ulica|al\\.|os\\.) (?:(?:de|du|des|della|delle|dei|del|la|las|los|le|les|da|do|dos|y|d') ?){0,2}\\p{Lu}[\\p{L}'’.-]{1,24}(?: (?:(?:de|da|do|di|y|la|e) )?\\p{Lu}[\\p{L}'’.-]{1,24}){0,3}"
const northernStreet =
  '\\p{Lu}\\p{L}{2,24}(?:straat|laan|gracht|kade|plein|dijk|vej|vejen|gade|gaden|gata|gatan|gate|gaten|vägen|veien|vägen|katu|tie|utca)'
const farTown = `(?:,? (?:[A-Z]{1,2}-)?\\d{2,5}(?:-\\d{3}| \\d{2}| ?[A-Z]{2})? ${town}|,? ${town}(?: (?:${britishCode}))?)`

/** Postal addresses in English and German, and streets as other countries write them: with their number and their town; post boxes; post codes behind their word. */
export const address = recognizeForms({
  name: 'address',
  type: 'ADDRESS',
  score: 0.85,
  context: ['zip', 'postal', 'postcode', 'plz', 'postleitzahl', 'address', 'adresse', 'anschrift'],
  anchors: ['p.o. box', 'po box', 'p. o. box', 'postfach'],
  signs: [
    ...classSigns(digit, digit | blank),
    ...classSigns(capital, letter | foreign | digit | hyphen),
    ...letterSigns(['ul.', 'ulica ', 'al.', 'os.']),
  ],
  mayBegin,
  forms: [
    {
      initials: 'p',
      pattern: new RegExp(
        `(?:p\\.? ?o\\.? ?box|postfach)[ :]{1,3}\\d{1,3}(?: ?\\d{1,3}){0,2}(?!\\d)(?:,? ?\\d{4,5} ${town}|${townBehind})?`,
        'iuy',
      ),
      score: 0.9,
    },
    {
      initials: 'A-Z0-9',
      pattern: new RegExp(
        `${flat}\\d{1,5}[A-Za-z]? (?:[NSEW][NSEW]?\\.? )?(?:(?:${name}|\\d{1,3}(?:st|nd|rd|th)) ){1,3}${caseless(streetWord)}\\b\\.?${room}${townBehind}?`,
        'uy',
      ),
    },
    { initials: 'A-Z', pattern: new RegExp(`${germanStreet} ${house}${germanTown}?`, 'uy'), judge: judgeStreet },
    { initials: 'A-Zuao', pattern: new RegExp(`(?:${southernStreet}|${northernStreet}),? ${house}${farTown}?`, 'uy') },
    { initials: '0-9', pattern: new RegExp(`\\d{1,4},? ${southernStreet}${farTown}?`, 'uy') },
    { initials: 'A-Z', pattern: new RegExp(`${name}(?: ${name}){0,2}, ${state} ${zip}`, 'uy'), score: 0.8 },
    { initials: 'D0-9', pattern: new RegExp(`(?:D-)?\\d{5} ${town}`, 'uy'), score: 0.3 },
    { initials: 'A-Z', pattern: /\p{Lu}\p{Ll}{3,20}(?:straße|strasse)(?![\p{L}-])/uy, judge: judgeBareStreet, score: 0.45 },
    {
      initials: 'A-Z',
      pattern: /(?<=\b(?:on|in|at|from|near|of|to) )[A-Z][a-z]{2,20} (?:Street|Road|Lane|Avenue)(?! [A-Z\d])/y,
      judge: judgeBareStreet,
      score: 0.45,
    },
    { initials: 'A-Z', pattern: new RegExp(britishCode, 'y'), score: 0.3 },
    { initials: '0-9', pattern: /\d{5}-\d{4}/y, score: 0.3 },
    { initials: '0-9', pattern: /\d{5}/y, score: 0.1 },
  ],
  examples: {
    hidden: [
      ['Office: 1600 Main Street, Springfield, IL 62704 or', 'Office: <ADDRESS> or'],
      ['P.O. Box 1234, ', '<ADDRESS>, '],
      ['zip 62704-1234', 'zip <ADDRESS>'],
      ['wohnt in der Hauptstraße 12a, 10115 Berlin.', 'wohnt in der <ADDRESS>.'],
      ['Am Anger 3', '<ADDRESS>'],
      ['PLZ 10115', 'PLZ <ADDRESS>'],
      ['42 Elm Ave', '<ADDRESS>'],
      ['wohnt in der Hebelstraße 40 in Ulm', 'wohnt in der <ADDRESS> in Ulm'],
      ['Wohnung: Maria-Theresien-Straße 18, 6020 Innsbruck', 'Wohnung: <ADDRESS>'],
      ['at 19 Elm Grove, Bristol BS6 5AH.', 'at <ADDRESS>.'],
      ['27 Protea Road, Claremont, Cape Town 7708', '<ADDRESS>'],
      ['Unit 4, 88 Wickham Street, Fortitude Valley QLD 4006', '<ADDRESS>'],
      ['Calle de Alcalá 201, 28028 Madrid', '<ADDRESS>'],
      ['his address as 16 Rue des Carmes, Lille.', 'his address as <ADDRESS>.'],
      ['ul. Długa 44/7, 31-146 Kraków', '<ADDRESS>'],
      ['Am Anger 2\n99084 Erfurt', '<ADDRESS>'],
      ['PO Box 1182, Flagstaff, AZ 86002', '<ADDRESS>'],
      ['the meeting on Friar Street', 'the meeting on <ADDRESS>'],
    ],
    kept: [
      'port 62704',
      'exit 12345',
      '10 Main Menu',
      'took 12345 ms',
      '5 files Moved',
      'Postfach voll',
      '2 Way sync',
      'Am 3. Mai',
      'Ring 0',
      'Einbahnstraße voraus',
      'on Main Street 4 lanes',
    ],
  },
})

/** A number of up to five digits with a blank and a name behind it, or a word with a name or a number behind it. */
function mayBegin(text: string, at: number): boolean {
  return isIn(text, at, digit) ? mayBeNumbered(text, at) : mayBeNamed(text, at)
}

const postCodeLength = 5

/** Matches `12 Main`, `12b, Rue`, `10115`; must not match `12 files`, `123456`. */
function mayBeNumbered(text: string, at: number): boolean {
  let end = runRight(text, at, digit, postCodeLength + 1)
  if (end - at >= postCodeLength) return end - at === postCodeLength
  if (isIn(text, end, letter)) end += 1
  if (isSign(text, end, ',')) end += 1
  return isSign(text, end, ' ') && (isNameOrNumber(text, end + 1) || isSign(text, end + 1, 'uao'))
}

const wordReach = 64
/** Words of streets, rooms and boxes behind which small letters may stand. */
const leading = makeWordSet([
  ...'an auf unter flat unit apt apartment suite room floor level p po pobox postfach'.split(' '),
  ...'calle avenida avda paseo plaza carrer rua travessa largo rue avenue boulevard place quai impasse chemin'.split(' '),
  ...'via viale piazza corso strada heol ffordd stryd ul ulica al os'.split(' '),
])
const bareStreet = 'strasse'

/** Matches `Elm Grove`, `Am Anger`, `Rue des`, `Hebelstraße`, `AB12`; must not match `Failed to`. */
function mayBeNamed(text: string, at: number): boolean {
  const lettersEnd = runRight(text, at, letter, wordReach)
  let end = lettersEnd
  let isForeign = false
  for (; end < at + wordReach && isOfWord(text, end); end += 1) isForeign ||= isBeyondAscii(text, end)
  if (isIn(text, end, digit) || isSign(text, end, '/')) return true
  if (isSign(text, end, ',')) end += 1
  if (isForeign || (isSign(text, end, ' ') && isNameOrNumber(text, end + 1))) return true
  return (
    isOneOf(leading, text, at, lettersEnd) ||
    (lettersEnd > at + bareStreet.length && isWordAt(text, lettersEnd - bareStreet.length, bareStreet))
  )
}

function isOfWord(text: string, at: number): boolean {
  return isIn(text, at, letter | hyphen) || isSign(text, at, ".'") || isBeyondAscii(text, at)
}

function isNameOrNumber(text: string, at: number): boolean {
  return isIn(text, at, capital | digit) || isBeyondAscii(text, at)
}

/** Street words in lower case and with a capital letter; in other cases they are no words of streets. */
function caseless(words: string): string {
  return words.replace(/(?<=[:|])[a-z]/g, (initial) => `[${initial}${initial.toUpperCase()}]`)
}

/** Words that only look like a street that somebody lives in. */
function judgeBareStreet(value: string): 'likely' | 'no' {
  return /^(?:Einbahn|Milch|Wasser|Daten|Seiden|Fertigungs|Produktions|Wall|Main|Sesam|High|Abbey|Silk|Fast|Bike|Bus|Rail|Cross|Slip|Off)/.test(
    value,
  )
    ? 'no'
    : 'likely'
}

/** `Am 3.` begins a date, and words that only end like a street are none. */
function judgeStreet(value: string): 'likely' | 'no' {
  return /^(?:Am|Im|Zum|Zur) (?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahr|Ende|Anfang|Port|Kanal|Tag|Schritt|Level|Abschnitt|Kapitel|Zeile)/.test(
    value,
  ) || /^(?:Speicherplatz|Steckplatz|Arbeitsplatz|Monitoring|String|Engineering)/i.test(value)
    ? 'no'
    : 'likely'
}
