import { isIn, isSign, letter } from '../character.ts'
import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { readValue } from '../value.ts'

/** Passwords that people tell one another (`pw is x`, `Passwort lautet x`, `pass x`): only what is no word of the sentence. */
export const spokenSecret: Recognizer = {
  name: 'spoken-secret',
  type: 'PASSWORD',
  isWeighed: true,
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
      ["what's the wifi password?\nOda: it's Blaubeere_77, ok", "what's the wifi password?\nOda: it's <secret>, ok"],
      ['wie war das Passwort nochmal?\nJan: immer noch Moin-7', 'wie war das Passwort nochmal?\nJan: immer noch <secret>'],
      ['passwort war doch hundekuchen oder?', 'passwort war doch <secret> oder?'],
      ['the password was hunter, right?', 'the password was <secret>, right?'],
      ['password has been set to Tulpe-2024', 'password has been set to <secret>'],
      ['Das Passwort wurde auf Kirsche!12 geändert', 'Das Passwort wurde auf <secret> geändert'],
      ['Das Kennwort für den Benutzer admin ist Apfel_31', 'Das Kennwort für den Benutzer admin ist <secret>'],
      ['das pw fürs NAS: geheim123', 'das pw fürs NAS: <secret>'],
      ['pw for the box = geheim123', 'pw for the box = <secret>'],
      ['the password (Tr0ub4dor&3)', 'the password (<secret>)'],
      ['try Tr0ub4dor&3 as the password', 'try <secret> as the password'],
      ['Passwort Tr0ub4dor&3 geht nicht', 'Passwort <secret> geht nicht'],
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
      'uses bcrypt2 as the password hash',
      'password for the database: see README.md',
      'password for user1 is required',
      'passwords (base64)',
      'Unpacking passwd (1:4.13+dfsg1-1) over',
      'try this as the password',
      'did you change the password?\nJan: yes, yesterday at 10:30',
      'passwort ist falsch oder?',
      'the password is wrong, right?',
      'password?\nJan: see https://localhost/x1',
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
  `(?:${password}|pw|(?:token|api[_ -]?key)(?= \\w{2,7} [^\\s\\d]{0,64}\\d)) (?:(?:is|ist|lautet|was|war|will be|wird)(?: now| jetzt| doch| nun)?|(?:(?:was|is|has been|wurde) )?(?:(?:now )?(?:changed|reset|set|updated|geändert|gesetzt|zurückgesetzt) (?:to|auf|in))|wurde (?:auf|in|zu)):?[ \\t]{1,4}|(?<![a-z_.])pw(?:=|:[ \\t]{1,4}|[ \\t]=[ \\t](?=["']))`,
  'iy',
)
/** Whom or what it is for stands between: `pw fürs NAS: x`, `Kennwort für den Benutzer admin ist x`. */
const toldFor = new RegExp(
  `(?:${password}|pw|code) (?:for|für|fürs|of|to|vom|von|zum|zur|bei|on|auf|am|im|de[rsmn]) (?:[^\\s:=]{1,32} ){0,5}?[^\\s:=]{1,32}(?: (?:is|ist|lautet|war|was):?|:| =| ->)[ \\t]{1,4}`,
  'iy',
)
/** In brackets, and before `as the password`. */
const bracketed = /(?:passwor[dt]|passphrase|kennwort|pw) \((?=[^\s()]{6,64}\))/iy
const used = /(?:^|\s)["'`„]?([^\s"'`“”]{6,64})["'`“”]? (?:as|als)(?: the| your| my| dein| das| neues)? $/di

const named = new RegExp(`(?:${password}|pw)[ \\t]{1,4}(?=[^\\s,;.]{6,64}[,;.)]{0,2}(?:\\s|$))`, 'iy')

function findSpokenSecret(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, letter) && !/^(?:kenn|pass)wort/i.test(text.slice(at, at + 8))) return none // `Einmalkennwort`.
  return [
    ...findTold(text, at),
    ...findToldFor(text, at),
    ...findUsed(text, at),
    ...findAnswered(text, at),
    ...findDoubted(text, at),
    ...findNamed(text, at),
    ...findToken(text, at),
  ]
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

function findToldFor(text: string, at: number): readonly Match[] {
  const start = endAt(toldFor, text, at, endAt(bracketed, text, at))
  const value = start < 0 ? undefined : readValue(text, start)
  if (!value || /:\/\//.test(text.slice(value.start, value.end))) return none
  const said = text.slice(value.start, value.end).replace(/[.:?!,]+$/, '')
  return said.length >= 6 && isNoWord(said) && isMixed(said) ? [{ start: value.start, end: value.start + said.length }] : none
}

/** `try x as the password`. */
function findUsed(text: string, at: number): readonly Match[] {
  const from = Math.max(0, at - 96)
  const place = isSign(text, at - 1, ' ') ? used.exec(text.slice(from, at))?.indices?.[1] : undefined
  return place && isMixed(text.slice(from + place[0], from + place[1])) ? [{ start: from + place[0], end: from + place[1] }] : none
}

/** Letters with a digit or a sign that no word and no name of a file has: matches `Apfel_31`, `moin!tag`; must not match `v2.1`, `base64`, `/etc/x`. */
function isMixed(value: string): boolean {
  if (
    /^(?:sha|md\d|base|aes|rsa|utf|oauth|argon|bcrypt|pbkdf|scram|ed25519|x509|v?\d+[.:])|^[/<$({[]|\/\/|\.(?:txt|json|ya?ml|conf|env|sh|md|log|py|js|ts)$|\($/i.test(
      value,
    )
  )
    return false
  return /\p{L}/u.test(value) && /[\d!#$%&*+?^~@]/.test(value)
}

/** A question for a password, and the next line up to what is the answer. */
const question = new RegExp(
  `(?:${password}|pw)[^\\n?]{0,48}\\?[ \\t]{0,4}\\n(?:[^\\n:>]{1,32}[:>][ \\t]{1,4})?(?:(?:it'?s|it is|its|das ist|ist|is|still|the same|immer noch|noch|probier|nimm|try|use|yes|ja|jo|klar|sure|ok|oh|uh|ähm?|glaube?|i think|that'?s)[,:]? ){0,4}`,
  'iuy',
)

/** `what's the password?` and an answer that is no word. */
function findAnswered(text: string, at: number): readonly Match[] {
  const start = endAt(question, text, at)
  const value = start < 0 ? undefined : readValue(text, start)
  if (!value || /:\/\//.test(text.slice(value.start, value.end))) return none
  const said = text.slice(value.start, value.end).replace(/[.:?!,]+$/, '')
  return said.length >= 6 && isNoWord(said) && /\p{L}/u.test(said) ? [{ start: value.start, end: value.start + said.length }] : none
}

/** `password was x, right?`: whoever asks so says one, be it a word. */
const doubted = new RegExp(
  `(?:${password}|pw) (?:war|ist|was|is)(?: doch| still| noch)? (?=[^\\s<,?]{4,64},? (?:oder|right|gell|ne)\\?)`,
  'iy',
)
const doubtedWords =
  /^(?:not|nicht|wrong|falsch|richtig|correct|the|same|gleich|weg|gone|abgelaufen|expired|gesperrt|locked|changed|geändert|unverändert|unchanged|empty|leer|invalid|ungültig|required|nötig|sicher|secure|fine|okay|case-sensitive|too|hashed|encrypted|verschlüsselt|stored|gespeichert|gesetzt|optional|missing|vergeben)$/i

function findDoubted(text: string, at: number): readonly Match[] {
  const start = endAt(doubted, text, at)
  const value = start < 0 ? undefined : readValue(text, start)
  return value && !doubtedWords.test(text.slice(value.start, value.end)) ? [value] : none
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
  const bare = text.slice(value.start, end)
  if (bare.length >= 8 && isMixed(bare) && /[a-z]/.test(bare) && /[A-Z]/.test(bare) && /\d/.test(bare) && /[!#$%&*+?^~@]/.test(bare))
    return [{ start: value.start, end }]
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
