import { capital, digit, isIn } from '../character.ts'
import { classSigns, recognizeForms } from '../formed.ts'
import { matchesAt } from '../pattern.ts'

const passportLength = 9
const label = /(?:reise|personal)?(?:pass|ausweis)/iy

/** Passport numbers of the United States, and German ones, behind a word that speaks of a passport. */
export const usPassport = recognizeForms({
  name: 'us-passport',
  type: 'US_PASSPORT',
  score: 0.1,
  context: ['passport', 'passports', 'travel document', 'reisepass', 'passnummer', 'ausweis', 'ausweisnummer', 'personalausweis'],
  anchors: ['passport ', 'passport:', 'passport#', 'reisepass', 'pass-nr', 'passnummer', 'passnr', 'personalausweis', 'ausweis'],
  signs: [...classSigns(digit, digit, digit, digit), ...classSigns(capital, capital | digit, capital | digit, capital | digit)],
  mayBegin: (text, at) => isIn(text, at + passportLength - 1, digit | capital) || matchesAt(label, text, at),
  forms: [
    // What stands right behind the word the forms below know.
    {
      initials: 'pra',
      pattern:
        /(?!\w{4,16} [a-z]?\d{8,9}(?!\w))(?:passport|reisepass|pass(?=-?nr)|pass(?=nummer)|(?:personal)?ausweis)(?:[ -]?(?:number|no|nr|nummer|id)\.?)?(?: \([^()\n]{1,24}\))?(?: (?:of|for|des|der|von) (?:[\p{L}.]{1,24} ){0,3}[\p{L}.]{1,24}(?: \([^()\n]{1,24}\))?)?(?: is| ist| lautet)?[ \t]{0,2}[:#=]?[ \t]{0,3}(?<value>(?=[A-Z]{0,3}\d|[A-Z\d]{0,3}\d)[A-Z\d]{8,10})/iuy,
      judge: (value) => (/\d.*\d.*\d/.test(value) && value === value.toUpperCase() ? 'likely' : 'no'),
      score: 0.85,
      isLabelled: true,
    },
    { initials: '0-9', pattern: /\d{9}/y, score: 0.05 },
    { initials: 'A-Z', pattern: /[A-Z]\d{8}/y },
    { initials: 'A-Z', pattern: /[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}/y },
  ],
  examples: {
    hidden: [
      ['passport number 912803456', 'passport number <US_PASSPORT>'],
      ['Passport A12345678 of', 'Passport <US_PASSPORT> of'],
      ['Passport no. of the traveller (US): 858686196.', 'Passport no. of the traveller (US): <US_PASSPORT>.'],
      ['Pass-Nr. C01X00T47', 'Pass-Nr. <US_PASSPORT>'],
      ['Personalausweis L01X00T471', 'Personalausweis <US_PASSPORT>'],
      ['Reisepass C01X00T47', 'Reisepass <US_PASSPORT>'],
    ],
    kept: ['user status 912803456', '912803456', 'A12345678', 'passport-local 0.6.0', 'passport.js'],
  },
})
