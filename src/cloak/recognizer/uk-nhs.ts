import { blank, digit, hyphen, isIn } from '../character.ts'
import { isNhsNumber } from '../checksum.ts'
import { classSigns, digitsOf, recognizeForms } from '../formed.ts'

/** NHS numbers of the United Kingdom, by their check digit. Ten digits in one are a time or a size as well, so those count behind a word of health. */
export const ukNhs = recognizeForms({
  name: 'uk-nhs',
  type: 'UK_NHS',
  score: 0.2,
  context: ['nhs', 'patient', 'health'],
  signs: classSigns(digit, digit, digit, digit | blank | hyphen),
  // Ten digits in one, or three and then the sign that parts them.
  mayBegin: (text, at) => isIn(text, at + (isIn(text, at + 3, digit) ? 9 : 4), digit),
  forms: [
    { pattern: /\d{3}([ -])\d{3}\1\d{4}/y, judge: (value) => (isNhsNumber(digitsOf(value)) ? 'proven' : 'no') },
    { pattern: /\d{10}/y, judge: (value) => (isNhsNumber(value) ? 'likely' : 'no') },
  ],
  examples: {
    hidden: [
      ['NHS number 943 476 5919', 'NHS number <UK_NHS>'],
      ['NHS: 9434765919', 'NHS: <UK_NHS>'],
      ['943-476-5919', '<UK_NHS>'],
    ],
    kept: ['9434765919', 'NHS 943 476 5918', '1763800000', '111 111 1111'],
  },
})
