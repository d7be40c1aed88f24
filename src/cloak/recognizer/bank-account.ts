import { capital, digit, isIn } from '../character.ts'
import { isRoutingNumber } from '../checksum.ts'
import { classSigns, digitsOf, recognizeForms, type Verdict } from '../formed.ts'

/** The countries that the code of a bank may name, so that words in capitals are mostly none. */
const countries =
  'AD|AE|AT|AU|BE|BG|BR|CA|CH|CN|CY|CZ|DE|DK|EE|ES|FI|FR|GB|GR|HK|HR|HU|IE|IL|IN|IS|IT|JP|KR|LI|LT|LU|LV|MC|MT|MX|NL|NO|NZ|PL|PT|RO|RU|SE|SG|SI|SK|TR|UA|US|ZA'

/** The shortest account numbers have so many. */
const digitsMin = 8

/** Routing numbers by their checksum, bank identifier codes, and account numbers, each with a word of banking before it. */
export const bankAccount = recognizeForms({
  name: 'bank-account',
  type: 'BANK_ACCOUNT',
  score: 0.2,
  context: [
    'routing',
    'aba',
    'bank',
    'wire',
    'swift',
    'bic',
    'rtn',
    'transit',
    'konto',
    'kontonummer',
    'blz',
    'bankleitzahl',
    'bankverbindung',
  ],
  anchors: ['account', 'acct', 'konto', 'kto', 'blz', 'bankleitzahl', 'ifsc', 'clabe', 'a/c', 'sort code', 'sortcode', 'bsb '],
  signs: [...classSigns(digit, digit, digit, digit), ...classSigns(capital, capital, capital, capital)],
  mayBegin: (text, at) => !isIn(text, at, digit) || isIn(text, at + digitsMin - 1, digit),
  forms: [
    {
      initials: 'bak',
      pattern:
        /(?:(?:bank[ \t-])?(?:account|acct)|a\/c|konto)\.?(?:[ _-]?(?:number|nummer|no|nr|num)\.?)?[ \t]{0,3}(?:is[ \t]|[:=#][ \t]{0,3}|[ \t])(?<value>\d{8,17})/iy,
      score: 0.85,
      isLabelled: true,
    },
    {
      initials: 'sb',
      pattern: /(?:sort[ -]?code|bsb)(?: is)?[ \t]{0,2}[:#]?[ \t]{0,3}(?<value>\d{2}[- ]?\d{2}[- ]?\d{2}|\d{3}-\d{3})/iy,
      score: 0.85,
      isLabelled: true,
    },
    {
      initials: 'k',
      pattern: /(?:konto|kto)\.?(?:[ -]?(?:nummer|nr|no)\.?)?[ \t]{0,2}[:=]?[ \t]{0,3}(?<value>\d{2,4}(?: \d{2,4}){1,4}|\d{5,17})/iy,
      judge: (value) => (digitsOf(value).length >= 5 ? 'likely' : 'no'),
      score: 0.85,
      isLabelled: true,
    },
    {
      initials: 'b',
      pattern: /(?:blz|bankleitzahl)(?: ist| lautet)?[ \t]{0,2}[:=]?[ \t]{0,3}(?<value>\d{3} ?\d{3} ?\d{2})/iy,
      score: 0.85,
      isLabelled: true,
    },
    { initials: 'ic', pattern: /(?:ifsc(?: code)?|clabe):?[ \t]{1,3}(?<value>[A-Z]{4}0[A-Z\d]{6}|\d{18})/iy, score: 0.85 },
    { initials: '0-9', pattern: /\d{9}[-/]\d{8,17}/y, score: 0.9, judge: judgePair },
    { initials: '0-9', pattern: /\d{9}/y, judge: judgeRouting },
    { initials: '0-9', pattern: /\d{8}/y, score: 0.05 },
    { initials: 'A-Z', pattern: new RegExp(`[A-Z]{4}(?:${countries})[A-Z0-9]{2}(?:[A-Z0-9]{3})?`, 'y') },
  ],
  examples: {
    hidden: [
      ['Routing: 021000021', 'Routing: <BANK_ACCOUNT>'],
      ['Account: 123456789012', 'Account: <BANK_ACCOUNT>'],
      ['account number is 12345678', 'account number is <BANK_ACCOUNT>'],
      ['SWIFT code: DEUTDEFF500', 'SWIFT code: <BANK_ACCOUNT>'],
      ['Kontonummer 532013000, BLZ 37040044', 'Kontonummer <BANK_ACCOUNT>, BLZ <BANK_ACCOUNT>'],
      ['BLZ 250 501 80, Kto. 1910396475.', 'BLZ <BANK_ACCOUNT>, Kto. <BANK_ACCOUNT>.'],
      ['Konto 191 0396 475', 'Konto <BANK_ACCOUNT>'],
      ['IFSC HDFC0001234', 'IFSC <BANK_ACCOUNT>'],
      ['sort code 40-22-17.', 'sort code <BANK_ACCOUNT>.'],
      ['021000021-123456789012', '<BANK_ACCOUNT>'],
    ],
    kept: [
      'The DATABASE is corrupted',
      'size 021000021',
      'account locked',
      'Konto 12',
      'konto: gesperrt',
      'BLZ fehlt',
      'pid 12345678',
      'sort code by name',
      'FEHLERDETAIL',
      'Routing: 021000022',
      'AccountId 1234',
    ],
  },
})

function judgeRouting(value: string): Verdict {
  return isRoutingNumber(value) ? 'likely' : 'no'
}

function judgePair(value: string): Verdict {
  return isRoutingNumber(digitsOf(value).slice(0, 9)) ? 'likely' : 'no'
}
