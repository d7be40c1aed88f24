import { alphanumeric, hyphen, isIn, underscore } from '../character.ts'
import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { readValue } from '../value.ts'

/** Keys behind the bare word `key`, which is also that of caches, maps and columns: only what looks like a key, and like no hash. */
export const bareKey: Recognizer = {
  name: 'bare-key',
  type: 'API_KEY',
  isWeighed: true,
  label: '<secret>',
  anchors: ['key:', 'key=', 'key =', 'key":', 'key-', 'key is ', 'key ist ', 'ssel: ', 'ssel ist ', 'ssel lautet '],
  find: findBareKey,
  examples: {
    hidden: [
      ['encryption:\n  key: "LQ0jAQz9k3kVgUXrN/NZ6bYB/bdxs+cqG7RW5IShnp0="', 'encryption:\n  key: "<secret>"'],
      ['FCM_SERVER_KEY=AAAA5Y_eo4s:APA91bcO6u9hpYde7XJTR5sMZvqZtGAimQrgQmZ3i4ub9Wj1-ldif', 'FCM_SERVER_KEY=<secret>'],
      ['Recovery key: AB12-CD34-EF56', 'Recovery key: <secret>'],
      ['encryption-key: kR7vTq2Lm9', 'encryption-key: <secret>'],
      ['mailgun_key: key-0123456789abcdef0123456789abcdef', 'mailgun_key: <secret>'],
      ['network_key: [12, 201, 44, 9, 87, 130, 255, 3]', 'network_key: <secret>'],
      ['network_key:\n  - 12\n  - 201\n  - 44\n  - 9\n  - 87\n  - 130\n  - 255\n  - 3\nx', 'network_key:<secret>\nx'],
      ['"networkKey": [0x01, 0x03, 0x05, 0x07, 0x09, 0x0B, 0x0D, 0x0F]', '"networkKey": <secret>'],
      ['Ihr Aktivierungsschlüssel: ABCD-EFGH-1234', 'Ihr Aktivierungsschlüssel: <secret>'],
      ['Your TOTP key is JBSWY3DPEHPK3PXP', 'Your TOTP key is <secret>'],
      ['email: x\nkey: fM3T2FXdBlixaAHtQ3NUdNBkPXydXGJM', 'email: x\nkey: <secret>'],
    ],
    kept: [
      'license key: missing',
      'network_key: [1, 2, 3]',
      'sort_key: [1, 2, 3, 4, 5, 6, 7, 8]',
      'encryption key: /etc/app/x1.key',
      'network key: ed25519',
      'CACHE_KEY=v1:Linux:Node20:0123456789abcdef',
      'PUBLIC_KEY=AbCdEfGhIjKlMnOpQrStUvWxYz0123456789+/x=',
      'build-key-0123456789abcdef0123456789abcdef',
      'key: password',
      'key=0123456789abcdef0123456789abcdef',
      'public key: xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=',
      'cache key: Linux-node-0123456789abcdef0123456789abcdef',
    ],
  },
}

const key = /(?:key|ssel)\\?["']?(?:[ \t]{0,4}[:=][ \t]{0,4}| (?:is|ist|lautet):?[ \t]{1,4})\\?["']?/iy
/** 32 bytes of base64, or digits, small letters and capitals mixed. */
const strongKey = /(?:[\w+/]{43}=|(?=\w{0,64}\d)(?=\w{0,64}[a-z])(?=\w{0,64}[A-Z])[A-Za-z\d_]{24,128})(?![\w+/=.-])/y

/** Behind the name of a setting (`SERVER_KEY=`) its signs may be any of those that keys are written with. */
const settingKey = /(?!base64:)(?=[^\s"']{0,160}\d)(?=[^\s"']{0,160}[a-z])(?=[^\s"']{0,160}[A-Z])[\w+][\w+/=:~.-]{29,1024}(?=[\s"',;]|$)/y
/** What kinds of keys let somebody in or decrypt something, whatever they look like. */
const kinds =
  /(?:^|[^a-z])(?:recovery|unlock|unseal|activation|licen[sc]e|product|serial|setup|registration|join|enrol?lment|hmac|encryption|decryption|crypt|cookie|csrf|webhook|storage|wifi|wlan|wpa|network|security|pre-?shared|access|api|admin|master|signing|totp|2fa|otp)[ _-]?$|(?:aktivierungs|lizenz|produkt|wiederherstellungs|freischalt|zugangs|netzwerk|sicherheits|geräte)[ -]?schlü$/i

/** A key as the numbers of its bytes: matches `[12, 0xC9, …]` of at least eight, and one below the other. */
const bytes =
  /\[(?:[ \t\n]{0,16}(?:0x[\da-f]{1,2}|\d{1,3}),?){8,64}[ \t\n]{0,16}\]|(?:\n[ \t]{0,16}-[ \t]{1,4}(?:0x[\da-f]{1,2}|\d{1,3})[ \t]{0,4}(?=\n|$)){8,64}/iy

function findOfKind(text: string, start: number): readonly Match[] {
  const end = endAt(bytes, text, start)
  if (end >= 0) return [{ start, end }]
  const value = readValue(text, start)
  return value && keyLike.test(text.slice(value.start, value.end)) ? [value] : none
}

/** More than a word or a name in lower case: matches `kR7vTq2Lm9`, `AB12-CD34`; must not match `missing`, `ed25519`, `v2`, `/etc/x.key`, `$KEY`. */
const keyLike =
  /^(?!ed25519|sha|rsa|aes|v?\d+(?:\.\d+)*$|[/$<%{[(!.~]|\*|ENC\[)(?=.*\d)(?=.*[a-zA-Z])[^\s/]{6,}$|^(?![/$<])(?=.*[a-z])(?=.*[A-Z])(?=.*\d)\S{12,}$|^\d{12,}$/

/** Names of settings that hold no secret. */
const openSetting = /(?:cache|public|pub|sort|primary|foreign|group|index|object|partition|map|i18n|row|dedup)[_ -]?$/i
const ofMailgun = /key-[\da-f]{32}(?![\w-])/y

function findBareKey(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, alphanumeric) && !/network$|schlü$/i.test(text.slice(Math.max(0, at - 7), at))) return none
  const ofMail = endAt(ofMailgun, text, at)
  if (ofMail >= 0 && !isIn(text, at - 1, hyphen)) return [{ start: at, end: ofMail }]
  const start = endAt(key, text, at)
  if (start < 0) return none
  const before = text.slice(Math.max(0, at - 32), at)
  if (openSetting.test(before)) return none
  if (kinds.test(before)) return findOfKind(text, start)
  if (isIn(text, at - 1, hyphen)) return none
  const end = endAt(isIn(text, at - 1, underscore) ? settingKey : strongKey, text, start, endAt(strongKey, text, start))
  return end < 0 ? none : [{ start, end }]
}
