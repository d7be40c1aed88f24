import { base64Url, dot, isIn, isSign, runRight, word } from '../character.ts'
import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** JSON web tokens, signed or not, also cut off, and other JSON in base64, which tokens of tunnels and clusters are: the header alone begins with `eyJ` (`{"`), the payload holds the person. */
export const jwt: Recognizer = {
  name: 'jwt',
  type: 'JWT',
  score: 0.95,
  label: '<token>',
  anchors: ['eyj'],
  find: findJwt,
  examples: {
    hidden: [
      ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl_-x ok', 'jwt <token> ok'],
      ['eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.', '<token>'],
      ['eyJhbGciOiJIUzI1NiIsInR5', '<token>'],
      [`install eyJhIjoiTcKmwz9rDNFecC2XBndA/${'aB3+'.repeat(16)}= now`, 'install <token> now'],
      ['install eyJhIjoiMTIzNDU2NzgiLCJ0IjoiYWJjIn0= now', 'install <token> now'],
    ],
    kept: ['eyJ/x', 'eyJ', 'heyJude', 'keyJar.get', 'EYJafjallajokull'],
  },
}

const jwtReach = 16_384
const lengthMin = 16
/** JSON in base64 as it is usually written: long, where a path may follow a short word. */
const plain = /[\w+/-]{60,16384}/y
/** What base64 may end with; a value never follows it. */
const padding = /={1,2}(?![\w=])/y

function findJwt(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, word) || !text.startsWith('eyJ', at)) return none
  const urlEnd = runRight(text, at, base64Url | dot, jwtReach)
  const bareEnd = isSign(text, urlEnd, '+/') ? endAt(plain, text, at, urlEnd) : urlEnd
  const end = endAt(padding, text, bareEnd, bareEnd)
  return end - at >= lengthMin ? [{ start: at, end }] : none
}
