import { type Match, none, type Recognizer } from '../recognizer.ts'

/** The machine in prompts of switches, routers and firewalls (`core-sw1# show run`, `edge(config)#`), and user and machine in those of starship. */
export const devicePrompt: Recognizer = {
  name: 'device-prompt',
  type: 'HOSTNAME',
  isWeighed: true,
  label: '<host>',
  otherLabels: ['<user>'],
  anchors: [
    ...[
      '# sh',
      '#sh',
      '> sh',
      '>sh',
      '# conf',
      '#conf',
      '>en',
      '> en',
      '>disp',
      '> disp',
      '(config',
      '# copy',
      '#copy',
      '# wr',
      '#wr',
      '# get ',
      '# diag',
    ],
    ...[
      '# exec',
      '# int',
      '#int',
      '#ping',
      '# reload',
      '# exit',
      '#exit',
      '> set ',
      '# set ',
      '> ping',
      '>ping',
      '> configure',
      '# display',
      '#display',
      ' in ~',
    ],
  ],
  find: findDevicePrompt,
  examples: {
    hidden: [
      ['core-sw1# show running-config', '<host># show running-config'],
      ['x\nedge-rt2(config)# interface Gi0/1', 'x\n<host>(config)# interface Gi0/1'],
      ['edge-rt2(config-if)#no shut', '<host>(config-if)#no shut'],
      ['SW-OG2>enable', '<host>>enable'],
      ['<HUAWEI-SW3>display version', '<<host>>display version'],
      ['FGT-1 # get system status', '<host> # get system status'],
      ['ubuntu-ci in 🌐 runner-7 in ~/repo', '<user> in 🌐 <host> in ~/repo'],
    ],
    kept: [
      'mysql> show tables',
      'test> show dbs',
      'a # show me',
      'C# shared library',
      'see (config) below',
      'f(config) { }',
      'found in ~/repo',
      'saved in x in ~/repo',
      'root# show',
    ],
  },
}

const before = /(?:^|\n)[<[]?([A-Za-z][\w.-]{1,62})(?:>| )?$/d
const commandBehind =
  /^[#>] ?(?:sh(?:ow)?|conf(?:igure)?(?: t(?:erminal)?)?|en(?:able)?|disp(?:lay)?|copy|wr(?:ite)?|get|diag(?:nose)?|exec(?:ute)?|int(?:erface)?|ping|reload|exit|set)(?: |\r?\n|$)/
const modeBehind = /^\(config[\w-]{0,24}\)# ?/
const starship = /(?:^|\n)([A-Za-z_][\w.-]{0,63}) in (?:[^\w\s]{1,4}|[\ud800-\udfff]{1,4}) ?([A-Za-z][\w.-]{0,62})$/d
const reach = 72

function findDevicePrompt(text: string, at: number): readonly Match[] {
  const from = Math.max(0, at - reach)
  const said = text.slice(from, at)
  if (text[at] === ' ') {
    const [, user, host] = starship.exec(said)?.indices ?? []
    if (!user || !host) return none
    return [
      { start: from + user[0], end: from + user[1], label: '<user>', type: 'USERNAME' },
      { start: from + host[0], end: from + host[1] },
    ]
  }
  const behind = text.slice(at, at + 32)
  const place = (text[at] === '(' ? modeBehind : commandBehind).test(behind) ? before.exec(said)?.indices?.[1] : undefined
  if (!place) return none
  const name = said.slice(...place).replace(/-$/, '')
  const isSaid = /[\d-]/.test(name) || /^[A-Z]{2}/.test(name)
  return isSaid && !/^(?:HP-Switch|sqlite3|neo4j|rs\d|db\d|test\d|python3|ksql)/i.test(name)
    ? [{ start: from + place[0], end: from + place[0] + name.length }]
    : none
}
