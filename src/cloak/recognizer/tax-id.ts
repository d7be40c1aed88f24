import { digit, isIn, isSign, runRight } from '../character.ts'
import { isSteuerId } from '../checksum.ts'
import { classSigns, digitsOf, letterSigns, recognizeForms, type Verdict } from '../formed.ts'

/** Tax numbers: employer and individual ones of the United States, German ones of people and companies, and those of the value added tax. */
export const taxId = recognizeForms({
  name: 'tax-id',
  type: 'TAX_ID',
  score: 0.5,
  context: [
    ...['ein', 'tin', 'itin', 'tax', 'irs', 'fein', 'vat', 'w-9', '1099', 'taxpayer'],
    ...[
      'steuer',
      'steuernummer',
      'steuer-id',
      'steueridentifikationsnummer',
      'identifikationsnummer',
      'idnr',
      'ust-idnr',
      'ust-id',
      'umsatzsteuer',
    ],
  ],
  signs: [...classSigns(digit, digit), ...letterSigns(['de', 'gb', 'atu', 'che', 'fr', 'nl', 'it', 'be', 'es'], digit)],
  mayBegin,
  forms: [
    { initials: '9', pattern: /9\d\d-(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])-\d{4}/y, score: 0.9 },
    { initials: '0-9', pattern: /\d{2}-\d{7}/y },
    { initials: '0-9', pattern: /\d{2} ?\d{3} ?\d{3} ?\d{3}/y, score: 0.2, judge: judgePerson },
    { initials: '0-9', pattern: /\d{2,3}\/\d{3,4}\/\d{4,5}/y, score: 0.2 },
    { initials: 'DAGBINF', pattern: /DE ?\d{9}|ATU\d{8}|GB ?\d{9}|BE0\d{9}|IT\d{11}|NL\d{9}B\d{2}|FR\d{11}/y, score: 0.5 },
    { initials: '0-9', pattern: /\d{9}/y, score: 0.1 },
  ],
  examples: {
    hidden: [
      ['TAX ID 98-7654321', 'TAX ID <TAX_ID>'],
      ['98-7654321', '<TAX_ID>'],
      ['ITIN 912-70-1234', 'ITIN <TAX_ID>'],
      ['Steuer-ID 86095742719', 'Steuer-ID <TAX_ID>'],
      ['Steuernummer 93/815/08152', 'Steuernummer <TAX_ID>'],
      ['USt-IdNr. DE123456789', 'USt-IdNr. <TAX_ID>'],
      ['EIN 123456789', 'EIN <TAX_ID>'],
    ],
    kept: ['86095742719', '123456789', '1-7654321', '93/815/08152', '2026-1122334', 'tax is due', 'DE1234'],
  },
})

function judgePerson(value: string): Verdict {
  return isSteuerId(digitsOf(value)) ? 'likely' : 'no'
}

/** Matches `98-7`, `86 095`, `93/815`, and numbers of nine and eleven digits; must not match `12 files`, `2026`. */
function mayBegin(text: string, at: number): boolean {
  if (!isIn(text, at, digit)) return true
  const end = runRight(text, at, digit, 12)
  return end - at === 9 || end - at === 11 || (isSign(text, end, '-/ ') && isIn(text, end + 1, digit))
}
