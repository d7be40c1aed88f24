import { digit } from '../character.ts'
import { digitSigns, letterSigns, recognizeForms } from '../formed.ts'

/** Passport numbers of the United States, and German ones, behind a word that speaks of a passport. */
export const usPassport = recognizeForms({
  name: 'us-passport',
  type: 'US_PASSPORT',
  score: 0.1,
  context: ['passport', 'passports', 'travel document', 'reisepass', 'passnummer', 'ausweis', 'ausweisnummer', 'personalausweis'],
  signs: [...digitSigns('0123456789', digit, digit, digit), ...letterSigns([...'abcdefghijklmnopqrstuvwxyz'], digit)],
  forms: [{ pattern: /\d{9}/y, score: 0.05 }, { pattern: /[A-Z]\d{8}/y }, { pattern: /[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}/y }],
  examples: {
    hidden: [
      ['passport number 912803456', 'passport number <US_PASSPORT>'],
      ['Passport A12345678 of', 'Passport <US_PASSPORT> of'],
      ['Reisepass C01X00T47', 'Reisepass <US_PASSPORT>'],
    ],
    kept: ['user status 912803456', '912803456', 'A12345678', 'passport-local 0.6.0', 'passport.js'],
  },
})
