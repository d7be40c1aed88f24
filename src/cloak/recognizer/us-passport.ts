import { capital, digit, isIn } from '../character.ts'
import { classSigns, recognizeForms } from '../formed.ts'

const passportLength = 9

/** Passport numbers of the United States, and German ones, behind a word that speaks of a passport. */
export const usPassport = recognizeForms({
  name: 'us-passport',
  type: 'US_PASSPORT',
  score: 0.1,
  context: ['passport', 'passports', 'travel document', 'reisepass', 'passnummer', 'ausweis', 'ausweisnummer', 'personalausweis'],
  signs: [...classSigns(digit, digit, digit, digit), ...classSigns(capital, capital | digit, capital | digit, capital | digit)],
  mayBegin: (text, at) => isIn(text, at + passportLength - 1, digit | capital),
  forms: [
    { initials: '0-9', pattern: /\d{9}/y, score: 0.05 },
    { initials: 'A-Z', pattern: /[A-Z]\d{8}/y },
    { initials: 'A-Z', pattern: /[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}/y },
  ],
  examples: {
    hidden: [
      ['passport number 912803456', 'passport number <US_PASSPORT>'],
      ['Passport A12345678 of', 'Passport <US_PASSPORT> of'],
      ['Reisepass C01X00T47', 'Reisepass <US_PASSPORT>'],
    ],
    kept: ['user status 912803456', '912803456', 'A12345678', 'passport-local 0.6.0', 'passport.js'],
  },
})
