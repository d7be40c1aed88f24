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
  anchors: [
    ...[
      'st.-nr',
      'st.nr',
      'stnr',
      'st-nr',
      'steuer',
      'vat ',
      'vat:',
      'ust',
      'mwst',
      'p.iva',
      'p. iva',
      'partita iva',
      'nif',
      'cif',
      'utr',
      'abn',
      'tfn',
    ],
    ...['siret', 'siren', 'tax ', 'btw', 'tva', 'bsn', 'codice fiscale', 'gstin', 'pesel', 'taxpayer'],
  ],
  signs: [...classSigns(digit, digit), ...letterSigns(['che-', 'de', 'gb', 'atu', 'che', 'fr', 'nl', 'it', 'be', 'es'], digit)],
  mayBegin,
  forms: [
    { initials: '9', pattern: /9\d\d-(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])-\d{4}/y, score: 0.9 },
    { initials: '0-9', pattern: /\d{2}-\d{7}/y },
    { initials: '0-9', pattern: /\d{2} ?\d{3} ?\d{3} ?\d{3}/y, score: 0.2, judge: judgePerson },
    { initials: '0-9', pattern: /\d{2,3}\/\d{3,4}\/\d{4,5}/y, score: 0.2 },
    { initials: 'DAGBINF', pattern: /DE ?\d{9}|ATU\d{8}|GB ?\d{9}|BE0\d{9}|IT\d{11}|NL\d{9}B\d{2}|FR\d{11}/y, score: 0.5 },
    { initials: '0-9', pattern: /\d{9}/y, score: 0.1 },
    {
      initials: 'svumpncatbgSVUMPNCATBG',
      pattern:
        /(?:(?i:st\.?-?nr\.?|steuer(?:nummer|-?nr\.?|-?id(?:nr\.?)?|identifikationsnummer)|(?:vat|gst|tax|btw|tva|mwst|ust|abn|tfn|utr|nif|cif|bsn|pesel|siren|siret|gstin|taxpayer|p\. ?iva|partita iva|codice fiscale)(?:[ -]?(?:reg(?:istration)?|ref(?:erence)?|file|id(?:nr|entification)?|no|nr|number|nummer)\.?){0,3})(?: (?:is|ist|lautet))?[ \t]{0,3}[:=#]?[ \t]{0,3})(?<value>(?=[A-Z]{0,6}[ -]?\d)[A-Z\d]{1,17}(?:[ ./-][A-Z\d]{1,11}){0,5})/y,
      judge: (value) => (digitsOf(value).length >= 7 && !/^\d{1,2}\.\d{1,2}\.\d{4}$/.test(value) ? 'likely' : 'no'),
      score: 0.85,
      isLabelled: true,
    },
    { initials: 'C', pattern: /CHE[- ]?\d{3}\.\d{3}\.\d{3}/y, score: 0.85 },
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
      ['St.-Nr. 93/815/08152', 'St.-Nr. <TAX_ID>'],
      ['VAT no. GB 123 4567 82', 'VAT no. <TAX_ID>'],
      ['VAT reg no IE6388047V', 'VAT reg no <TAX_ID>'],
      ['P.IVA 07643520567', 'P.IVA <TAX_ID>'],
      ['UTR: 12345 67890', 'UTR: <TAX_ID>'],
      ['CHE-123.456.788 MWST', '<TAX_ID> MWST'],
    ],
    kept: [
      '86095742719',
      '123456789',
      '1-7654321',
      '93/815/08152',
      '2026-1122334',
      'tax is due',
      'DE1234',
      'VAT 19 %',
      'tax 2024',
      'Steuer 12.05.2024',
      'custom 1234567',
    ],
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
