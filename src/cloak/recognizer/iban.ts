import isIBAN, { locales } from 'validator/es/lib/isIBAN'
import { digit } from '../character.ts'
import { beginsAlone, digitsOf, endsAlone, letterSigns } from '../formed.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** International bank account numbers, by country, layout and check digits (ISO 13616); grouped or not. One with a wrong digit counts behind its word. */
export const iban: Recognizer = {
  name: 'iban',
  type: 'IBAN_CODE',
  label: '<IBAN_CODE>',
  score: 0.1,
  context: ['iban', 'account', 'konto', 'kontonummer', 'bankverbindung'],
  anchors: [],
  signs: letterSigns(
    locales.map((country) => country.toLowerCase()),
    digit,
    digit,
  ),
  find: findIban,
  examples: {
    hidden: [
      ['IBAN DE89 3704 0044 0532 0130 00 please', 'IBAN <IBAN_CODE> please'],
      ['GB29NWBK60161331926819', '<IBAN_CODE>'],
      ['pay to DE89370400440532013000, thanks', 'pay to <IBAN_CODE>, thanks'],
      ['IBAN: DE89 3704 0044 0532 0130 01', 'IBAN: <IBAN_CODE>'],
    ],
    kept: ['DE89 3704 0044 0532 0130 01', 'GB29NWBK60161331926818', 'de-DE89', 'sha DE8937040044053201300', 'ES2022'],
  },
}

/** Capital letters and digits as they are or in groups parted by one sign. */
const grouped = /[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){10,34}/y
const lengthMin = 15
const lengthMax = 34

/** The longest piece that is one counts, so that a word behind it takes nothing away. */
function findIban(text: string, at: number): readonly Match[] {
  if (!beginsAlone(text, at)) return none
  grouped.lastIndex = at
  const run = grouped.exec(text)?.[0] ?? ''
  for (let end = run.length; end >= lengthMin; end -= 1) {
    const value = run.slice(0, end)
    if (/[ -]$/.test(value) || value.replace(/[ -]/g, '').length > lengthMax || !endsAlone(text, at + end)) continue
    if (isIBAN(value)) return [{ start: at, end: at + end, isProven: true }]
  }
  return isLikely(run) && endsAlone(text, at + run.length) ? [{ start: at, end: at + run.length }] : none
}

/** More digits than letters, so that no word passes for a number whose check digits are wrong. */
function isLikely(run: string): boolean {
  return run.length >= lengthMin && digitsOf(run).length >= 12
}
