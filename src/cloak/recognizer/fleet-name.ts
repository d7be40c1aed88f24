import { blank, classesAt, digit, isIn, labelOfHost, other, runLeft, runRight } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

const anchors: readonly string[] = [
  ...['-web-', '-api-', '-db-', '-worker-', '-node-', '-prod-', '-stg-', '-app-', '-sql-', '-cache-', '-runner-', '-master-', '-win1'],
  ...[
    'stg-',
    'prod-',
    'prd-',
    'qa-',
    'uat-',
    'staging-',
    'pg-',
    'db-',
    'omv-',
    'core-',
    'edge-',
    'srv-',
    'nas-',
    'sw-',
    'fw-',
    'web-',
    'app-',
    'pbs-',
  ],
  ...[
    'runner-',
    'worker-',
    'node-',
    'rpi-',
    'mail-',
    'etcd-',
    'kafka-',
    'redis-',
    'router-',
    'gw-',
    'lb-',
    'dns-',
    'nb-',
    'ws-',
    'pc-',
    'build-',
    'backup-',
  ],
]
/** Names that a number stands right behind. */
const numbered: readonly string[] = ['pve', 'nas', 'srv', 'esx', 'web', 'db', 'pg', 'mx', 'fw', 'gw', 'sw', 'hv', 'dc']

/** Names as fleets of machines have them, of parts that tell a purpose, a stage and a number: `stg-web-2` anywhere; `pg-prod-a`, `omv-keller` and `pve3` beside a word that speaks of a place or a state. */
export const fleetName: Recognizer = {
  name: 'fleet-name',
  type: 'HOSTNAME',
  isWeighed: true,
  score: 0.7,
  label: '<host>',
  anchors,
  signs: numbered.map((sign) => ({ sign, before: blank | other, after: [digit] })),
  find: findFleetName,
  examples: {
    hidden: [
      ['Declan: stg-web-2 ran out of disk', 'Declan: <host> ran out of disk'],
      ['joined the cluster: kn-worker-04', 'joined the cluster: <host>'],
      ['on qa-win11-04.', 'on <host>.'],
      ['who was on pg-prod-a last?', 'who was on <host> last?'],
      ['gives 595 on pve03', 'gives 595 on <host>'],
      ['auf srv-frosch Schreibrechte', 'auf <host> Schreibrechte'],
      ['Backup on omv-schuppen failed', 'Backup on <host> failed'],
      ['node stg-api-9 cannot join', 'node <host> cannot join'],
      ['db-prod-3 is down', '<host> is down'],
      ['reboot of db-prod-3 tonight', 'reboot of <host> tonight'],
      ['Replica pg-b is behind', 'Replica <host> is behind'],
      ['auf dem nas-keller läuft', 'auf dem <host> läuft'],
      ['member joined: db-node-3', 'member joined: <host>'],
    ],
    kept: [
      'on web-server start',
      'from node-fetch 2',
      'on db-migration',
      'app-store is down',
      'Container app-db-1 Started',
      'web-vitals 3.5',
      'npm run build-prod-2',
      'pve-manager is running',
      'pve-kernel-6.8',
      'on web3',
      'build-77 failed',
      'on db-backend',
      'core-js-2.6.12',
      'core-2 is hot',
      'core-utils is up',
      'edge-case is handled',
      'node-gyp is missing',
      'on redis-server',
      'kafka-clients-3.7.1.jar',
      'release on prod-ready',
      'x/web-api-2',
      'ubuntu-web-api-2.tar',
      'backup-2 was made',
      'node-20 is out',
      'worker-1 started',
    ],
  },
}

const stages = new Set('prod prd stg stage staging dev test tst qa uat int live preprod'.split(' '))
const purposes = new Set(
  [
    'web www db pg psql postgres mysql mariadb mongo redis cache mq rabbit kafka es elastic k8s kube kn kw kcp cp node worker master etcd app api srv server svr',
    'host vm ct lxc box pc ws nb nas san omv truenas storage file fs backup bkp pbs pve esx esxi hv xen fw firewall gw gateway router rt rtr sw switch core edge',
    'ap vpn lb proxy haproxy mail mx smtp imap dns ns dhcp ldap ad dc auth ci runner jenkins gitlab git build mon monitor zabbix prom grafana log elk print cam pi',
    'raspi rpi nuc mac win linux bastion jump cluster sql batch queue job',
  ]
    .join(' ')
    .split(' '),
)
/** First parts that only machines have, so that what follows may be any name. */
const machines = new Set('pg db srv nas omv pve pbs esx esxi hv sw fw gw dc ws nb pc rpi raspi nuc stg prod prd vm'.split(' '))
/** Last parts of names of programs, packages and things that people speak of. */
const programs = new Set(
  [
    'server client clients proxy tools tool utils util fetch js py go rs cli lib sdk plugin plugins api apis gateway manager agent service services operator exporter',
    'controller scheduler driver drivers ui gui app apps store stores vitals gyp migration migrations backend frontend module modules ready case cases data config conf',
    'dump restore admin user users pool pools group groups name names type types size id ids key keys log logs file files test tests image images setup install update',
    'cluster version release build check status time end run only level side based mode like up out in on off down extra all net builder compose engine connect streams',
    'firmware kernel headers modules dev docs doc edk2 esx ha firewall network storage container qemu zsync common base core support link links sync tree path uri url',
  ]
    .join(' ')
    .split(' '),
)
const nameLengthMax = 40
const placeBefore =
  /(?:^|[^\p{L}\p{N}_-])(?:on|auf|auf de[rm]|host|server|box|machine|rechner|replica|standby|primary|node|knoten|member(?: joined)?|cluster|member left|problem on|zu|via|bei)(?:[:=])?[ \t]["'`(„]?$/iu
const numberedPlaceBefore =
  /(?:^|[^\p{L}\p{N}_-])(?:of|from|at|to|von|vom|nach|an|reboot|restart|restarting|joined|drain|cordon|for|für)(?::)?[ \t]["'`(„]?$/iu
const stateBehind =
  /^["'`)“]? (?:is|was|ran|has|went|lost|crashed|rebooted|rebooting|joined|left|cannot|can't|won't|did|does|doesn't|ist|hat|hängt|läuft|antwortet|war|wurde|startet|unreachable|down|offline)(?![\w-])/

function findFleetName(text: string, at: number): readonly Match[] {
  if (isNumberedAmiss(text, at)) return none
  const start = runLeft(text, isIn(text, at, labelOfHost) ? at : at + 1, labelOfHost, nameLengthMax)
  const end = runRight(text, start, labelOfHost, nameLengthMax + 1)
  const name = text.slice(start, end)
  if (end - start > nameLengthMax || !/^[A-Za-z][A-Za-z\d-]*[A-Za-z\d]$/.test(name) || name.includes('--')) return none
  if (/[/@.\\=$%{]/.test(text[start - 1] ?? ' ') || /^(?:[/@\\=({]|\.[\w*]|:\/)/.test(text.slice(end, end + 2))) return none
  return isFleet(name.toLowerCase().split('-'), text.slice(Math.max(0, start - 28), start), text.slice(end, end + 20))
    ? [{ start, end }]
    : none
}

/** Whether one of `numbered` stands there within a word or without its number, and nothing else that is asked at. */
function isNumberedAmiss(text: string, at: number): boolean {
  const sign = numbered.find((one) => text.startsWith(one, at))
  if (sign === undefined || anchors.some((anchor) => text.startsWith(anchor, at))) return false
  return (classesAt(text, at - 1) & (blank | other)) === 0 || !isIn(text, at + sign.length, digit)
}

function isFleet(parts: readonly string[], before: string, behind: string): boolean {
  const last = parts.at(-1) ?? ''
  const isNumbered = /\d$/.test(last) && !/^\d{4,}$/.test(last)
  const bare = parts.map((part) => part.replace(/\d{1,3}[a-z]?$/, ''))
  const known = bare.filter((part) => purposes.has(part) || stages.has(part)).length
  const hasStage = bare.some((part) => stages.has(part))
  if (parts.length > 5 || /(?:container|npm run|image|package)[ \t]["'`]?$/i.test(before)) return false
  if (isNumbered && (parts.length >= 3 ? known >= 2 : known === 2 && hasStage)) return true
  if (parts.length === 1) return isNumbered && last !== 'web3' && placeBefore.test(before)
  const first = bare[0] ?? ''
  if (programs.has(last) || !(machines.has(first) || (known > 0 && isNumbered && !/^\d$/.test(last)) || (known === 2 && hasStage)))
    return false
  if (placeBefore.test(before)) return true
  return isNumbered
    ? (machines.has(first) || known >= 2) && (numberedPlaceBefore.test(before) || stateBehind.test(behind))
    : hasStage && stateBehind.test(behind)
}
