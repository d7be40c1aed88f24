import { isIn, letter } from '../character.ts'
import { endAt } from '../pattern.ts'
import type { Match, Recognizer } from '../recognizer.ts'

/** Short numbers and codes that let somebody in: PIN, TAN, codes of doors, of a second factor and for its loss, the check number of a card. Many other things are called codes. */
export const accessCode: Recognizer = {
  name: 'access-code',
  type: 'PASSWORD',
  label: '<secret>',
  anchors: [
    ...['pin ', 'pin:', 'pin=', 'tan ', 'tan:', 'cvv', 'cvc', 'otp ', 'otp:', 'passcode', 'puk ', 'puk:', 'entsperrcode'],
    ...['code is', 'code ist ', 'code lautet', 'code: ', 'code:\n', 'codes ', 'codes:', 'phrase is ', 'phrase: ', 'mnemonic'],
  ],
  find: findAccessCode,
  examples: {
    hidden: [
      ['PIN ist 512662', 'PIN ist <secret>'],
      ['the pin for the safe is 4711', 'the pin for the safe is <secret>'],
      ['Die PIN der Karte lautet 4711.', 'Die PIN der Karte lautet <secret>.'],
      ['PUK: 12345678', 'PUK: <secret>'],
      ['my pin: 1112 and', 'my pin: <secret> and'],
      ['your verification code is 400276.', 'your verification code is <secret>.'],
      ['the door code is 66998#', 'the door code is <secret>'],
      ['123-456 is not it, security code: 123-456', '123-456 is not it, security code: <secret>'],
      ['Ihr TAN-Code: 064525', 'Ihr TAN-Code: <secret>'],
      ['Zugangscode: kR7vTq2Lm9', 'Zugangscode: <secret>'],
      ['Der Türcode lautet 4711', 'Der Türcode lautet <secret>'],
      ['exp 09/29, cvv 139', 'exp 09/29, cvv <secret>'],
      ['backup codes: 3593 2495, 5300 6412, 3824 8339', 'backup codes: <secret>, <secret>, <secret>'],
      ['Save these recovery codes:\n  a1b2c-d3e4f\n  0f9e8-d7c6b\nDone', 'Save these recovery codes:\n  <secret>\n  <secret>\nDone'],
      ['seed phrase is river lamp orbit mango spoon velvet tiger canoe picnic ladder sunset army ok', 'seed phrase is <secret> ok'],
    ],
    kept: [
      'pin 14 is missing',
      'pin: 14',
      'exit code 1000',
      'error code: 1045',
      'status code is 4040',
      'spin 123456',
      'return code: 4711',
      'setup code: 0x80070005',
      'auth code: E401',
      'tan(1234)',
      'codes: 1000, 2000',
      'exit codes: 100 200',
      'the code is 1234 lines long',
      'no recovery codes',
      'country code: 0049',
      'security code review',
      'recovery codes: none',
      'to pin 12345 packages',
    ],
  },
}

const digits = '(?:\\d{4,8}(?:[*#](?!\\w))?|\\d{3}[- ]\\d{3})(?![\\w-]|\\.\\w|[ \\t]\\w+s\\b)'
/** Letters and digits, of more than the number of an error: matches `kR7vTq2L`, `AB12-CD34`; must not match `0x80070005`, `E401`. */
const mixed =
  '(?!0x|[A-Z]{1,4}-?\\d{1,4}(?!\\w))(?=[a-zA-Z-]{0,31}\\d)(?=[\\d-]{0,31}[a-zA-Z])[a-zA-Z\\d]{4,16}(?:-[a-zA-Z\\d]{4,16}){0,7}(?![\\w.])'
/** What kinds of codes let somebody in. */
const kinds =
  'verification|confirmation|security|access|door|gate|entry|alarm|activation|unlock|pairing|setup|one-time|single-use|login|sign-in|auth(?:entication)?|2fa|mfa|sms|tan|pin' +
  '|tür|tor|zugangs|zutritts|sicherheits|bestätigungs|freischalt|aktivierungs|einmal|alarm|kopplungs'
const code = new RegExp(`(?<=(?<!\\p{L})(?:${kinds})[ -]?)code(?: is:?| ist:?| lautet:?|:)[ \\t\\n]{1,4}(?=${digits}|${mixed})`, 'iuy')
const number = new RegExp(
  `(?:pin|puk|tan|otp|passcode|entsperrcode)(?:(?: (?:for|to|of|für|der|des|vom|zum|zur|am|im) (?:[\\p{L}-]{1,24} ){0,2}[\\p{L}-]{1,24})?(?: is| ist| lautet| war| was):?|[:=])[ \\t]{0,4}(?=${digits})`,
  'iuy',
)
const cardCheck = /cv[vc]2?(?:[- ]?(?:code|number|nr\.?))?(?: is| ist)?[ \t]{0,2}[:=]?[ \t]{0,4}(?=\d{3,4}(?!\w))/iy
const codeValue = new RegExp(`${digits}|${mixed}`, 'y')
const value = new RegExp(`${digits}|\\d{3,4}`, 'y')

const spares =
  /(?<=(?:recovery|backup|2fa|scratch|emergency|reserve|wiederherstellungs|notfall|ersatz|einmal)[ -]?)codes?[^\n:]{0,80}:[ \t]*/iy
/** Behind the label codes follow, beside or below one another: matches ` a1b2c-d3e4f`, `\n 2. 3593 2495`; each holds a digit. */
const nextCode =
  /[\s,;|]{0,8}(?:(?:\d{1,2}[.)]|[-*•])[ \t]{1,4})?((?=[^\s,;|]{0,16}\d|\S{4,8} \d)[A-Za-z\d]{4,10}(?:[- ](?=[A-Za-z]{0,9}\d)[A-Za-z\d]{4,10}|-[A-Za-z\d]{4,10}){0,3})(?![\w.:/-])/dy
const sparesMax = 24

const phrase =
  /(?<=(?:seed|recovery|mnemonic|backup|wiederherstellungs)[ -]?)phrase(?: is:?| ist:?| lautet:?|:)[ \t\n"']{1,4}(?=(?:[a-z]{3,8} ){11})|mnemonic["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?=(?:[a-z]{3,8} ){11})/iy
const words = /[a-z]{3,8}(?: [a-z]{3,8}){11}(?:(?: [a-z]{3,8}){12})?/iy

function findAccessCode(text: string, at: number): readonly Match[] {
  for (const [label, form] of [
    [number, value],
    [cardCheck, value],
    [code, codeValue],
    [phrase, words],
  ] as const) {
    if (label !== code && label !== phrase && isIn(text, at - 1, letter)) continue
    const start = endAt(label, text, at)
    if (start >= 0) return [{ start, end: endAt(form, text, start, start) }]
  }
  return findSpares(text, at)
}

function findSpares(text: string, at: number): readonly Match[] {
  const matches: Match[] = []
  for (let from = endAt(spares, text, at); from >= 0 && matches.length < sparesMax; from = nextCode.lastIndex) {
    nextCode.lastIndex = from
    const place = nextCode.exec(text)?.indices?.[1]
    if (place === undefined) break
    matches.push({ start: place[0], end: place[1] })
  }
  return matches
}
