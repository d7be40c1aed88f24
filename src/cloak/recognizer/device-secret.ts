import { groupByInitial, patternsAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Keys and passwords in the settings of switches, routers and tunnels, where a word of the command stands for a label: `enable password x`, `tacacs-server key 7 x`, `: XAUTH "x"`. */
export const deviceSecret: Recognizer = {
  name: 'device-secret',
  type: 'PASSWORD',
  isWeighed: true,
  label: '<secret>',
  anchors: [
    ...[
      'enable password ',
      'enable secret ',
      'tacacs',
      'radius',
      'message-digest-key ',
      'authentication-key ',
      'authentication text ',
      'key-string ',
    ],
    ...[
      'chap password ',
      'pap sent-username ',
      'pre-shared-key',
      'presharedkey',
      'pre-shared-secret',
      'preshared-key',
      'ipsec-secret',
      'neighbor ',
      'wpa-psk ',
      'wpa-passphrase ',
    ],
    ...[': xauth ', ': eap ', ': psk ', 'snmp-server user ', 'authentication simple ', 'psksecret ', 'passwd enc '],
  ],
  find: findDeviceSecret,
  examples: {
    hidden: [
      ['enable password geheim', 'enable password <secret>'],
      ['enable secret 9 $9$abc', 'enable secret 9 <secret>'],
      ['tacacs-server key 7 05080F1C22', 'tacacs-server key 7 <secret>'],
      ['radius-server host 10.0.0.5 auth-port 1812 key geheim', 'radius-server host <ipv4> auth-port 1812 key <secret>'],
      ['ip ospf message-digest-key 1 md5 geheim', 'ip ospf message-digest-key 1 md5 <secret>'],
      ['ntp authentication-key 1 md5 geheim', 'ntp authentication-key 1 md5 <secret>'],
      ['  neighbor 10.0.0.5 password geheim', '  neighbor <ipv4> password <secret>'],
      ['pre-shared-key ascii-text "a b"', 'pre-shared-key ascii-text "<secret>"'],
      ['set wpa2-pre-shared-key="a b" x', 'set wpa2-pre-shared-key="<secret>" x'],
      ['ipsec-secret=geheim', 'ipsec-secret=<secret>'],
      ['ppp chap password 0 geheim', 'ppp chap password 0 <secret>'],
      ['admin : XAUTH "a b"', 'admin : XAUTH "<secret>"'],
      ['%any : PSK geheim', '%any : PSK <secret>'],
      ['set psksecret geheim', 'set psksecret <secret>'],
      ['snmp-server user x y v3 auth sha geheim1 priv aes 128 geheim2', 'snmp-server user x y v3 auth sha <secret> priv aes 128 <secret>'],
    ],
    kept: [
      'enable password prompts',
      'enable password authentication for users',
      'enable secret storage in the settings',
      'the pre-shared-key is missing',
      'pre-shared-key: required',
      'radius of 5',
      'radius server is down',
      'the neighbor password check failed',
      'md5 checksum',
      'message-digest-key rotated',
      'no : PSK',
    ],
  },
}

/** A value that ends its line, since what goes on is a sentence. */
const last = '["\']?(?<secret>(?<=")[^"\\n]{1,128}|(?<=\')[^\'\\n]{1,128}|[^\\s"\'$<{]{1,128})["\']?(?=[ \\t]*(?:;|\\r?\\n|$))'
const any = '["\']?(?<secret>(?<=")[^"\\n]{1,128}|(?<=\')[^\'\\n]{1,128}|[^\\s"\'$<{]{1,128})'
const level = '(?:(?:\\d|level \\d{1,2}|encrypted) ){0,2}'
const forms = groupByInitial([
  ['e', new RegExp(`enable (?:password|secret) ${level}(?!prompts|auth|login)${last}`, 'diy')],
  ['tr', new RegExp(`(?:tacacs|radius)(?:-server)?[ \\t][^\\n]{0,128}?\\bkey ${level}(?!chain|is\\b)${last}`, 'diy')],
  ['ma', new RegExp(`(?:message-digest|authentication)-key \\d{1,5} (?:md5|sha\\d*|hmac-\\S{1,16}) ${level}${any}`, 'diy')],
  ['ak', new RegExp(`(?:authentication (?:text|simple)|key-string) ${level}${last}`, 'diy')],
  ['cp', new RegExp(`(?:chap password|pap sent-username \\S{1,64} password) ${level}${last}`, 'diy')],
  ['n', new RegExp(`(?<=(?:^|\\n)[ \\t]{0,8})neighbor [^\\s]{1,64} password ${level}${last}`, 'diy')],
  [
    'p',
    new RegExp(
      `pre-?shared-?(?:key|secret)(?:(?: (?:ascii-text|hexadecimal|local|remote|address \\S{1,64} key))?[ \\t]{1,4}(?!is\\b|for\\b|or\\b)${last})`,
      'diy',
    ),
  ],
  [
    'p',
    new RegExp(
      `pre-?shared-?(?:key|secret)["']?[ \\t]{0,4}[:=][ \\t]{0,4}(?!(?:required|missing|none|optional|not|yes|no|true|false|enabled|disabled|hidden)\\b|[\\w+/]{43}=)${any}`,
      'diy',
    ),
  ],
  ['i', new RegExp(`ipsec-secret[ \\t]{0,4}=[ \\t]{0,4}${any}`, 'diy')],
  ['w', new RegExp(`wpa-(?:psk|passphrase) (?:ascii |hex )?(?:\\d )?${last}`, 'diy')],
  [':', new RegExp(`: (?:XAUTH|EAP|PSK) ${last}`, 'dy')],
  ['p', new RegExp(`(?:psksecret (?:ENC )?|passwd ENC )${last}`, 'diy')],
  [
    's',
    /snmp-server user [^\n]{1,96}? auth (?:md5|sha)(?:[ -]\d{3})? (?<secret>\S{1,64})(?: priv (?:des|3des|aes)(?: \d{3})? (?<secret2>\S{1,64}))?/diy,
  ],
])

function findDeviceSecret(text: string, at: number): readonly Match[] {
  for (const form of patternsAt(forms, text, at)) {
    form.lastIndex = at
    const groups = form.exec(text)?.indices?.groups
    if (!groups) continue
    const places = [groups['secret'], groups['secret2']].filter((place) => place !== undefined)
    return places.map(([start, end]) => ({ start, end }))
  }
  return none
}
