import { blank, digit, hyphen } from '../character.ts'
import { isLuhn } from '../checksum.ts'
import { digitSigns, digitsOf, recognizeForms, type Verdict } from '../formed.ts'

/** Numbers that issuers give: American Express, Diners, Discover, JCB, Maestro, Mastercard, UnionPay and Visa by their first digits and length. */
const issued =
  /^(?:3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|6(?:011|4[4-9]\d|5\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|(?:5[0678]\d\d|6304|67\d\d)\d{12}|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|62\d{14}|4\d{12}(?:\d{3})?(?:\d{3})?)$/

/** Payment cards: as one number, in groups of four, and as American Express and Diners part theirs. */
export const creditCard = recognizeForms({
  name: 'credit-card',
  type: 'CREDIT_CARD',
  score: 1,
  signs: digitSigns('23456', digit, digit, digit, digit | blank | hyphen),
  forms: [
    { pattern: /\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}/y, judge: judgeCard },
    { pattern: /\d{4}([ -])\d{6}\1\d{4,5}/y, judge: judgeCard },
    { pattern: /\d{13,19}/y, judge: judgeCard },
  ],
  examples: {
    hidden: [
      ['paid with 4111 1111 1111 1111 today', 'paid with <CREDIT_CARD> today'],
      ['card 5500-0000-0000-0004.', 'card <CREDIT_CARD>.'],
      ['378282246310005', '<CREDIT_CARD>'],
      ['3782 822463 10005', '<CREDIT_CARD>'],
      ['6011111111111117', '<CREDIT_CARD>'],
    ],
    kept: [
      '4111 1111 1111 1112',
      '1763800000000',
      '20261122114042000',
      'id 4111111111111111a',
      '4111.1111.1111.1111',
      '0x4111111111111111',
      '4444444444444444',
    ],
  },
})

function judgeCard(value: string): Verdict {
  const digits = digitsOf(value)
  return issued.test(digits) && isLuhn(digits) && !/^(\d)\1+$/.test(digits) ? 'proven' : 'no'
}
