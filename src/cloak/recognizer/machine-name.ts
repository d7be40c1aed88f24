import { isIn, labelOfHost } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Names that only machines have, wherever they stand: what kind of machine, a place or a purpose, and a number (`srv-term-03`), and names that Windows networks give (`EMPFANG-PC`). */
export const machineName: Recognizer = {
  name: 'machine-name',
  type: 'HOSTNAME',
  isWeighed: true,
  score: 0.7,
  label: '<host>',
  anchors: [
    ...['srv-', 'esx-', 'esxi-', 'nas-', 'fw-', 'hv-', 'dc-', 'fs-', 'sw-', 'ap-', 'raspi-', 'rpi-', 'nuc-', 'ws-', 'nb-'],
    ...['-srv-', '-box-', '-host-', '-farm-', '-rack', '-pc'],
  ],
  find: findMachineName,
  examples: {
    hidden: [
      ['an account on srv-term-03.', 'an account on <host>.'],
      ['esx-04 is at 100%', '<host> is at 100%'],
      ['reboot render-box-3?', 'reboot <host>?'],
      ['at app-srv-12:', 'at <host>:'],
      ['joined as WS-DREHBANK', 'joined as <host>'],
      ['workstation [EMPFANG-PC] remote', 'workstation [<host>] remote'],
      ['FS-MUC-01', '<host>'],
    ],
    kept: [
      'x86_64-pc-linux-gnu',
      'nas-tools',
      'fs-extra-2.1.0',
      'fs-1',
      'sw-precache-10.js',
      'ap-southeast-2',
      'ap-northeast-1a',
      'pve-esx-import-tools',
      'node-host-1.2',
      'virtual-box-6.1',
      '/dev/ws-01/x',
      'ws-8.18.0.tgz',
      'esx-04-template.ova',
      'WS-SECURITY',
      'DC-NAME',
    ],
  },
}

/** A kind in front, a purpose or place, and a number of two digits, or of one behind both: matches `esx-04`, `srv-term-3`; must not match `fs-1`. */
const numbered =
  /(?<![\w.@/-])(?:srv|esxi?|nas|fw|hv|dc|fs|sw|ap|raspi|rpi|nuc|ws|nb)-(?:[a-z]{2,16}-){0,2}(?:\d{2}|(?<=-[a-z]{2,16}-)\d)(?![\w-]|\.\w)/iy
const kindBehind = /(?<![\w.@/-])[a-z]{2,16}-(?:srv|box|host|farm|rack|nas|pc)-\d{1,3}(?![\w-]|\.\w)/y
/** Capitals alone, as NetBIOS has them: matches `WS-DREHBANK`, `EMPFANG-PC`; must not match `x86_64-pc`. */
const ofWindows =
  /(?<![\w.-])(?:(?:SRV|WS|NB|FS|DC)-(?=[A-Z\d-]{3,12}(?![\w-]))(?!SECURITY|NAME|RECORD|POLICY)[A-Z][A-Z\d-]*|[A-Z]{3,11}-PC\d{0,2})(?![\w-]|\.\w)/y
/** Regions of clouds. */
const region = /^ap-(?:(?:north|south)?(?:east|west)?|central)-?\d/i
const nameReach = 17

function findMachineName(text: string, at: number): readonly Match[] {
  let start = at
  while (at - start < nameReach && isIn(text, start - 1, labelOfHost)) start -= 1
  for (const form of [numbered, kindBehind, ofWindows]) {
    form.lastIndex = start
    const found = form.exec(text)?.[0]
    if (found !== undefined && !region.test(found)) return [{ start, end: start + found.length }]
  }
  return none
}
