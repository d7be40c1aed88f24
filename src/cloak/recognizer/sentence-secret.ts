import { isIn, letter } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Passwords that stand further on in the sentence that speaks of one, or in what the next speaker answers: only what no word, name or number looks like. */
export const sentenceSecret: Recognizer = {
  name: 'sentence-secret',
  type: 'PASSWORD',
  isWeighed: true,
  label: '<secret>',
  otherLabels: ['<user>'],
  anchors: [
    'password',
    'passwort',
    'kennwort',
    'pw ',
    'pw?',
    'pw\n',
    'pw,',
    'passphrase',
    'shared secret ',
    'shared key ',
    'login ',
    'log in ',
    'logins ',
    'passcode ',
  ],
  find: findSentenceSecret,
  examples: {
    hidden: [
      ['shared secret Mullaghmore^wave, our', 'shared secret <secret>, our'],
      ['Das Passwort wurde mitgeteilt (Sommer!Regen4), ok', 'Das Passwort wurde mitgeteilt (<secret>), ok'],
      ['the initial password we sent by post was "Sommer!Regen4"', 'the initial password we sent by post was "<secret>"'],
      ['I set the password of the box to Sommer!Regen4 today', 'I set the password of the box to <secret> today'],
      ["send me the sudo pw\n[09:14] Jo: it's Barmbrack-88, ok", "send me the sudo pw\n[09:14] Jo: it's <secret>, ok"],
      ['das Kennwort für die Kasse?\nJan: müsste noch ›Deich-12‹ sein', 'das Kennwort für die Kasse?\nJan: müsste noch ›<secret>‹ sein'],
      ['pw for grafana?\nJo (14:03): try Barmbrack-88', 'pw for grafana?\nJo (14:03): try <secret>'],
      ['log in with max / Karpfen!Teich7', 'log in with <user> / <secret>'],
      ['Passwort hab ich auf Igel22x gesetzt', 'Passwort hab ich auf <secret> gesetzt'],
      ['default login admin/Sommer!Regen4', 'default login admin/<secret>'],
    ],
    kept: [
      'password authentication failed for user on web-prod-2',
      'password must match SHA-256 or bcrypt2',
      'the password policy needs 8+ characters',
      'the password field has id input-Password-2',
      'passwords should not be Summer or Winter!',
      'password reset for ticket ABC-1234',
      'password expired, see https://localhost/A1!b',
      'the passphrase of id_ed25519 on Windows-11',
      'the pw\nJo: ok, on Monday at 10:30',
      'password?\nJo: I will ask Nadja',
      'wrong password\n2024-11-30 10:00:00 ERROR: Build-77 failed',
      'login attempts / hour',
      "password: ask O'Brien-Smith2",
    ],
  },
}

const label = /(?:pw|passwor[dt]|kennwort|passphrase|passcode|shared (?:secret|key))(?=[ \t(\n?,:])/iy
const sentenceMax = 400
/** Where a sentence ends, or speaks of a password again, from where it is looked at once more. */
const sentenceEnd = /[\n;]|[.?!](?=\s|$)|(?:pw|passwor[dt]|kennwort|passphrase|passcode|shared (?:secret|key))(?=[ \t(\n?,:])/i
const word = /[^\s"'`„“”»«›‹()[\],;:]+/g
/** Signs that names, paths and markup do not have within them, beside a letter; or a digit with capitals, small letters and a hyphen. */
const strict = /^(?!https?|<)(?=.*\p{L})(?:(?=.*\d)(?=.*[!#$%&*+?^~§@])|(?=.*\p{L}[!#$%&*+^~§]\p{L}))[^\s=<>{}|\\/]{7,64}$/u
/** What somebody set it to, where the verb stands behind: matches `auf Igel22x gesetzt`. */
const changed =
  /(?:^| )(?:auf|in|to) ["'„»]?((?=\S*\d)(?=\S*\p{L})[^\s"'“«<>(){}/=]{5,64})["'“«]? (?:gesetzt|geändert|zurückgesetzt|umgestellt)/du
const answered = /^(?=.*\p{L})(?=.*\d)(?=.*[-_!#$%&*+?^~§@.])(?=.*(?:\p{Lu}.*\p{Ll}|[!#$%&*+?^~§]))[^\s=<>{}|\\/]{6,64}$/u
const noSecret =
  /^(?:sha|md\d|aes|rsa|utf|oauth|scram|c\+\+|ctrl|alt|shift|v?\d+(?:\.\d+)+$|[\w.+-]+@[\w.-]+\.\w+$|[A-Z]+-\d+$|\p{Lu}\p{Ll}+-\d+$)|[[({$]|%[sd(]|&(?:amp|lt|gt|quot);/iu
const filler =
  /(?:(?:it'?s|it is|its|das ist|das war|ist|is|still|the same|immer noch|noch|müsste|sollte|dürfte|probier|versuch(?:'?s)?(?: mal)?(?: mit)?|nimm|mal|try|use|yes|ja|jo|klar|sure|ok|oh|uh|ähm?|glaube?|i think|that'?s|should be|was|war|here(?: you go)?|hier|bitte|hm+),?:? ){0,5}/iy
const speaker =
  /[^\n]{0,80}\n(?:\[?\d{1,2}:\d\d(?::\d\d)?\]?[ \t]{1,3})?(?:[<@]?[\p{L}][\p{L}\p{N} ._'-]{0,31}(?: \(?\d\d:\d\d\)?)?[:>])[ \t]{1,4}["'`„“»›«‹]?/uy
const pair = /log(?:in|ins| in)(?: with| as|:| is)?[ \t]{1,3}(?:the |as )?([\w.@-]{2,64}) ?\/ ?([^\s<>/]{6,64})(?=[\s,;)]|\.?$)/diy

function findSentenceSecret(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, letter) && !/^(?:kenn|pass)wor/i.test(text.slice(at, at + 8))) return none
  const own = findPair(text, at)
  if (own !== none) return own
  label.lastIndex = at
  if (!label.test(text)) return none
  const from = label.lastIndex
  return [...findInSentence(text, from), ...findAnswer(text, from)]
}

/** `log in with max / geheim!7`. */
function findPair(text: string, at: number): readonly Match[] {
  pair.lastIndex = at
  const [, user, secret] = pair.exec(text)?.indices ?? []
  if (!user || !secret || !strict.test(text.slice(...secret)) || noSecret.test(text.slice(...secret))) return none
  const isSystem = /^(?:admin|root|user|guest|test)$/i.test(text.slice(...user))
  const match: Match = { start: secret[0], end: secret[1] }
  return isSystem ? [match] : [{ start: user[0], end: user[1], label: '<user>', type: 'USERNAME' }, match]
}

function findInSentence(text: string, from: number): readonly Match[] {
  const ahead = text.slice(from, from + sentenceMax)
  const said = ahead.slice(0, sentenceEnd.exec(ahead)?.index)
  const set = changed.exec(said)?.indices?.[1]
  if (set) return [{ start: from + set[0], end: from + set[1] }]
  for (const { 0: whole, index } of said.matchAll(word)) {
    const value = whole.replace(/[.!?]+$/, '')
    if (strict.test(value) && !noSecret.test(value)) return [{ start: from + index, end: from + index + value.length }]
  }
  return none
}

/** What whoever is asked says first, behind a name and a colon. */
function findAnswer(text: string, from: number): readonly Match[] {
  speaker.lastIndex = from
  if (!speaker.test(text)) return none
  filler.lastIndex = speaker.lastIndex
  filler.test(text)
  const start = /["'`„“»›«‹]/.test(text[filler.lastIndex] ?? ' ') ? filler.lastIndex + 1 : filler.lastIndex
  const value = /^[^\s"'`„“”»«›‹()[\],;]+/.exec(text.slice(start, start + 65))?.[0].replace(/[.!?:]+$/, '') ?? ''
  return answered.test(value) && !/^(?:sha|aes|v?\d+\.|\d)/i.test(value) ? [{ start, end: start + value.length }] : none
}
