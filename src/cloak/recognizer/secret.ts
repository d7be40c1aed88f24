import { blank, dot, hyphen, isBeyondAscii, isIn, isSign, letter, runRight, word } from '../character.ts'
import { isNoSecret } from '../no-secret.ts'
import { endAt, matchesAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { beginsSetting } from '../setting-name.ts'
import { readValue, type Value } from '../value.ts'
import { isOneOf, isWordAt, makeWordSet } from '../word-set.ts'
import { secretExamples } from './secret-examples.ts'

/** What stands behind a label like `password=` or `--token`: the label stays readable, the value goes whole. */
export const secret: Recognizer = {
  name: 'secret',
  type: 'PASSWORD',
  isWeighed: true,
  label: '<secret>',
  anchors: [
    ...[
      'passw',
      'passphrase',
      'passcode',
      'pwd>',
      '_cred=',
      '_pass',
      'pass=',
      'pass:',
      'pass ',
      'pass"',
      "pass'",
      'pwd=',
      'pwd:',
      'pwd"',
      "pwd'",
      'pwd =',
      'pw"',
      "pw'",
      '_pwd',
      'secret',
      'token',
      'credential',
      'rootpw',
      'cipassword',
      'kennwort',
      'ntrase',
      'setup_key',
      'setup-key',
      'mot de passe',
      'psk=',
      'psk:',
      'psk ',
      'psk"',
    ],
    ...['api_key', 'apikey', 'api-key', 'api key', 'access_key', 'accesskey', 'access-key', 'auth_key', 'authkey', 'auth-key'],
    ...['app_key', 'jwt_key'],
    ...[
      'private_key',
      'private-key',
      'secret_key',
      'encryption_key',
      'encryptionkey',
      'master_key',
      'masterkey',
      'signing_key',
      'session_key',
      '_key_base',
    ],
    ...['routing_key', 'integration_key', 'plex_claim'],
    ...['account_key', 'accountkey', 'license_key', 'licensekey', 'shared_key', 'deploy_key', 'recovery_key', 'unseal key', 'pin='],
    ...[
      'pw=',
      'pw:',
      '_pw',
      'signature=',
      'sig=',
      '_salt',
      'geheimnis',
      'senha',
      'wachtwoord',
      'senord',
      'adgangskode',
      'salasana',
      'schl',
      'bindpw ',
    ],
  ],
  find: findSecret,
  examples: secretExamples,
}

const password =
  'pass(?:wor[dt]|wd|phrase|code)?|kennwort|mot de passe|senha|wachtwoord|adgangskode|salasana|(?<=co)ntrase(?:ñ|n)a|(?<=lö|lo)senord|(?:(?<![a-z_])|(?<=wpa_|wifi_))psk'
const name = [
  `(?:${password})(?:\\d|salt)?|_?pwd|_pw|pw(?=["'])|_salt|geheimnis|_cred(?==)|(?<=(?:wlan|netzwerk|sicherheits|wiederherstellungs|lizenz|api|zugangs|zugriffs|verschlüsselungs|geheimer|privater)[- ]?)schl(?:ü|ue)ssel|secrets?|token|credentials?|rootpw|pin|plex_claim`,
  '(?:api|access|auth|app|jwt|private|secret|encryption|master|signing|session|account|license|shared|deploy|recovery|unseal|routing|integration|setup)[_ -]?key(?: ?\\d)?|access[_-]?key[_-]?id|_key(?=_base)',
].join('|')
/** Whom a password is for, in up to seven words. */
const whom = ' (?:for|für) (?:[\\w.@/"\'`-]{1,64} ){0,6}[\\w.@/"\'`»«-]{1,64}'
/** A prompt that asks again. */
const once = ' \\([^()\\n]{1,48}\\)'
/** What was done with it, before for whom. */
const made = '(?: (?:is|was|has been|wurde))? (?:(?:auto-?|randomly )?generated|created|set|reset|erzeugt|generiert|gesetzt)'
const again = ' (?:bestätigen|wiederholen|erneut(?: eingeben)?|again|confirmation|\\(again\\))'
const assignment = new RegExp(
  [
    `_?(?:cipassword|(?:${name})(?:[_-]?(?:key|token|value|id_rsa|base))?)(?:\\\\?["'\`])?(?: is)?[ \\t]{0,8}(?:=>|(?<= )->(?= )|:=|==?|:|>)[ \\t]{0,8}`,
    `(?:${password})(?:${whom}(?:${once})?|${again}|${once}|${made}${whom})(?: is| ist)?[ \\t]{0,8}[:=][ \\t]{0,8}`,
    // Name and value side by side: lists of variables, of Terraform, of settings.
    `(?:${name})(?![\\w.-]{0,10}(?:algorithm|lifetime|ttl|length|expir\\w*|policy|format|type|mode|size|timeout|count|enabled|required|issuer|endpoint|ur[il]))[\\w.-]{0,16}["']?,?\\s{0,16}["']?(?:value|wert)["']?[ \\t]{0,4}[:=][ \\t]{0,4}(?!\\d{1,6}(?!\\w)|[[{\\n])`,
    `(?:${name})"[ \\t]{0,4}\\{[^{}]{0,160}\\bdefault[ \\t]{0,8}=[ \\t]{0,4}(?=")`,
    `(?:token|secret|(?:api|access)[_ -]?key)(?: of| von)?${whom}[ \\t]{0,8}(?:[:=]|is:?|ist:?|->)[ \\t]{0,8}(?=[^\\s]{0,64}\\d)(?=[\\da-f-]{16}|[^\\s]{0,64}(?-i:[A-Z]))(?=[\\w+/=.~-]{12})`,
    `(?:(?<=[?&;])|(?<=\\b(?:db|sql|smtp|mail|ftp|ldap|mqtt|bind|auth|admin|user|root)))pw[:=][ \\t]{0,8}`,
    `(?:${name})" value=`,
    `(?:${name})">(?<=key="[\\w.-]{1,64}">)`,
    `(?:${name})["']\\][ \\t]{0,4}=>?[ \\t]{0,4}(?=["'])`,
    `(?:${name})["'],(?<=(?:define|env|setdefault|variable|putenv)\\([ \\t]?["']\\w{0,40}["'],)[ \\t]{0,32}(?=["'])`,
  ].join('|'),
  'iy',
)
/** The proof in an address that was signed, which opens it to anybody: matches `?sig=`, `&X-Amz-Signature=`; must not match ` sig=`. */
const signature = /(?<=[?&;](?:x-(?:amz|goog)-)?)sig(?:nature)?=/iy
const option = new RegExp(`(?:${name})[ \\t]{1,8}(?!-)`, 'iy')
/**
 * What a password stands behind without a sign: a quote, the number of an encoding, the question of a package, the login of `.netrc`.
 * Matches `PASSWORD 'x'`, `secret 5 $1$…`; must not match `password twice`, `secret 5 of`.
 */
const bare = new RegExp(
  [
    `(?<!wpa_)(?:passwor[dt]|passphrase|kennwort|psk)[ \\t]{1,8}(?:'\\\\'(?=')|(?=\\\\?["'][^\\s$<]))`,
    'secret[ \\t]{1,4}(?="[\\w+/]{43}=")',
    '(?:password|secret)[ \\t][05789][ \\t]{1,4}(?=\\S{5,})',
    '(?:password|passwd)(?:[_-]again)?(?<=/[\\w-]{0,56})[ \\t]{1,8}password[ \\t]{1,8}(?=\\S)',
    // A word of a Dockerfile, shell, server or assistant, the name of a variable, its value.
    `(?:${name})[\\w-]{0,16}[ \\t](?=[^\\s$<=])(?!https?:)(?<=(?:^|[\\s"'])(?:ENV|setenv|SetEnv|setx|fastcgi_param|passenger_env_var|set -[gUux]{1,3}|env_var)[ \\t]{1,4}\\w{3,64}[ \\t])`,
    '(?:secret|password|-key)[ \\t]{1,4}(?=["\'][^\\s$<])(?<=(?:^|\\n)[ \\t]{0,8}set [^\\n]{0,160})',
    '(?:password|passphrase)[ \\t]{1,4}(?=[^\\s$<])(?<=nmcli [^\\n|;]{0,160})',
    'rootpw[ \\t]{1,4}(?:--[a-z-]{3,16}[ \\t]{1,4}){1,3}(?=[^\\s$<-])',
    '(?:(?:wlan|netzwerk|wpa2?)[- ]?)?schl(?:ü|ue)ssel[ \\t]{1,4}(?=\\d{16,20}(?!\\d)|(?:\\d{4} ){3,4}\\d{4}(?!\\d))',
    '(?:(?<=bind|root)pw|bindpw|rootpw|(?<=bind)password)(?<=(?:^|\\n)[ \\t]{0,16}\\w{4,24})[ \\t]{1,8}(?=[^\\s${<-])',
    'password(?<=login[ \\t]{1,8}\\S{1,64}\\s{1,16}password)[ \\t]{1,8}(?=[^\\s${<])',
  ].join('|'),
  'iy',
)

/** An element with attributes, and the next one in a list of properties: matches `<wsse:Password Type="PasswordText">`, `<key>Password</key><string>`. */
const element = new RegExp(`(?:${name})(?:(?: [\\w:.-]{1,32}="[^"<>\\n]{0,128}"){1,4}>(?=[^<\\n]{1,256}</)|</key>\\s{0,16}<string>)`, 'iy')
/** A value that ends its column and is no word, address or file. */
const columnValue =
  '(?=[^\\s|]{5,128}(?:[ \\t]*(?:\\r?\\n|$)|[ \\t]{1,8}[(#|]|[ \\t]{2}))(?![/$<{]|\\d+[a-z]{0,2}\\s|[^\\s]{0,40}(?:://|\\.(?:io|com|ya?ml|json|txt|conf)\\b))(?=[^\\s]{0,64}[a-z])(?=[^\\s]{0,64}[\\d!#$%&*+?^~])'
/** Columns: a label that begins its line, dots or blanks, and a value: matches `[2] root password ..... x1y2z`, `token\tx1y2z`. */
const column = new RegExp(
  `(?:${name})(?:_key)?(?: \\([^()\\n]{1,24}\\))?(?:[ \\t]{2,40}|\\t|[ \\t]?\\.{3,60}[ \\t]?)${columnValue}(?<=(?:^|\\n)[ \\t]{0,16}(?:[[(]?\\d{1,3}[\\]).:]{0,2}[ \\t]{1,4}|[-*•|+>][ \\t]{1,4})?[\\w /.()-]{0,100}[ \\t.])`,
  'iy',
)
/** In lists of arguments and what programs print of their values: matches `'--password', `, `[password] => `, `["pass"]=> string(3) `. */
const printed = new RegExp(
  `(?:${name})(?:["'],[ \\t]?(?=["'])(?<=["']--?[\\w-]{1,40}["'],[ \\t]?)|["']?\\][ \\t]?=>\\s{1,16}(?:string\\(\\d{1,5}\\) (?="))?|\\((?:value|secret)=(?=["']))`,
  'iy',
)
const line = new RegExp(`(?:password|passwd|passphrase|secret)[ \\t]${columnValue}(?<=(?:^|\\n)[ \\t]{0,8}\\w{6,10}[ \\t])`, 'iy')

function findSecret(text: string, at: number): readonly Match[] {
  if (!isLabelStart(text, at)) return none
  const start = valueStart(text, at)
  if (start < 0) return none
  const value = wholeValue(text, start)
  if (!value || isNoSecret(text, at, value.start, value.end) || userinfo.test(text.slice(Math.max(0, at - optionReach), at))) return none
  return [
    {
      start: endAt(codingBefore, text, value.start, value.start),
      end: isPhrase(text, at, start) ? lineEnd(text, value.end) : endAt(encrypted, text, value.start, value.end),
      type: isPassword(text, at) ? 'PASSWORD' : 'API_KEY',
    },
    ...changedTo(text, value.end),
  ]
}

/** What stands in an element up to its closing tag, and passwords of four groups: `<Password>two words</Password>`, `abcd efgh ijkl mnop`. */
const content = /[^<>\n]{1,256}(?=<\/)/y
const groups = /(?:[a-z]{4} ){3}[a-z]{4}(?![\w-])/y

/** In YAML the value may begin on the next line: matches `|`, `>-` and its indentation. */
const block = /[|>][+-]?[ \t]*\r?\n[ \t]{1,32}(?=\S)/y

function wholeValue(text: string, labelEnd: number): Value | undefined {
  const start = endAt(block, text, labelEnd, labelEnd)
  const end = isSign(text, start - 1, '>') && !isSign(text, start - 2, '=') ? endAt(content, text, start) : endAt(groups, text, start)
  return end < 0 ? readValue(text, start) : { start, end }
}

/** A plan of changes names the old and the new: `"a" -> "b"`. */
const arrow = /" -> "(?=[^"\n]{1,256}")/y

function changedTo(text: string, end: number): readonly Match[] {
  const start = endAt(arrow, text, end)
  return start < 0 ? none : [{ start, end: text.indexOf('"', start) }]
}

/** What a program decrypts by itself: matches `ENC(q1w2=)`. */
const encrypted = /(?:ENC|DEC)\([\w+/=-]{8,1024}\)/y

/** Says where OpenSSL takes a password from. */
const codingBefore = /pass:/y
/** A label before the host of a URL is the name of a user, whose password follows: matches `https://oauth2-`. */
const userinfo = /:\/\/[\w.~%-]{0,36}$/

/** Whether the label speaks of something that people type, not of a key or token. */
function isPassword(text: string, at: number): boolean {
  return /^_?(?:pass|pwd|pin|rootpw|cipass|credential)/i.test(text.slice(at, at + 11))
}

function valueStart(text: string, at: number): number {
  if (isWordAt(text, at, 'sig')) return endAt(signature, text, at)
  const assigned = mayBeAssigned(text, at) ? endAt(assignment, text, at) : -1
  if (assigned >= 0)
    return text[assigned - 1] === '>' && !ofElement.test(text.slice(Math.max(0, at - optionReach), assigned)) ? -1 : assigned
  const before = text.slice(Math.max(0, at - optionReach), at)
  if (before.includes('<')) {
    const inside = endAt(element, text, at)
    if (inside >= 0) return inside
  }
  const shown = isSign(text, runRight(text, at, word, labelReach), '"\'](') ? endAt(printed, text, at) : -1
  if (shown >= 0) return shown
  return isOption(text, at) ? endAt(option, text, at) : endAt(bare, text, at, columnStart(text, at))
}

/** What may be the rest of a label, and blanks or dots that part columns. */
const gap = /[\w-]{3,24}(?: \([^()\n]{1,24}\))?(?: {2}|\t| ?\.{3})/y

function columnStart(text: string, at: number): number {
  if (matchesAt(gap, text, at)) return endAt(column, text, at)
  return at === 0 || isIn(text, at - 1, blank) ? endAt(line, text, at) : -1
}

/** What ends with the tag of an element, or an attribute: matches `<wsse:Password>`, `key="x">`, `</key><string>`; must not match `password>`, `-> `. */
const ofElement = /<[\w:.-]*(?: [^<>\n]*)?>$|["=]>$/

const labelReach = 64
const gapReach = 24
/** What stands behind a label and a blank before its value, or goes on with the label (`api key`). */
const goingOn = makeWordSet([
  ...['is', 'was', 'has', 'wurde', 'for', 'of', 'von', 'value', 'wert', 'key', 'de', 'again', 'confirmation', 'wiederholen', 'erneut'],
  ...['auto', 'autogenerated', 'randomly', 'generated', 'created', 'set', 'reset', 'erzeugt', 'generiert', 'gesetzt'],
])

/** Tells nearly all labels in sentences from those with a value, without the patterns: must not match `secret_key setting`, `token budget`. */
function mayBeAssigned(text: string, at: number): boolean {
  const end = runRight(text, at, word | dot | hyphen, labelReach)
  const next = runRight(text, end, blank, gapReach)
  if (next === end || !isIn(text, next, letter)) return true
  const nextEnd = runRight(text, next, letter, labelReach)
  return isBeyondAscii(text, nextEnd) || isOneOf(goingOn, text, next, nextEnd)
}

/** What turns a label into the opposite of one: matches `NOPASSWD:`, `--disabled-password`, `chpasswd`. */
const noLabelBefore = /(?:^|[^a-z])(?:no|ch|disabled?-)$/i

/** Of assemblies of .NET: matches `PublicKeyToken`. */
const publicKey = /public[ _-]?key[ _-]?$/i

/** Whose password an option takes: matches `--dbpass`, `--smtp-userpass`; must not match `--bypass`. */
const ofOption =
  /[ \t]--?(?:[a-z]{1,12}-){0,2}(?:user|root|admin|db|ssh|sudo|smtp|mail|my|cert|p12|pfx|import|export|wifi|wlan|http|proxy|api|vnc|rdp|mqtt|ftp|bind|ldap|login|auth|master|zip|new|old)$/i

/** `bypass`, `spin` and the program `chpasswd` hold a label without being one. */
function isLabelStart(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 11), at)
  if (noLabelBefore.test(before) || publicKey.test(before)) return false
  if (!isIn(text, at - 1, letter)) return true
  const name = text.slice(at, at + 5).toLowerCase()
  if (name === 'pass ' && ofOption.test(text.slice(Math.max(0, at - 24), at))) return true
  return !/^pass[^a-z]|^pin=|^pw[=:]|^psk/.test(name) || beginsSetting(text, at)
}

const optionReach = 40

function isOption(text: string, at: number): boolean {
  return /(?:^|\s)--?(?:[a-z][\w-]*)?$/i.test(text.slice(Math.max(0, at - optionReach), at))
}

/** A passphrase is made of words, and so is what stands bare in an indented list of settings: it goes to the end of its line. */
function isPhrase(text: string, at: number, start: number): boolean {
  if (text[start] === '"' || text[start] === "'" || !isIn(text, start - 1, blank)) return false
  if (/^passphrase/i.test(text.slice(at, at + 10))) return !isOption(text, at)
  if (!/^[^,'"`{}()=:<>#[\]\n]*(?:\n|$)/.test(text.slice(start, start + lineReach))) return false
  return text[start - 2] === ':' && /(?:^|\n)[ \t]{1,32}[\w.-]{0,40}$/.test(text.slice(Math.max(0, at - 80), at))
}

const lineReach = 1024

function lineEnd(text: string, from: number): number {
  const end = text.slice(from, from + lineReach).search(/[\r\n"'`<]/)
  return end < 0 ? Math.min(text.length, from + lineReach) : from + end
}
