import { foreign, isIn, letter } from '../character.ts'
import { dottedEnd } from '../host-name.ts'
import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isHost } from './host-label.ts'

/** Machines and Windows domains behind the words that tickets, forms and event logs have for them: `Rechner: LRA-PC-1180`, `Domäne: LANDRATSAMT`, `workgroup = WERKSTATT`. */
export const hostWord: Recognizer = {
  name: 'host-word',
  type: 'HOSTNAME',
  isWeighed: true,
  label: '<host>',
  anchors: [
    ...[
      'rechner:',
      'rechner =',
      'arbeitsplatz:',
      'arbeitsplatz-',
      'arbeitsstation',
      'pc:',
      'pc-name',
      'pc name',
      'computer:',
      'computer =',
      'computer=',
    ],
    ...['machine:', 'machine=', 'maschine:', 'workstation:', 'notebook:', 'laptop:', 'workgroup', 'arbeitsgruppe', 'knoten:'],
    ...[
      'account domain:',
      'caller computer',
      'alert: ',
      'connect from ',
      'membership, ',
      'domain name:',
      'name server ',
      'not known: ',
      'uptime of ',
      '>1 20',
    ],
  ],
  // The letter before the sign is beyond ASCII: `Gerät: `, `Domäne: `.
  signs: [
    { sign: 't: ', before: foreign, after: [letter] },
    { sign: 'ne: ', before: foreign, after: [letter] },
  ],
  find: findHostWord,
  examples: {
    hidden: [
      ['Rechner: LRA-PC-1180', 'Rechner: <host>'],
      ['Domäne: LANDRATSAMT', 'Domäne: <host>'],
      ['workgroup = SCHREINEREI', 'workgroup = <host>'],
      ['PC-Name: EMPFANG3', 'PC-Name: <host>'],
      ['Gerät: LRA-NB-0042', 'Gerät: <host>'],
      ['Computer: BUCHHALTUNG3', 'Computer: <host>'],
      ['Source Workstation: EMPFANG7', 'Source Workstation: <host>'],
      ['Arbeitsplatz: empfang-2, OG', 'Arbeitsplatz: <host>, OG'],
      ['HOST ALERT: etage2-sw;DOWN;HARD', 'HOST ALERT: <host>;DOWN;HARD'],
      ['rsyncd: connect from kiste7 (10.0.0.5)', 'rsyncd: connect from <host> (<ipv4>)'],
    ],
    kept: [
      'workgroup = WORKGROUP',
      'machine: x86_64',
      'machine: q35',
      'Computer: an',
      'Rechner: 2 Stück',
      'Gerät: Drucker',
      'SECURITY ALERT: check',
      'Domäne: nicht gefunden',
      'not known: error',
      'machine: linux-x64',
      'Uptime of 12 days',
      'Result: ok-2',
      'Phone: x-2',
    ],
  },
}

const labels = [
  /(?:rechner(?:name)?|arbeitsplatz(?:-?(?:rechner|pc))?|arbeitsstation|pc(?:[ -]name)?|computer|machine|maschine|workstation|notebook|laptop|knoten|caller computer name)[ \t]{0,4}[:=][ \t]{0,8}["']?(?=[\w.-]*[\d-])/iy,
  /(?<=ger(?:ä|ae)|endger(?:ä|ae))t: (?=[A-Za-z][\w-]*\d)/iy,
  /(?<=[Dd]om(?:ä|ae))ne: (?=[A-Z][A-Z\d-]{2,15}(?![\w.]))/y,
  /(?:account domain:|workgroup ?=|arbeitsgruppe ?[:=])[ \t]{0,8}(?!workgroup|arbeitsgruppe|nt authority|builtin|-)(?=[A-Z])/iy,
  /(?<=host |service )alert: (?=[\w.-]{2,63};)/iy,
  /(?<=rsyncd(?:\[\d{1,8}\])?: )connect from (?=[\w.-]{2,63} \()/iy,
  /membership, (?=[\w-]{2,63} (?:joined|left))/iy,
  /name server (?=[A-Z][\w-]{1,14} is now a)/iy,
  /(?<=service )not known: (?=[a-z][\w.]*[\d-])/iy,
  // The second form of syslog: matches `<34>1 2025-01-19T03:00:02Z kiste sshd`.
  /(?<=<\d{1,3})>1 20\d\d-\d\d-\d\dT[\d:.+-]{6,22}Z? (?=[a-z][\w-]{1,62} [\w.-])/iy,
  /uptime of (?=[a-z][\w.]*[\d-][\w.-]*:)/iy,
]
const noName = /^(?:q35|pc-|virt|i440|x86|i\d86|amd64|arm|aarch|linux|windows|darwin|v?\d)/i

function findHostWord(text: string, at: number): readonly Match[] {
  for (const label of labels) {
    const start = endAt(label, text, at)
    if (
      start < 0 ||
      (isIn(text, at - 1, letter) && !/^(?:t|ne): /i.test(text.slice(at, at + 4)) && !/^(?:rechner|pc)/i.test(text.slice(at, at + 7)))
    )
      continue
    const end = dottedEnd(text, start)
    const name = text.slice(start, end)
    if (end - start >= 3 && isHost(text, start, end) && !noName.test(name) && !/[/(]/.test(text[end] ?? ' ')) return [{ start, end }]
  }
  return none
}
