import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Machines in lines of one form: leases of DHCP servers, plays of Ansible, prompts without a user, and the names that Windows gives itself. */
export const messageHost: Recognizer = {
  name: 'message-host',
  type: 'HOSTNAME',
  isWeighed: true,
  label: '<host>',
  anchors: [
    ...['dhcpack', 'dhcpoffer', 'dhcprequest', 'dhcpdiscover', ': ok=', 'fatal: [', 'changed: [', 'ok: [', 'skipping: [', 'unreachable: ['],
    ...[':~#', ':~$', ':~ #', 'desktop-', 'laptop-', 'win-'],
    ...[' | success =>', ' | changed =>', ' | unreachable!', ' | failed!'],
  ],
  find: findMessageHost,
  examples: {
    hidden: [
      ['DHCPACK(br-lan) 10.0.0.5 bc:24:11:5a:00:1f Pixel-7', 'DHCPACK(br-lan) <ipv4> <mac> <host>'],
      ['DHCPOFFER on 10.0.0.5 to bc:24:11:5a:00:1f (pc-max) via eth0', 'DHCPOFFER on <ipv4> to <mac> (<host>) via eth0'],
      ['db-main   : ok=14   changed=3', '<host>   : ok=14   changed=3'],
      ['fatal: [web-2]: UNREACHABLE!', 'fatal: [<host>]: UNREACHABLE!'],
      ['changed: [nas -> localhost]', 'changed: [<host> -> localhost]'],
      ['x\nnas | SUCCESS => {', 'x\n<host> | SUCCESS => {'],
      ['x\nnas7:~# apt update', 'x\n<host>:~# apt update'],
      ['from DESKTOP-9K2QF1L at', 'from <host> at'],
      ['LAPTOP-JWU42ABC', '<host>'],
      ['on WIN-6RQJ0K1EXAM', 'on <host>'],
    ],
    kept: [
      'localhost                  : ok=12   changed=3',
      'fatal: [Errno 2] No such file',
      'ok: [localhost]',
      'changed: [1/3]',
      'DHCPACK from server',
      'localhost:~# ls',
      'desktop-file-utils',
      'win-acme',
      'LAPTOP-mode-tools',
      'DESKTOP-SESSION',
      'ok: [  OK  ]',
    ],
  },
}

const name = '[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{0,62}'
const leased = new RegExp(
  `dhcp(?:ack|offer|request|discover)\\b[^\\n]{0,96}?(?:(?:[\\da-f]{2}:){5}[\\da-f]{2}|<mac>) \\(?(?!via\\b|from\\b)(${name})(?=[)\\s]|$)`,
  'diuy',
)
const played = new RegExp(`(?:fatal|changed|ok|skipping|unreachable): \\[(?!Errno)(${name})(?=\\]| -> )`, 'duy')
const ofWindows = /(?:DESKTOP-(?=[A-Z]{0,6}\d)[A-Z\d]{7}|LAPTOP-(?=[A-Z]{0,7}\d)[A-Z\d]{5,8}|WIN-(?=[A-Z]{0,10}\d)[A-Z\d]{7,11})(?![\w-])/y
const recap = new RegExp(`(?:^|\\n)(${name})[ \\t]{0,64}$`, 'du')
const prompt = new RegExp(`(?:^|\\n)(${name})$`, 'du')
const lineReach = 128

const adHoc = new RegExp(`(?:^|\\n)(${name})$`, 'du')

function findMessageHost(text: string, at: number): readonly Match[] {
  if (text[at] === ' ') {
    const from = Math.max(0, at - lineReach)
    return matchOf(text, from, adHoc.exec(text.slice(from, at))?.indices?.[1])
  }
  if (text[at] === ':') {
    const from = Math.max(0, at - lineReach)
    const isRecap = text[at + 1] === ' '
    if (isRecap && !/^: ok=\d/.test(text.slice(at, at + 6))) return none
    return matchOf(text, from, (isRecap ? recap : prompt).exec(text.slice(from, at))?.indices?.[1])
  }
  ofWindows.lastIndex = at
  const windows = /\w/.test(text[at - 1] ?? ' ') ? null : ofWindows.exec(text)
  if (windows) return [{ start: at, end: at + windows[0].length }]
  for (const pattern of [leased, played]) {
    pattern.lastIndex = at
    const place = pattern.exec(text)?.indices?.[1]
    if (place) return matchOf(text, 0, place)
  }
  return none
}

function matchOf(text: string, from: number, place: readonly [number, number] | undefined): readonly Match[] {
  if (!place) return none
  const host = text.slice(from + place[0], from + place[1])
  return host === 'localhost' || !/\p{L}/u.test(host) ? none : [{ start: from + place[0], end: from + place[1] }]
}
