import { isIn, letter } from '../character.ts'
import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { readValue } from '../value.ts'

/** Passwords that people tell one another (`pw is x`, `Passwort lautet x`, `pass x`): only what is no word of the sentence. */
export const spokenSecret: Recognizer = {
  name: 'spoken-secret',
  type: 'PASSWORD',
  label: '<secret>',
  anchors: ['passw', 'pass ', 'passphrase ', 'kennwort', 'pw ', 'pw:', 'pw=', 'token is ', 'api key is ', 'psk '],
  find: findSpokenSecret,
  examples: {
    hidden: [
      ['token is AbCd1234', 'token is <secret>'],
      ['Ihr Einmalkennwort lautet: Xq7-mmT2', 'Ihr Einmalkennwort lautet: <secret>'],
      ['Kennwort lautet Moin-7', 'Kennwort lautet <secret>'],
      ['my box, pass letmein99', 'my box, pass <secret>'],
      ['pw is Tr0ub4dor, thanks', 'pw is <secret>, thanks'],
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
    ],
  },
}

const password = 'pass(?:wor[dt]|wd|phrase)?|kennwort|psk'
const told = new RegExp(
  `(?:${password}|pw|(?:token|api[_ -]?key)(?= \\w{2,7} [^\\s\\d]{0,64}\\d)) (?:is|ist|lautet)(?: now| jetzt)?:?[ \\t]{1,4}|(?<![a-z_.])pw(?:=|:[ \\t]{1,4})`,
  'iy',
)
const named = new RegExp(`(?:${password}|pw)[ \\t]{1,4}(?=[^\\s,;.]{6,64}[,;.)]{0,2}(?:\\s|$))`, 'iy')

function findSpokenSecret(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, letter) && !/^(?:kenn|pass)wort/i.test(text.slice(at, at + 8))) return none // `Einmalkennwort`.
  return [...findTold(text, at), ...findNamed(text, at)]
}

/** `the password is hunter2`: in a sentence, what is no word of it. */
function findTold(text: string, at: number): readonly Match[] {
  const start = endAt(told, text, at)
  const value = start < 0 ? undefined : readValue(text, start)
  if (!value) return none
  const length = text.slice(value.start, value.end).replace(/[.:?]+$/, '').length
  const end = value.start + length
  return isNoWord(text.slice(value.start, end)) && !/^[ \t]\w/.test(text.slice(end, end + 2)) ? [{ start: value.start, end }] : none
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

/** Matches `hunter2`, `EisMitSahne`, `a!b`; must not match `required`, `Required`, `base64-encoded`. */
function isNoWord(value: string): boolean {
  if (value.length < 5 || /^<|[[({]|encod|hash|encrypt/i.test(value)) return false
  return /\d/.test(value) || /[a-zß-ÿ][A-Z]/.test(value) || /[^\p{L}\d.,'’-]/u.test(value)
}
