import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Keys and tokens behind the names of headers, in requests and in the settings of servers that add them: `X-Internal-Key "…"`, `x-functions-key: …`. */
export const headerKey: Recognizer = {
  name: 'header-key',
  type: 'API_KEY',
  isWeighed: true,
  label: '<secret>',
  anchors: [
    '-key:',
    '-key "',
    "-key '",
    '-key",',
    "-key',",
    '-key=',
    '-key" ',
    '-token "',
    "-token '",
    '-secret "',
    "-secret '",
    '-auth "',
    '-auth:',
  ],
  find: findHeaderKey,
  examples: {
    hidden: [
      ['proxy_set_header X-Internal-Key "f0642a8763e55c63d6";', 'proxy_set_header X-Internal-Key "<secret>";'],
      ['x-functions-key: f0642a8763e55c63d66224==', 'x-functions-key: <secret>'],
      ['> Ocp-Apim-Subscription-Key: f0642a8763e55c63d6', '> Ocp-Apim-Subscription-Key: <secret>'],
      ["-H 'X-Lager-Key: q7Lager-Tor-2'", "-H 'X-Lager-Key: <secret>'"],
      ['headers.set("X-Shop-Key", "q7LagerTor2x")', 'headers.set("X-Shop-Key", "<secret>")'],
    ],
    kept: [
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Idempotency-Key: 0a1b2c3d4e5f6a7b8c9d',
      'x-cache-key: v1/Linux/node20abc',
      'Surrogate-Key: post-12 page-7abc',
      'X-Api-Key: missing',
      'x-goog-encryption-key: required',
      'sort-key: name1234567',
      'X-Api-Key: <secret>',
    ],
  },
}

const header =
  /-(?:key|token|secret|auth)(?:["']?,? ?["']|["']?[:=] ?["']?)((?=[^\s"'`,;<>]{0,160}\d)(?=[^\s"'`,;<>]{0,160}[A-Za-z])[\w+/=.~-]{10,2048})(?=[\s"'`,;)]|$)/diy
/** Before the last word of the name: the header's own first word decides. */
const name = /(?:^|[\s"'`>(])((?:x|[a-z]{2,24})(?:-[a-z\d]{1,24}){0,5})$/i
/** Of headers and settings whose key opens nothing. */
const open =
  /websocket|idempotency|cache|surrogate|public|partition|sort|primary|foreign|routing|message|object|host|group|shard|dedup|correlation|trace|etag|integrity/i

function findHeaderKey(text: string, at: number): readonly Match[] {
  header.lastIndex = at
  const place = header.exec(text)?.indices?.[1]
  if (!place || /^(?:ed25519|rsa|sha\d+|v\d)/i.test(text.slice(...place))) return none
  const before = name.exec(text.slice(Math.max(0, at - 80), at))?.[1]
  if (before === undefined || open.test(before) || !(/^x-|-/i.test(before) || /^x$/i.test(before))) return none
  return [{ start: place[0], end: place[1] }]
}
