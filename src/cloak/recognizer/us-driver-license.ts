import { capital, digit, hyphen, isIn, other, runRight } from '../character.ts'
import { classSigns, recognizeForms } from '../formed.ts'
import { matchesAt } from '../pattern.ts'

/** Driver license numbers in the forms of the states, behind a word that speaks of one: by themselves they are any number. */
export const usDriverLicense = recognizeForms({
  name: 'us-driver-license',
  type: 'US_DRIVER_LICENSE',
  score: 0.3,
  context: [
    ...['driver', 'drivers', "driver's", 'driving', 'dl', 'dln', 'dmv', 'permit', 'license no', 'license number'],
    ...['führerschein', 'führerscheinnummer', 'fahrerlaubnis'],
  ],
  anchors: ['driver', 'driving li', 'dl#', 'dl no', 'hrerschein', 'fahrerlaubnis'],
  signs: [
    ...classSigns(digit, digit, digit | hyphen, digit),
    ...classSigns(capital, digit, digit, digit | capital),
    ...classSigns(capital, capital, digit, digit),
    ...classSigns(capital, capital, capital, capital | other),
  ],
  mayBegin,
  forms: [
    // What stands right behind the word the forms below know.
    {
      initials: 'dhf',
      pattern:
        /(?![\w ]{4,16} [a-z]?\d{5,14}[a-z]?(?!\w))(?:driver(?:'?s|’s)? licen[cs]e|driving licen[cs]e|dl(?=#| no)|hrerschein|fahrerlaubnis)(?:[ -]?(?:number|no|nr|nummer|id|#)\.?)?(?: \([A-Za-z ]{2,16}\)| of [A-Z][a-z]{3,12})?(?: is| ist)?[ \t]{0,2}[:#]?[ \t]{0,3}(?<value>(?=[A-Z]{0,6}-?\d)[A-Z\d](?:[A-Z\d]|[ -](?=[A-Z\d]{2,5}(?![a-z]))){5,19})/iy,
      judge: (value) => (/(?:\d.*){4}/.test(value) && value === value.toUpperCase() ? 'likely' : 'no'),
      score: 0.85,
      isLabelled: true,
    },
    { initials: 'A-Z', pattern: /[A-Z]\d{3}-\d{4}-\d{4}/y },
    { initials: 'A-Z', pattern: /[A-Z]\d{3}-\d{3}-\d{2}-\d{3}-\d/y },
    { initials: 'A-Z', pattern: /[A-Z]{1,2}\d{5,14}[A-Z]?/y },
    { initials: 'A-Z', pattern: /[A-Z]{3}[A-Z*]{2}\d{3}[A-Z0-9]{2}/y },
    { initials: 'A-Z', pattern: /[A-Z]\d{2}[A-Z0-9]{6,8}/y },
    { initials: '0-9', pattern: /\d{7,14}/y, score: 0.05 },
    { initials: '0-9', pattern: /\d{2}-\d{3}-\d{3,4}/y, score: 0.05 },
  ],
  examples: {
    hidden: [
      ['driver license D1234567', 'driver license <US_DRIVER_LICENSE>'],
      ["driver's license: F255-9215-0094", "driver's license: <US_DRIVER_LICENSE>"],
      ["driver's license (TX) 12345678", "driver's license (TX) <US_DRIVER_LICENSE>"],
      ['driving licence MORGA753116SM9IJ', 'driving licence <US_DRIVER_LICENSE>'],
      ['DL 12345678', 'DL <US_DRIVER_LICENSE>'],
    ],
    kept: ['D1234567', 'nvidia driver 550.90.07', 'driver version 12', 'license: MIT', 'license AGPL3'],
  },
})

/** Matches `1234567`, `12-345-6`, `D123`, `ABCDE123`; must not match `2026`, `ERROR`. */
function mayBegin(text: string, at: number): boolean {
  if (isIn(text, at, digit)) return isIn(text, at + 2, hyphen) ? isIn(text, at + 6, hyphen) : isIn(text, at + 6, digit)
  return isIn(text, runRight(text, at, capital | other, lettersMax), digit) || matchesAt(label, text, at)
}

const label = /driv(?:er|ing)|dl[# ]|hrerschein|fahrerlaubnis/iy

/** Letters and stars before the first digit. */
const lettersMax = 5
