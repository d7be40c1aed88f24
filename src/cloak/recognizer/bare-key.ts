import { alphanumeric, hyphen, isIn, underscore } from '../character.ts'
import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { readValue } from '../value.ts'

/** Keys behind the bare word `key`, which is also that of caches, maps and columns: only what looks like a key, and like no hash. */
export const bareKey: Recognizer = {
  name: 'bare-key',
  type: 'API_KEY',
  label: '<secret>',
  anchors: ['key:', 'key=', 'key =', 'key":', 'key-'],
  find: findBareKey,
  examples: {
    hidden: [
      ['encryption:\n  key: "LQ0jAQz9k3kVgUXrN/NZ6bYB/bdxs+cqG7RW5IShnp0="', 'encryption:\n  key: "<secret>"'],
      ['FCM_SERVER_KEY=AAAA5Y_eo4s:APA91bcO6u9hpYde7XJTR5sMZvqZtGAimQrgQmZ3i4ub9Wj1-ldif', 'FCM_SERVER_KEY=<secret>'],
      ['Recovery key: AB12-CD34-EF56', 'Recovery key: <secret>'],
      ['encryption-key: kR7vTq2Lm9', 'encryption-key: <secret>'],
      ['mailgun_key: key-0123456789abcdef0123456789abcdef', 'mailgun_key: <secret>'],
      ['email: x\nkey: fM3T2FXdBlixaAHtQ3NUdNBkPXydXGJM', 'email: x\nkey: <secret>'],
    ],
    kept: [
      'license key: missing',
      'encryption key: /etc/app/x1.key',
      'network key: ed25519',
      'CACHE_KEY=v1:Linux:Node20:0123456789abcdef',
      'PUBLIC_KEY=AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/x=',
      'build-key-0123456789abcdef0123456789abcdef',
      'key: password',
      'key=0123456789abcdef0123456789abcdef',
      'cache key: Linux-node-0123456789abcdef0123456789abcdef',
    ],
  },
}

const key = /key\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?/iy
/** 32 bytes of base64, or digits, small letters and capitals mixed. */
const strongKey = /(?:[\w+/]{43}=|(?=\w{0,64}\d)(?=\w{0,64}[a-z])(?=\w{0,64}[A-Z])[A-Za-z\d_]{24,128})(?![\w+/=.-])/y

/** Behind the name of a setting (`SERVER_KEY=`) its signs may be any of those that keys are written with. */
const settingKey = /(?!base64:)(?=[^\s"']{0,160}\d)(?=[^\s"']{0,160}[a-z])(?=[^\s"']{0,160}[A-Z])[\w+][\w+/=:~.-]{29,1024}(?=[\s"',;]|$)/y
/** What kinds of keys let somebody in or decrypt something, whatever they look like. */
const kinds =
  /(?:^|[^a-z])(?:recovery|unlock|unseal|activation|licen[sc]e|product|serial|setup|registration|join|enrol?lment|hmac|encryption|decryption|crypt|cookie|csrf|webhook|storage|wifi|wlan|wpa|network|security|pre-?shared|access|api|admin|master|signing)[ _-]?$/i

function findOfKind(text: string, start: number): readonly Match[] {
  const value = readValue(text, start)
  return value && keyLike.test(text.slice(value.start, value.end)) ? [value] : none
}

/** More than a word or a name in lower case: matches `kR7vTq2Lm9`, `AB12-CD34`; must not match `missing`, `ed25519`, `v2`, `/etc/x.key`, `$KEY`. */
const keyLike =
  /^(?!ed25519|sha|rsa|aes|v?\d+(?:\.\d+)*$|[/$<%{[(!.~]|\*|ENC\[)(?=.*\d)(?=.*[a-zA-Z])[^\s/]{6,}$|^(?![/$<])(?=.*[a-z])(?=.*[A-Z])(?=.*\d)\S{12,}$|^\d{12,}$/

/** Names of settings that hold no secret. */
const openSetting = /(?:cache|public|pub|sort|primary|foreign|group|index|object|partition|map|i18n|row|dedup)_?$/i
const ofMailgun = /key-[\da-f]{32}(?![\w-])/y

function findBareKey(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, alphanumeric)) return none
  const ofMail = endAt(ofMailgun, text, at)
  if (ofMail >= 0 && !isIn(text, at - 1, hyphen)) return [{ start: at, end: ofMail }]
  const start = endAt(key, text, at)
  if (start < 0) return none
  const before = text.slice(Math.max(0, at - 16), at)
  if (openSetting.test(before)) return none
  if (kinds.test(before)) return findOfKind(text, start)
  if (isIn(text, at - 1, hyphen)) return none
  const end = endAt(isIn(text, at - 1, underscore) ? settingKey : strongKey, text, start, endAt(strongKey, text, start))
  return end < 0 ? none : [{ start, end }]
}
