import { alphanumeric, blank, foreign, isIn, isSign, letter, runLeft } from '../character.ts'
import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isOneOf, isWordAt, makeWordSet } from '../word-set.ts'

/** Short numbers and codes that let somebody in: PIN, TAN, codes of doors, of a second factor and for its loss, the check number of a card. Many other things are called codes. */
export const accessCode: Recognizer = {
  name: 'access-code',
  type: 'PASSWORD',
  isWeighed: true,
  label: '<secret>',
  anchors: [
    ...['pin ', 'pin:', 'pin=', 'tan ', 'tan:', 'cvv', 'cvc', 'otp ', 'otp:', 'passcode', 'puk ', 'puk:', 'entsperrcode'],
    ...[
      'code is',
      'code ist ',

      'pin ',
      ' is your ',
      ' ist ihr ',
      ' ist dein ',
      'otp',
      'code lautet',
      'code: ',
      'code:\n',
      'codes ',
      'codes:',
      'phrase is ',
      'phrase: ',
      'mnemonic',
    ],
  ],
  signs: [{ sign: 'code ', after: [alphanumeric | foreign] }],
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
      ['Key safe code at Flat 3, 12 Close, is 4471.', 'Key safe code at Flat 3, 12 Close, is <secret>.'],
      ['der Code am Hoftor: 4471', 'der Code am Hoftor: <secret>'],
      ['gate code 4471#', 'gate code <secret>'],
      ['PIN 4471', 'PIN <secret>'],
      ['sign with the code poro-poro-9 at', 'sign with the code <secret> at'],
      ['use code 834 221 to verify', 'use code <secret> to verify'],
      ['834221 is your verification code', '<secret> is your verification code'],
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
      'the code of error 12 was null',
      'the code 1045 was returned',
      'exit code 12345',
      'PIN 12',
      'spin 12345 times',
      '4040 is your port',
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
/** Further on in the sentence, and with nothing between: `door code at Flat 3 is 4471`, `der Code am Hoftor: 4471`, `gate code 4471#`, `use code 834 221`. */
const farCode = new RegExp(
  `(?:(?<=(?<!\\p{L})(?:${kinds}|safe|lock|tresor|schlüssel|key safe|lockbox|house|garage|haus|voicemail)[ -]?)|(?<=\\b(?:the|der|your|my|ihr|dein|mein|den) ))code (?:at|for|to|on|of|in|für|zum|zur|am|vom|im|beim|an|der|des) [^\\n.;:=?]{2,64}?(?:,? (?:is|ist|lautet|war|was)|:)[ \\t]{1,3}(?=${digits})`,
  'iuy',
)
const bareCode = new RegExp(
  `(?:(?<=(?<!\\p{L})(?:${kinds}|safe|lock|tresor)[ -]?)code[ \\t]{1,2}(?=${digits})|(?<=\\b(?:your|ihr|dein|use|using|enter|the|with the|mit dem|den) )code(?: is| ist| lautet)?:?[ \\t]{1,2}(?=\\d{5,8}(?![\\w.-])|\\d{3}[- ]\\d{3}(?![\\w-])|(?=[^\\s]{0,24}\\d)[a-z]{3,12}(?:-[a-z\\d]{1,12}){2,4}(?![\\w-])))`,
  'iuy',
)
const bareCodeValue = new RegExp(`[a-z]{3,12}(?:-[a-z\\d]{1,12}){2,4}|${digits}`, 'iy')
/** The word in capitals tells enough: matches `PIN 4471`, `OTP 834221`; must not match `pin 1024`. */
const capitalNumber = /(?:m?TAN|PIN|PUK|OTP)[ \t]{1,2}(?=\d{4,8}(?![\w.-]|[ \t](?:is|are|has)\b))/y
/** `834221 is your code`: the number stands before. */
const before = /(?:^|[\s"'(-])(\d{4,8}|\d{3}[- ]\d{3})$/d
const isYours = / (?:is your|ist ihr|ist dein) [^\n.]{0,40}?(?:code|pin|otp|passcode|tan|password|passwort|kennwort)(?![a-z])/iy

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
  if (text[at] === ' ') return findBefore(text, at)
  if (isSign(text, at, 'cC') && isIn(text, at + 1, letter) && isWordAt(text, at, 'code') && isOfProgram(text, at)) return none
  for (const [label, form, isWhole] of isSign(text, at, 'cC')
    ? codes
    : isSign(text, at, 'pP')
      ? [...numbers, phrases]
      : isSign(text, at, 'mM')
        ? [phrases]
        : numbers) {
    if (isWhole && isIn(text, at - 1, letter)) continue
    const start = endAt(label, text, at)
    if (start >= 0) return [{ start, end: endAt(form, text, start, start) }]
  }
  return findSpares(text, at)
}

type Labelled = readonly [label: RegExp, form: RegExp, isWhole: boolean]
const phrases: Labelled = [phrase, words, false]
const numbers: readonly Labelled[] = [
  [number, value, true],
  [capitalNumber, value, true],
]
const codes: readonly Labelled[] = [
  [cardCheck, value, true],
  [code, codeValue, false],
  [farCode, value, false],
  [bareCode, bareCodeValue, false],
]

/** What programs end or answer with, and what they are made of. */
const ofPrograms = makeWordSet(
  'exit status error return http response result rc source byte machine op zip area country post postal qr bar'.split(' '),
)

function isOfProgram(text: string, at: number): boolean {
  const wordEnd = isIn(text, at - 1, blank) ? at - 1 : -1
  return wordEnd > 0 && isOneOf(ofPrograms, text, runLeft(text, wordEnd, letter, ofPrograms.lengthMax + 1), wordEnd)
}

function findBefore(text: string, at: number): readonly Match[] {
  const from = Math.max(0, at - 12)
  const place = endAt(isYours, text, at) < 0 ? undefined : before.exec(text.slice(from, at))?.indices?.[1]
  return place === undefined ? none : [{ start: from + place[0], end: from + place[1] }]
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
