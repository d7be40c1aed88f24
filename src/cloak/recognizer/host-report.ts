import { isIn, letter } from '../character.ts'
import { dottedEnd } from '../host-name.ts'
import { endAt, groupByInitial, patternsAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isHost } from './host-label.ts'

/** Machines in what scanners, mail servers, monitors, clusters and agents report: `scan report for x (`, `nfs: server x not responding`, `sysName: x`, `"machine":"x"`. */
export const hostReport: Recognizer = {
  name: 'host-report',
  type: 'HOSTNAME',
  isWeighed: true,
  label: '<host>',
  anchors: [
    ...[
      'machine"',
      'machinename',
      'machine_name',
      'computer_name',
      'node.name',
      'host.name',
      'sysname',
      'system name:',
      'device id:',
      'myhostname',
    ],
    ...[
      'instance="',
      'target node',
      'source node',
      'host":{"name',
      'host": {"name',
      'report for ',
      'nfs: server ',
      'received: from ',
      'ehlo ',
      'helo ',
    ],
    ...[
      'lost connection to ',
      'backend ',
      'server web/',
      'peer ',
      'cation failed for ',
      'backup of ',
      'backup von ',
      '-fd"',
      ' ansible_host=',
      ') at ',
    ],
    ...[
      '    nodeid:',
      '  nodeid:',
      'connection from ',
      'srchost',
      'src_host',
      'dsthost',
      'dst_host',
      'source_host',
      'target_host',
      'remote_host',
      'agent.name',
    ],
  ],
  find: findHostReport,
  examples: {
    hidden: [
      ['{"machine":"kiste"}', '{"machine":"<host>"}'],
      ['MachineName=KISTE', 'MachineName=<host>'],
      ['node.name: kiste', 'node.name: <host>'],
      ['SysName: sw1', 'SysName: <host>'],
      ['Device ID: sw1', 'Device ID: <host>'],
      ['up{instance="kiste:9100"}', 'up{instance="<host>:9100"}'],
      ['{"host":{"name":"kiste"}}', '{"host":{"name":"<host>"}}'],
      ['Nmap scan report for kiste (10.0.0.5)', 'Nmap scan report for <host> (<ipv4>)'],
      ['nfs: server kiste not responding', 'nfs: server <host> not responding'],
      ['Received: from kiste (x)', 'Received: from <host> (x)'],
      ['EHLO kiste7', 'EHLO <host>'],
      ['lost connection to kiste7', 'lost connection to <host>'],
      ['web7 ansible_host=10.0.0.5', '<host> ansible_host=<ipv4>'],
      ['kiste (10.0.0.5) at aa:bb:cc:dd:ee:01 [ether]', '<host> (<ipv4>) at <mac> [ether]'],
      ['    name: kiste\n    nodeid: 1', '    name: <host>\n    nodeid: 1'],
      ['Backup of kiste-7 finished', 'Backup of <host> finished'],
      ['Server web/kiste7 is DOWN', 'Server web/<host> is DOWN'],
    ],
    kept: [
      'machine": "x86_64"',
      'node.name: ',
      'Device ID: 8086',
      'instance="default"',
      'report for the day',
      'EHLO localhost',
      'lost connection to server',
      'lost connection to the database',
      'backend is down',
      'backend started 2',
      'peer reset',
      'backup of files finished',
      'f(x) at main.js',
      '"host":{"name":"localhost"}',
      'connection from client',
      'authentication failed for user',
    ],
  },
}

const numbered = '(?=[a-z][\\w.]*[\\d-])'
const labels = groupByInitial([
  ['mc', /(?:machine(?:_?name)?|computer_name)\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?(?=[a-z][\w.-]{1,62}(?:["'\\,;\s]|$))/iy],
  ['nha', /(?:node|host|agent)\.name["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?=[a-z][\w.-]{1,62}(?:["',;\s]|$))/iy],
  ['s', /sysname(?:\.0)?[ \t]{0,4}(?:= string)?[ \t]{0,2}[:=][ \t]{0,8}["']?(?!string)(?=[a-z])/iy],
  ['sd', new RegExp(`(?:system name|device id):[ \\t]{1,8}${numbered}`, 'iy')],
  ['m', /myhostname[ \t]{0,4}=[ \t]{0,4}(?=[a-z])/iy],
  ['i', /instance="(?=[a-z][\w.-]{1,62}:\d{2,5}")/iy],
  ['ts', new RegExp(`(?:target|source) node[:=]?[ \\t]{1,4}["']?${numbered}`, 'iy')],
  ['h', /host": ?\{"name": ?"(?=[a-z])/iy],
  ['r', /(?<=scan )report for (?=[\w.-]{2,63} \()/iy],
  ['n', /nfs: server (?=[\w.-]{2,63} (?:not|ok|is))/iy],
  ['r', /received: from (?=[a-z][\w.-]{1,62} \()/iy],
  ['eh', /(?:ehlo|helo) (?=[a-z][\w.-]{1,62}[ \t]*(?:\r?\n|$|[">]))/iy],
  ['l', new RegExp(`lost connection to (?:node |host |server )?["']?${numbered}`, 'iy')],
  ['c', new RegExp(`(?<!incoming )connection from (?:host )?["']?${numbered}(?=[\\w.-]{2,63}(?:["':,;.]?(?:\\s|$)| \\())`, 'iy')],
  ['b', new RegExp(`backend ${numbered}(?=[\\w-]{2,63} is )`, 'iy')],
  ['s', /server web\/(?=[\w-]{2,63} is )/iy],
  ['p', new RegExp(`peer ${numbered}(?=[\\w.-]{2,63} (?:dis)?connected)`, 'iy')],
  [
    'c',
    new RegExp(
      `cation failed for (?:host )?${numbered}(?=[\\w.-]{2,63}[ \\t.]*(?:\\n|$))(?<=key verification failed for (?:host )?)`,
      'iy',
    ),
  ],
  [
    'b',
    new RegExp(
      `backup (?:of|von) (?:host |client )?["'„]?${numbered}(?=[\\w-]{2,63}["'“]? (?:finished|failed|started|completed|succeeded|ist|wurde|fehlgeschlagen|abgeschlossen|is|was|took))`,
      'iy',
    ),
  ],
  ['srdt', /(?:(?:src|dst)_?host|(?:source|target|remote)_host)["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?=[a-z])/iy],
])
/** What stands before an anchor, its group the machine. */
const endings: readonly (readonly [start: string, before: RegExp])[] = [
  [' ansible_', /(?:^|\n)([a-z][\w-]{0,62})$/di],
  [') at ', /(?:^|\n)([a-z][\w-]{0,62}) \((?:[\d.]{7,15}|<ipv4>)$/di],
  ['-fd"', /[Cc]lient: ?"([a-z][\w-]{0,62})$/d],
]
const nodeName = /\bname: ([a-z][\w-]{0,62})\r?\n$/di
const reach = 96

function findHostReport(text: string, at: number): readonly Match[] {
  if (/^ {2,4}nodeid:/.test(text.slice(at, at + 12))) return findBefore(text, at, nodeName)
  for (const [start, before] of endings) if (text.startsWith(start, at)) return findBefore(text, at, before)
  if (isIn(text, at - 1, letter) && !/^(?:cation|machine|myhost)/i.test(text.slice(at, at + 7))) return none
  for (const label of patternsAt(labels, text, at)) {
    const start = endAt(label, text, at)
    const end = start < 0 ? -1 : dottedEnd(text, start)
    if (end > start + 1 && isHost(text, start, end)) return [{ start, end }]
  }
  return none
}

function findBefore(text: string, at: number, before: RegExp): readonly Match[] {
  const from = Math.max(0, at - reach)
  const said = text.slice(from, at).replace(/ +$/, '')
  const place = before.exec(said)?.indices?.[1]
  return place && isHost(text, from + place[0], from + place[1]) ? [{ start: from + place[0], end: from + place[1] }] : none
}
