import { isIn, isSign, letter } from '../character.ts'
import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { readValue } from '../value.ts'

/** Passwords that people tell one another (`pw is x`, `Passwort lautet x`, `pass x`): only what is no word of the sentence. */
export const spokenSecret: Recognizer = {
  name: 'spoken-secret',
  type: 'PASSWORD',
  label: '<secret>',
  anchors: ['passw', 'pass ', 'passphrase ', 'kennwort', 'pw ', 'pw:', 'pw=', 'token is ', 'token ', 'api key is ', 'psk '],
  find: findSpokenSecret,
  examples: {
    hidden: [
      ['token is AbCd1234', 'token is <secret>'],
      ['Ihr Einmalkennwort lautet: Xq7-mmT2', 'Ihr Einmalkennwort lautet: <secret>'],
      ['Kennwort lautet Moin-7', 'Kennwort lautet <secret>'],
      ['my box, pass letmein99', 'my box, pass <secret>'],
      ['pw is Tr0ub4dor, thanks', 'pw is <secret>, thanks'],
      ['password is Tr0ub4dor for now', 'password is <secret> for now'],
      ['password changed to Tr0ub!4dor — sorry', 'password changed to <secret> — sorry'],
      ['the passphrase is "nine purple bikes at dawn"', 'the passphrase is "<secret>"'],
      ['setup token qQx11Oun21l/vpX2LR51Pg79hEQ+afHA=', 'setup token <secret>'],
    ],
    kept: [
      'the password is base64-encoded',
      'your password is too short, it is wrong',
      'Passwort ist erforderlich',
      'then token is FlowScalar | FlowMap',
      'pw: Optional[str] = None',
      'self.pw = pw',
      "user, pw = auth.split(':', 1)",
      'the password bcrypt2, or none',
      'password v2.1.10',
      'tests pass in 12ms',
      'password test2 failed',
      'the password is base64 encoded',
      'password set to never expire',
      'token refreshed for the user',
      'the token com.example.service.TokenProvider2',
      'token src/lib/auth/Token2Provider.test',
    ],
  },
}

const password = 'pass(?:wor[dt]|wd|phrase)?|kennwort|psk'
const told = new RegExp(
  `(?:${password}|pw|(?:token|api[_ -]?key)(?= \\w{2,7} [^\\s\\d]{0,64}\\d)) (?:(?:is|ist|lautet|was|war|will be|wird)(?: now| jetzt| doch| nun)?|(?:(?:was|is|wurde) )?(?:changed|reset|set|updated|geändert) (?:to|auf|in)):?[ \\t]{1,4}|(?<![a-z_.])pw(?:=|:[ \\t]{1,4}|[ \\t]=[ \\t](?=["']))`,
  'iy',
)
const named = new RegExp(`(?:${password}|pw)[ \\t]{1,4}(?=[^\\s,;.]{6,64}[,;.)]{0,2}(?:\\s|$))`, 'iy')

function findSpokenSecret(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, letter) && !/^(?:kenn|pass)wort/i.test(text.slice(at, at + 8))) return none // `Einmalkennwort`.
  return [...findTold(text, at), ...findNamed(text, at), ...findToken(text, at)]
}

/** `the password is hunter2`: in a sentence, what is no word of it. */
function findTold(text: string, at: number): readonly Match[] {
  const start = endAt(told, text, at)
  const value = start < 0 ? undefined : readValue(text, start)
  if (!value) return none
  const said = text.slice(value.start, value.end).replace(/[.:?]+$/, '')
  const end = value.start + said.length
  const isLast = !/^[ \t]\w/.test(text.slice(end, end + 2))
  return (isLast ? isNoWord(said) || isQuotedPhrase(text, value.start, said) : isStrong(said)) ? [{ start: value.start, end }] : none
}

/** `setup token ptr_…`: a long word of small letters, capitals and digits, behind a blank alone. */
const token =
  /token[ \t]+(?=[\w+/=.~-]{20})(?=[^\s]{0,128}\d)(?=[^\s]{0,128}[a-z])(?=[^\s]{0,128}[A-Z])([\w+/=.~-]{20,4096})(?=[\s"'`,;)]|$)/dy

function findToken(text: string, at: number): readonly Match[] {
  token.lastIndex = at
  const place = token.exec(text)?.indices?.[1]
  return place === undefined || /[\w-]\.[a-z]{2,4}$|^\/|\w\/\w+\/\w|^[a-z]+(?:\.\w+)+$/.test(text.slice(...place))
    ? none
    : [{ start: place[0], end: place[1], type: 'API_KEY' }]
}

/** `password hunter2`, which ends a line or a part of a sentence: only what has letters and digits, and is no version and no algorithm. */
function findNamed(text: string, at: number): readonly Match[] {
  const start = endAt(named, text, at)
  const value = start < 0 ? undefined : readValue(text, start)
  if (!value) return none
  const end = value.start + text.slice(value.start, value.end).replace(/[.)]+$/, '').length
  const isSecret = /^(?!v?\d[\d.]*$|.*(?:sha|md5|argon|bcrypt|pbkdf|base\d|utf|rfc|http|id$|<))(?=.*\d)(?=.*\p{L})[^/=\\$(]+$/iu.test(
    text.slice(value.start, end),
  )
  return isSecret && /^[,;.)]{0,2}(?:\s*\n|\s*$|[,;.)])/.test(text.slice(end, end + 8)) ? [{ start: value.start, end }] : none
}

function isQuotedPhrase(text: string, start: number, said: string): boolean {
  return isSign(text, start - 1, '"\'`“„') && /^\p{L}+(?: \p{L}+){2,11}$/u.test(said)
}

/** Whether it can be no word, whatever follows: matches `roNXQF6Lw9`, must not match `base64`, `OAuth2`, `12345678`. */
function isStrong(value: string): boolean {
  return (
    value.length >= 8 &&
    isNoWord(value) &&
    /\d/.test(value) &&
    /\p{L}/u.test(value) &&
    !/^(?:sha|md\d|base|aes|rsa|utf|oauth|argon|bcrypt|pbkdf|scram|ed25519|x509|v?\d+\.)/i.test(value)
  )
}

/** Matches `hunter2`, `EisMitSahne`, `a!b`; must not match `required`, `Required`, `base64-encoded`. */
function isNoWord(value: string): boolean {
  if (value.length < 5 || /^<|[[({]|encod|hash|encrypt/i.test(value)) return false
  return /\d/.test(value) || /[a-zß-ÿ][A-Z]/.test(value) || /[^\p{L}\d.,'’-]/u.test(value)
}
