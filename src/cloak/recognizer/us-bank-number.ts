import { digit, isIn } from '../character.ts'
import { classSigns, recognizeForms } from '../formed.ts'

const digitsMin = 8

/** Account numbers of banks in the United States: any number of their length, so only behind a word of banking. */
export const usBankNumber = recognizeForms({
  name: 'us-bank-number',
  type: 'US_BANK_NUMBER',
  score: 0.05,
  context: ['bank', 'check', 'checking', 'savings', 'account', 'acct', 'debit', 'deposit'],
  signs: classSigns(digit, digit, digit, digit),
  mayBegin: (text, at) => isIn(text, at + digitsMin - 1, digit),
  forms: [{ pattern: /\d{8,17}/y }],
  examples: {
    hidden: [
      ['my bank account is 945456787654', 'my bank account is <US_BANK_NUMBER>'],
      ['checking 12345678', 'checking <US_BANK_NUMBER>'],
    ],
    kept: ['945456787654', 'in 12345678 bytes', 'bank 1234567', 'unchecked 12345678'],
  },
})
