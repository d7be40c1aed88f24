import { blank, digit, dot, hyphen, isIn } from '../character.ts'
import { classSigns, digitsOf, recognizeForms, type Verdict } from '../formed.ts'

const words = ['ssn', 'ssns', 'social', 'socsec']

/** Social security numbers of the United States; those that are never given out count behind their word only, like the one of every example. */
export const usSsn = recognizeForms({
  name: 'us-ssn',
  type: 'US_SSN',
  score: 0.85,
  context: words,
  signs: classSigns(digit, digit, digit, digit | hyphen | blank | dot),
  // Nine digits in one, or three and then the sign that parts them.
  mayBegin: (text, at) => isIn(text, at + (isIn(text, at + 3, digit) ? 8 : 4), digit),
  forms: [
    { pattern: /\d{3}-\d{2}-\d{4}/y, judge: judgeGiven },
    { pattern: /\d{3}([ .])\d{2}\1\d{4}/y, score: 0.3, judge: judgeGiven },
    { pattern: /\d{3}[- ]\d{2}[- ]\d{4}/y, score: 0.1 },
    { pattern: /\d{9}/y, score: 0.05, judge: judgeGiven },
  ],
  examples: {
    hidden: [
      ['536-22-8726', '<US_SSN>'],
      ['SSN: 123-45-6789', 'SSN: <US_SSN>'],
      ['social security number is 536 22 8726', 'social security number is <US_SSN>'],
      ['ssn 536228726', 'ssn <US_SSN>'],
    ],
    kept: [
      '000-12-3456',
      '666-12-3456',
      '536-00-8726',
      '123-45-6789',
      '536 22 8726',
      '536228726',
      '2026-11-22',
      '1536-22-8726',
      '078-05-1120',
    ],
  },
})

/** Numbers of examples and of a wallet that was sold with one; all others of their areas are given out. */
const samples = new Set(['123456789', '078051120', '219099999', '987654321'])

function judgeGiven(value: string): Verdict {
  const digits = digitsOf(value)
  const isGiven = !/^(?:000|666|9)/.test(digits) && !/^\d{3}00/.test(digits) && !/0000$/.test(digits)
  return isGiven && !samples.has(digits) && !/^(\d)\1+$/.test(digits) ? 'likely' : 'no'
}
