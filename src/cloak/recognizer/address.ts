import { blank, capital, digit, foreign, hyphen, letter } from '../character.ts'
import { classSigns, recognizeForms } from '../formed.ts'

const streetWord =
  '(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|square|sq|highway|hwy|parkway|pkwy|place|pl|terrace|way|circle|cir|crescent|close|gardens|mews|row|walk)'
const name = "[A-Z][\\p{L}'.-]{1,24}"
const state = '(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])'
const zip = '\\d{5}(?:-\\d{4})?'
const germanStreet =
  '(?:\\p{Lu}[\\p{L}.-]{1,30}(?:straße|strasse|str\\.|weg|gasse|platz|allee|ring|damm|ufer|steig|chaussee)|(?:\\p{Lu}[\\p{L}.-]{1,24} ){1,3}(?:Straße|Strasse|Str\\.|Weg|Gasse|Platz|Allee|Ring|Damm|Ufer|Chaussee)|(?:Am|Im|An der|Auf dem|Unter den|Zum|Zur) \\p{Lu}[\\p{L}-]{2,24})'
const house = '\\d{1,4} ?[a-hA-H]?(?: ?[-/] ?\\d{1,4} ?[a-h]?)?'
const town = '\\p{Lu}[\\p{L}-]{2,24}(?: (?:am|an|der|bei|im|in|ob|\\p{Lu})[\\p{L}-]{0,20}){0,3}'

const room = '(?:,? (?:[Aa]pt|[Ss]uite|[Uu]nit|[Ff]loor|[Ss]te|#)\\.? ?[A-Z0-9-]{1,6})?'

/** Postal addresses in English and German: streets with their number, post boxes, and post codes with their town or behind their word. */
export const address = recognizeForms({
  name: 'address',
  type: 'ADDRESS',
  score: 0.85,
  context: ['zip', 'postal', 'postcode', 'plz', 'postleitzahl', 'address', 'adresse', 'anschrift'],
  anchors: ['p.o. box', 'po box', 'p. o. box', 'postfach'],
  signs: [...classSigns(digit, digit | blank), ...classSigns(capital, letter | foreign | digit | hyphen)],
  forms: [
    {
      initials: 'p',
      pattern: /(?:p\.? ?o\.? ?box|postfach)[ :]{1,3}\d{1,3}(?:[ ]?\d{1,3}){0,2}(?!\d)(?:, ?\d{5} \p{Lu}[\p{L}-]{2,24})?/iuy,
      score: 0.9,
    },
    {
      initials: '0-9',
      pattern: new RegExp(
        `(?!0 )\\d{1,5}[A-Za-z]? (?:[NSEW]\\.? )?(?:(?:${name}|\\d{1,3}(?:st|nd|rd|th)) ){1,3}${caseless(streetWord)}\\b\\.?${room}(?:,? ${name}(?: ${name}){0,2},? ${state}\\b(?: ${zip})?)?`,
        'uy',
      ),
    },
    { initials: 'A-Z', pattern: new RegExp(`${germanStreet} ${house}(?:,? ?(?:D-)?\\d{5} ${town})?`, 'uy'), judge: judgeStreet },
    { initials: 'A-Z', pattern: new RegExp(`${name}(?: ${name}){0,2}, ${state} ${zip}`, 'uy'), score: 0.8 },
    { initials: 'D0-9', pattern: new RegExp(`(?:D-)?\\d{5} ${town}`, 'uy'), score: 0.3 },
    { initials: 'A-Z', pattern: /[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}/y, score: 0.3 },
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
    ],
  },
})

/** Street words in lower case and with a capital letter; in other cases they are no words of streets. */
function caseless(words: string): string {
  return words.replace(/(?<=[:|])[a-z]/g, (initial) => `[${initial}${initial.toUpperCase()}]`)
}

/** `Am 3.` begins a date, and words that only end like a street are none. */
function judgeStreet(value: string): 'likely' | 'no' {
  return /^(?:Am|Im|Zum|Zur) (?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahr|Ende|Anfang|Port|Kanal|Tag|Schritt|Level|Abschnitt|Kapitel|Zeile)/.test(
    value,
  ) || /^(?:Speicherplatz|Steckplatz|Arbeitsplatz|Monitoring|String|Engineering)/i.test(value)
    ? 'no'
    : 'likely'
}
