import { isReference } from './code-reference.ts'
import { isPlaceholder } from './placeholder.ts'
import { isWordAt } from './word-set.ts'

/** How far before a label the name of its setting may begin. */
const nameReach = 40
/** How far back the line is read for a quote that opens before the label. */
const lineReach = 512

/** A shell's `${NAME:?why}` holds a label and its colon. */
const inVariable = /\$\{\w{0,40}$/
const call = /^[\w.:>-]{1,64}\($/
/** A credential's name and the file it is in, as units of systemd have them. */
const named = /^[\w.-]{1,64}:\/(?:etc|run|var|opt|usr|root|srv)\/[\w./-]+$/
/** Where a secret lies, not the secret. */
const folder = /^\/(?:etc|run|var|opt|usr|root|srv|mnt|data|config|certs?|ssl|secrets|home|tmp)\/[\w./-]+$/
/** Where a program takes one from, a type, and what manuals put in its place: matches `process.env.KEY`, `&str`, `changeme`, `<your key>`. */
const stands =
  /^(?:process\.env|import\.meta\.env|os\.(?:environ|getenv)|std::env|env(?:iron)?[[(]|input\(|getpass|chauthtok\)|&'?\w*\s?str$|Option<|change[-_]?me$|your[-_]\w|<(?:your|generate|insert|enter|put|my|the)\b|(?:PASS(?:WORD)?|TOKEN|SECRET|KEY|VALUE|STRING|URL)$)/i
const emptyWords =
  /^(?:\[[a-z_][\w, -]*|!(?:secret|env_var|vault|include|reference|env|ref|sub)|true|false|yes|no|on|off|null|none|nil|undefined|enc\[.*|authentifizierung\S*|[[(]?(?:hidden|redacted|masked|sensitive value))$/i
const variable = /^(?:\$[A-Z_][A-Z0-9_]*|\$\{[^}]*\}?|\$\(.*|%[A-Z_]+%|\{\{.*|\$[1-9@*])["']?$/
/** What became of one, in messages and forms; only behind a colon and a blank. */
const statusWords = /^(?:(?:un)?changed|unset|updated|reset|rotated|skipped|geändert|unverändert|gesetzt|vorhanden|leer|write|read)$/i
/** Words that messages go on with (`passwd: password updated`, `TOKEN: unbound variable`); only behind a colon and a blank. */
const proseWords = new RegExp(
  '^(?:see|siehe|ask|a|an|the|via|in|on|is|are|was|not|no|must|should|cannot|can|could|too|required|missing|invalid|expired|incorrect|wrong|empty|unbound|parameter|passwor[dt]|passwd' +
    '|authentication|user|permission|command|failed|error|warning|unable|access|expected|unexpected|already|found|set|unset|updated|changed|and|or|for|sorry|erfolgreich|wurde|wird|nicht|ist|erforderlich|falsch|fehlt)$',
  'i',
)

/** Whether what stands behind the label of a secret that begins at `at` is none: a variable, a word of the message, the place where the secret lies. */
export function isNoSecret(text: string, at: number, start: number, end: number): boolean {
  const value = text.slice(start, end)
  if (emptyWords.test(value) || variable.test(value) || inVariable.test(text.slice(Math.max(0, at - nameReach), at))) return true
  if (isPlaceholder(value) || isSample(text, start)) return true
  if (/^\$[a-z]\w{0,30}$/.test(value) && (isWordAt(text, at, 'credential') || text[start - 1] === ' ')) return true
  if (isReference(text, start, end) && !/^(?:ENC|DEC)\(/.test(value)) return true
  if (named.test(value)) return true
  if (stands.test(value) || isBehindClosingQuote(text, at, start)) return true
  if ((call.test(value) && text[end] === ')') || folder.test(value)) return true
  if (value.startsWith('/') && /(?:^|[^_])(?:old)?pwd$/i.test(text.slice(Math.max(0, at - 4), at + 3))) return true // The shell's folder, not a password.
  if (/(?:unexpected|invalid|illegal|unknown)\s$/i.test(text.slice(Math.max(0, at - 12), at))) return true
  if (!/[:\w]\s{1,2}$/.test(text.slice(start - 3, start))) return false
  if (statusWords.test(value) || isOfProgram(text, at, start)) return true
  return proseWords.test(value) && end < text.length && text[end] !== '\n'
}

/** A placeholder in angle brackets that has blanks, or behind the scheme of a hash: matches `<output of slappasswd>`, `$2$<salt>$<hash>`, `{SSHA}<output`. */
const sample = /(?:\{[A-Z\d-]{2,14}\}|\$\w{1,8}\$)?<[a-z][a-z -]{1,60}>/iy

function isSample(text: string, start: number): boolean {
  sample.lastIndex = start
  return sample.test(text)
}

/** What a program says of itself and not of a password: matches `smbpasswd: Added user`, `chpasswd: cannot lock`; must not match `passwd: s3cret!`. */
const ofProgram = /[a-z_]passwd: \p{L}{2,24} \p{L}/uy

function isOfProgram(text: string, at: number, start: number): boolean {
  if (start < 0 || !/^passwd: /.test(text.slice(at, at + 8))) return false
  ofProgram.lastIndex = at - 1
  return at > 0 && ofProgram.test(text)
}

/** Whether the quote before a value ends the text that the label stands in, as in `read -p "Password: " pw`. */
function isBehindClosingQuote(text: string, at: number, start: number): boolean {
  const quote = text[start - 1] ?? ' '
  if (!'"\''.includes(quote) || text.slice(at, start - 1).includes(quote)) return false
  const before = text.slice(Math.max(0, at - lineReach), at)
  return before.slice(before.lastIndexOf('\n') + 1).split(quote).length % 2 === 0
}
