import { isIn, word } from '../character.ts'
import { endAt, matchesAt } from '../pattern.ts'
import { isPlaceholder } from '../placeholder.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Values of HTTP headers that let somebody in: `Authorization` whatever its scheme, API keys, cookies; also a bare `Bearer …`. */
export const authorization: Recognizer = {
  name: 'authorization',
  type: 'API_KEY',
  isWeighed: true,
  label: '<secret>',
  anchors: [
    'bearer ',
    'basic ',
    'authorization',
    'x-api-key',
    'private-token',
    'x-auth-token',
    'job-token',
    'cookie',
    'x-telemetry-key',
    'pveapitoken=',
  ],
  find: findAuthorization,
  examples: {
    hidden: [
      ['> Authorization: Bearer abc.def-123', '> Authorization: Bearer <secret>'],
      ["-H 'Authorization: Basic am86cHc='", "-H 'Authorization: Basic <secret>'"],
      ['sent bearer abcdefgh12345678', 'sent bearer <secret>'],
      ['Cookie: a=1; session=xyz\nHost', 'Cookie: <secret>\nHost'],
      ['Authorization: Digest username="max", response="0a1b"\nHost', 'Authorization: Digest <secret>\nHost'],
      ['X-Api-Key: k-1', 'X-Api-Key: <secret>'],
      ['proxy_set_header X-Api-Key "k-1";', 'proxy_set_header X-Api-Key "<secret>";'],
      ['"authorization": "token abc"', '"authorization": "token <secret>"'],
      ['Authorization: PVEAPIToken=jo@pve!ci=0123-4567', 'Authorization: PVEAPIToken=<secret>'],
    ],
    kept: [
      'basic configuration of the network',
      'Bearer token required',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable.
      'curl -H "Authorization: Bearer ${TOKEN}" x',
      'authorization failed',
      "authorization: '[redacted]'",
      'Authorization: Bearer <token>',
      'AUTHORIZATION: basic ***',
      'cookie-parser',
      'Basic auth',
      'bearer authentication',
    ],
  },
}

const header =
  /(?:proxy-)?(?:authorization|x-api-key|private-token|x-auth-token|job-token|set-cookie|cookie|x-telemetry-key)\\?["']?(?:[ \t]{0,4}[:=][ \t]{0,4}(?:\\?["'])?|[ \t]{1,4}["'])/iy
const scheme = /(?:bearer|basic|digest|token|apikey|negotiate|pveapitoken=)[ \t]{0,4}/iy
/** Its value has quotes within. */
const digest = /digest /iy
const bareScheme = /(?:bearer|basic)[ \t]{1,4}["']?/iy
const headerValueReach = 8192

function findAuthorization(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, word)) return none
  const valueStart = endAt(header, text, at)
  if (valueStart >= 0)
    return hide(
      text,
      endAt(scheme, text, valueStart, valueStart),
      matchesAt(digest, text, valueStart) ? /[\r\n'`]|\\[rn]/ : /[\r\n"'`]|\\[rn"]/,
    )
  if (/^pveapitoken=/i.test(text.slice(at, at + 12))) return hide(text, at + 12, /[\s"'`]/)

  const start = endAt(bareScheme, text, at)
  if (start < 0) return none
  const value = /^[\w.~+/=-]+/.exec(text.slice(start, start + headerValueReach))?.[0] ?? ''
  return isCredential(value) ? [{ start, end: start + value.length }] : none
}

/** Behind a bare `basic` or `bearer` may stand any word; a credential is long and not just letters, or longer than any word. */
function isCredential(value: string): boolean {
  return (value.length >= 8 && /[\d+/=_]|[a-z][A-Z]/.test(value)) || value.length >= 32
}

/** What a shell or a template fills in: matches `$TOKEN"`, `${TOKEN}`, `{{ token }}`; must not match `$1$ab`. */
const variable = /^(?:\$[A-Z_][A-Z0-9_]*|\$\{[^}\n]{1,64}\}|\{\{[^}\n]{1,64}\}\})(?![\w.-])/i

function hide(text: string, start: number, stop: RegExp): readonly Match[] {
  const value = text.slice(start, start + headerValueReach)
  const length = value.search(stop)
  const end = length < 0 ? start + value.length : start + length
  return end > start && !variable.test(value) && !isPlaceholder(text.slice(start, end).trim()) ? [{ start, end }] : none
}
