import { blank, colon, digit, dot, hex, letter, other, runLeft } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Names behind an address in a line of `/etc/hosts`. */
export const hostsFile: Recognizer = {
  name: 'hosts-file',
  type: 'HOSTNAME',
  label: '<host>',
  anchors: [],
  signs: [
    { sign: '.', before: digit, after: [digit | letter, digit | dot, digit | letter | dot] },
    { sign: ':', before: hex | blank | other, after: [hex | colon, hex | colon | blank, hex | colon | blank | letter] },
  ],
  find: findHostsLine,
  examples: {
    hidden: [
      ['10.0.0.5 pve1.example.com pve1', '<ipv4> <host> <host>'],
      ['127.0.1.1\tmybox', '<ipv4>\t<host>'],
      ['fd00::5 nas nas2\n', '<ipv6> <host> <host>\n'],
      ['10.0.0.5   nas', '<ipv4>   <host>'],
      ['10.0.0.5 nas', '<ipv4> <host>'],
      ['10.0.0.5\tbüro nas', '<ipv4>\t<host> <host>'],
      ['127.0.0.1 localhost nas', '<ipv4> localhost <host>'],
    ],
    kept: [
      '1.5 seconds',
      '1.2.3.4-1 package',
      '::1 localhost ip6-localhost ip6-loopback',
      'abc def',
      '10.0.0.1 refused the connection',
      '127.0.0.1 is not reachable',
      '192.x.x.51 failed',
      '192.168.1.2 timed out',
      '10.0.0.7  is down on eth0',
      '1.25.3.1 is the newest version',
      '10.0.0.1 unreachable',
      '10.0.0.3 returned 503',
      '10.0.0.3 Rejected peer2',
      '10.0.0.3\tfailed',
      '5:1 odds',
      ':8080 in-use',
      '10.0.0.5 Connection refused',
      '10.0.0.1 port 80 closed',
      '10.0.0.2 sent 3 packets',
    ],
  },
}

const addressReach = 5
/** More words than this are a sentence that begins with an address. */
const namesMax = 6
const line =
  /(?:\d{1,3}(?:\.(?:\d{1,3}|x)){3}|[0-9a-f]{0,4}:[0-9a-f]{0,4}:[0-9a-f:]{0,38})([ \t]+)(?=[A-Za-z])([\w\u00c0-\u024f. \t-]{1,512}?)[ \t]*(?=\r?\n|$|#)/iy
const nobody = /^(?:localhost|ip6-.*|.*\.localdomain|broadcasthost)$/i

/** What messages say of an address. */
const messageWords = new Set([
  ...'a an the this that it its is are was were be been has have had does did do not no never and or but if then so as by at in on of to'.split(
    ' ',
  ),
  ...'from for with via over into after before while because since until again already still now only also too very more than all any'.split(
    ' ',
  ),
  ...'can cannot could will would should must may might says said sent got gets sends took takes lost left went goes ran runs kept keeps'.split(
    ' ',
  ),
  ...'up down out off back away ok yes dead alive slow busy idle free full ready online offline open close good bad unknown invalid wrong'.split(
    ' ',
  ),
  ...'error errors failure timeout time times reset refuse refuses fail fails drop drops deny denies reply replies answer answers respond responds'.split(
    ' ',
  ),
  ...'connection connections connect port ports host hosts server servers client clients node address network gateway router route dns ping'.split(
    ' ',
  ),
  ...'dev proto scope src metric lladdr via brd mtu netmask broadcast table default global link static dynamic tcp udp icmp http https ssh'.split(
    ' ',
  ),
  ...'version release packet packets byte bytes request requests response responses ms sec seconds user users get post put delete head'.split(
    ' ',
  ),
])
/** What happened, happens or is possible (`failed`, `responding`, `unreachable`), and bare numbers. */
const messageForm = /^(?:[a-z]{3,}(?:ed|ing|[ai]ble)|[\d.-]+)$/i
/** What names of machines have and words have not. */
const nameForm = /[\d.-]/

function findHostsLine(text: string, at: number): readonly Match[] {
  const lineStart = runLeft(text, at, hex, addressReach)
  if (lineStart > 0 && text[lineStart - 1] !== '\n') return none
  line.lastIndex = lineStart
  const [, gap = '', names = ''] = line.exec(text) ?? []
  if (!isHostsLine(gap, names.split(/[ \t]+/))) return none
  const start = text.indexOf(names, at)
  return [...names.matchAll(/[\w\u00c0-\u024f.-]+/g)]
    .filter(([name]) => !nobody.test(name))
    .map(({ 0: name, index }) => ({ start: start + index, end: start + index + name.length }))
}

/** A name of a machine, an alignment, or a single word tells a hosts file from a sentence that begins with an address. */
function isHostsLine(gap: string, names: readonly string[]): boolean {
  if (names[0] === '' || names.length > namesMax || names.some((name) => messageForm.test(name) || messageWords.has(name.toLowerCase())))
    return false
  return gap !== ' ' || names.length === 1 || names.some((name) => nameForm.test(name.replace(/[.-]+$/, '')) || nobody.test(name))
}
