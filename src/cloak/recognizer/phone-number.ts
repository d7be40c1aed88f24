import { digit, isIn, isSign } from '../character.ts'
import { contextBefore } from '../context.ts'
import { beginsAlone, classSigns, digitsOf, endsAlone } from '../formed.ts'
import { isInternational, isNational } from '../phone-plan.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

const words = [
  ...['phone', 'telephone', 'tel', 'cell', 'mobile', 'call', 'fax', 'sms', 'whatsapp', 'dial', 'ring', 'hotline'],
  ...['telefon', 'telefonnummer', 'handy', 'handynummer', 'mobil', 'rufnummer', 'durchwahl', 'anrufen', 'rückruf'],
]

/** Telephone numbers in the plan of their country: with `+`, and without where they are written like one or a word speaks of one. */
export const phoneNumber: Recognizer = {
  name: 'phone-number',
  type: 'PHONE_NUMBER',
  label: '<PHONE_NUMBER>',
  score: 0.1,
  context: words,
  anchors: [],
  signs: [{ sign: '+', after: [digit] }, { sign: '(', after: [digit] }, { sign: '(+', after: [digit] }, ...classSigns(digit, digit)],
  find: findPhone,
  examples: {
    hidden: [
      ['Call +1 (212) 555-0123.', 'Call <PHONE_NUMBER>.'],
      ['020 7946 0958', '<PHONE_NUMBER>'],
      ['+49 30 901820, or', '<PHONE_NUMBER>, or'],
      ['+33 1 42 68 53 00', '<PHONE_NUMBER>'],
      ['(212) 555-0123', '<PHONE_NUMBER>'],
      ['212-555-0123', '<PHONE_NUMBER>'],
      ['Tel. 030/901820', 'Tel. <PHONE_NUMBER>'],
      ['mobile 2125550123', 'mobile <PHONE_NUMBER>'],
    ],
    kept: [
      '2125550123',
      '2026-11-22 11:40',
      '10.0.0.5',
      '1.2.3.4567',
      '00:1f.2',
      '0123456789',
      '+1 2',
      '1763800000',
      'total 1024 2048 4096',
      '0 0 0 0 0 0 0 0',
      '100 200 300 400',
      '[   12.345678]',
      '01-02-2024',
    ],
  },
}

/** Digits with what parts them, one sign at a time but for brackets: matches `+1 (212) 555-0123`, `030/901820`. */
const candidate = /(?:\+|\(\+?)?(?:\d(?:[ \u00a0]?[-./()\u2013][ ]?(?=[\d(])\(?|[ \u00a0](?=[\d(])\(?)?){7,18}/y
const digitsMin = 7
const digitsMax = 15
const score = { international: 0.75, written: 0.5, parted: 0.2, bare: 0.05 }

function findPhone(text: string, at: number): readonly Match[] {
  if (!hasDigits(text, at) || !beginsAlone(text, at)) return none
  candidate.lastIndex = at
  const value = (candidate.exec(text)?.[0] ?? '').replace(/[^\d)]+$/, '')
  const digits = digitsOf(value).length
  if (digits < digitsMin || digits > digitsMax || !endsAlone(text, at + value.length) || !isBalanced(value)) return none
  const sure = scoreOf(value, () => contextBefore(text, at, words) !== undefined)
  return sure === undefined ? none : [{ start: at, end: at + value.length, score: sure }]
}

/** Tells nearly all numbers from those that are long enough, without the pattern. */
function hasDigits(text: string, at: number): boolean {
  let digits = 0
  for (let index = at; digits < digitsMin; index += 1) {
    if (isIn(text, index, digit)) digits += 1
    else if (!isSign(text, index, ' -./()+\u00a0\u2013')) return false
  }
  return true
}

/** The plan is asked last, since that costs more than everything before it; unless a number is written like one, only where a word speaks of one. */
function scoreOf(value: string, isCalledPhone: () => boolean): number | undefined {
  if (/^\(?\+/.test(value)) return isInternational(value) ? score.international : undefined
  const isLike = isWritten(value)
  if (isOther(value) || !(isLike || isCalledPhone()) || !isNational(value)) return undefined
  if (isLike) return score.written
  return /^\d+$/.test(value) ? score.bare : score.parted
}

/** A code in brackets, the 3-3-4 of North America, or a 0 before a group of some length. */
function isWritten(value: string): boolean {
  return (
    /^\(\d{2,5}\)/.test(value) ||
    /^[2-9]\d{2}([-. ])[2-9]\d{2}\1\d{4}$/.test(value) ||
    /^0\d{1,5}(?:[ /-]| - )\d{2,}(?:[ -]?\d{2,})*$/.test(value)
  )
}

/** Dates, addresses and versions, and columns of numbers, which tell nothing by being in a plan. */
function isOther(value: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}|^\d{1,2}([-./])\d{1,2}\1\d{2,4}$|^\d{1,3}(?:\.\d{1,4}){3,}$|^\d+\.\d+$/.test(value) ||
    /^(\d{1,4})(?: \1)+$/.test(value)
  )
}

function isBalanced(value: string): boolean {
  return value.split('(').length === value.split(')').length && value.indexOf('(') <= value.indexOf(')')
}
