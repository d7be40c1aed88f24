import type { NameHit } from './name-hit.ts'

/** A rule for names, as docs/PRIVACY.md lists it, with an example and what becomes of it. */
export type NameRule = {
  readonly type: NameHit['type']
  readonly score: string
  readonly example: string
  readonly becomes: string
  readonly finds: string
  readonly misses: string
}

/** The three rules of the model, in English and German. */
export const nameRules: readonly NameRule[] = [
  {
    type: 'PERSON',
    score: '0.45–0.9',
    example: 'Best regards, Jana Novak',
    becomes: 'Best regards, <PERSON>',
    finds:
      'names behind titles, greetings, labels and what somebody is or did (`approved by`), before mail addresses, at the end of letters, of who speaks in a chat; given names and surnames of lists; words that no dictionary has where people stand in prose; parts of a name found elsewhere in the text',
    misses:
      'names that are ordinary words without a sign beside them (`Mark` at the start of a sentence), names in small letters in the middle of a sentence, and most names in other scripts',
  },
  {
    type: 'ORGANIZATION',
    score: '0.45–0.9',
    example: 'I work for Nordwind Logistik GmbH in sales',
    becomes: 'I work for <ORGANIZATION> in sales',
    finds:
      'names with a legal form, with a word that tells a body (`University of`, `Amtsgericht`, `Hospital`, `Elektro Hagemann`), behind a label, of a list of known firms and authorities, names of any words where bodies stand (`our vendor`, `invoice from`, `CTO of`, `works at`, behind what somebody is below a letter)',
    misses:
      'firms that are called by ordinary words alone, or by letters (`LWB`), without a sign beside them; programs and products are none',
  },
  {
    type: 'LOCATION',
    score: '0.45–0.86',
    example: 'She lives in Lisbon now',
    becomes: 'She lives in <LOCATION> now',
    finds:
      'cities of 100,000 people and more, countries and regions by their name; smaller towns and first-level parts of countries behind a preposition, a label or beside another place, also those that are words where somebody lives or works (`lives in Deal`); unknown names that end like a town, where somebody goes; waters, mountains and islands with the word for it',
    misses:
      'small places that are surnames or words as well (`Reading`, `Hof`), and places written in capitals; a city in an address belongs to the ADDRESS',
  },
]
