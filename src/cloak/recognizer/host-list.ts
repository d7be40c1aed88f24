import { dottedEnd } from '../host-name.ts'
import { endAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isHost } from './host-label.ts'

/** Machines in lists: targets of a scraper, members of a cluster, tables of nodes (`targets: ['nas:9100']`, `kubectl get nodes`, `pvecm nodes`). */
export const hostList: Recognizer = {
  name: 'host-list',
  type: 'HOSTNAME',
  isWeighed: true,
  label: '<host>',
  anchors: [
    ...[
      'targets',
      'hosts',
      'nodes:',
      'nodes=',
      'nodes":',
      'endpoints',
      'peers',
      'seeds',
      'seed_hosts',
      'master_nodes',
      'members',
      'sentinels',
      'brokers',
    ],
    ...['replset', 'etcd-servers', 'zookeeper.connect'],
    ...['  ready', '  notready', ' (local)'],
  ],
  find: findHostList,
  examples: {
    hidden: [
      ["targets: ['nas:9100', '10.0.0.5:9100', 'web-2:9100']", "targets: ['<host>:9100', '<ipv4>:9100', '<host>:9100']"],
      ['targets:\n  - nas:9100\n  - box:9100\n', 'targets:\n  - <host>:9100\n  - <host>:9100\n'],
      ['seed_hosts: ["es-1", "es-2"]', 'seed_hosts: ["<host>", "<host>"]'],
      ['replSet=rs0/mongo-1:27017,mongo-2:27017', 'replSet=rs0/<host>:27017,<host>:27017'],
      ['NAME    STATUS   ROLES\nkube-cp   Ready    control-plane   90d', 'NAME    STATUS   ROLES\n<host>   Ready    control-plane   90d'],
      ['kube1   NotReady,SchedulingDisabled   <none>   9d', '<host>   NotReady,SchedulingDisabled   <none>   9d'],
      ['x3ks2fj0al *   nas   Ready   Active   Leader', 'x3ks2fj0al *   <host>   Ready   Active   Leader'],
      ['         1          1 nas (local)', '         1          1 <host> (local)'],
    ],
    kept: [
      'targets: all, build',
      'hosts: files dns',
      'hosts: all',
      'targets:\n  - x86_64-linux',
      'nodes: 3',
      'nodes: localhost:9092',
      'peers: none',
      'is Ready to go',
      'database system is Ready 2 accept',
      'endpoints: /health',
      'members: ["a", "b"]',
    ],
  },
}

const label =
  /(?:targets|(?:seed_?)?hosts|nodes|endpoints|peers|seeds|master_nodes|members|sentinels|brokers|etcd-servers|zookeeper\.connect|replset)\\?["']?[ \t]{0,4}[=:][ \t]{0,4}(?:[\w-]{1,32}\/)?\[?/iy
/** What stands before the next name: a comma, or the next line of a list. */
const step = /[ \t]{0,4}["']?(?:,|\n[ \t]{0,16}-)?[ \t]{0,4}["']?(?:https?:\/\/)?/y
/** A name with a port, and one of which the form tells that it is of a machine: matches `nas:9100`, `es-1`, `node02`; must not match `dns`, `x86_64-linux`. */
const withPort = /[a-z][\w.-]{0,252}(?=:\d{2,5}(?![\w.])|=)/iy
const numbered = /(?!x86|i[36]86|arm|v\d)[a-z][a-z_-]{0,40}\d{1,3}(?=["',\s\]]|$)/iy
const other = /[\d.]{7,15}|<[a-z\d]{1,14}>|\[[^\]\n]{2,45}\]/y
const port = /:\d{2,5}/y
const namesMax = 32

function findHostList(text: string, at: number): readonly Match[] {
  if (text[at] === ' ') return findRow(text, text[at + 1] === ' ' ? at + 1 : at)
  let from = endAt(label, text, at)
  if (from < 0) return none
  const matches: Match[] = []
  for (let names = 0; names < namesMax; names += 1) {
    const start = endAt(step, text, from, from)
    if (names > 0 && start === from) break
    const end = endAt(withPort, text, start, endAt(numbered, text, start))
    const otherEnd = end < 0 ? endAt(other, text, start) : end
    if (otherEnd < 0) break
    if (end >= 0 && dottedEnd(text, start) === end && isHost(text, start, end)) matches.push({ start, end })
    from = endAt(port, text, otherEnd, otherEnd)
  }
  return matches.length === 0 ? none : matches
}

/** The rows of tables of nodes: of Kubernetes and Swarm by their status, of Proxmox by its mark. */
const rows = [
  /^[ \t]{0,8}(?:[a-z\d]{10,25} (?:\*| ) {1,6})?([a-z][\w.-]{0,252})[ \t]{2,64}$/i,
  /^[ \t]{0,16}(?:0x[\da-f]{8}|\d{1,4})[ \t]{1,16}\d{1,4}[ \t]{1,16}([a-z][\w.-]{0,252})$/i,
]
const status =
  / (?:not)?ready(?:,\w{1,24})?[ \t]{2,32}(?:<none>|control-plane|master|worker|etcd|active|drain|pause|agent|[a-z,-]{3,40}[ \t]{2})/iy
const local = / \(local\)/y
const rowReach = 320

function findRow(text: string, at: number): readonly Match[] {
  const isStatus = endAt(status, text, at) >= 0
  if (!isStatus && endAt(local, text, at) < 0) return none
  const from = Math.max(0, at - rowReach)
  const line = text.slice(text.lastIndexOf('\n', at - 1) < from ? from : text.lastIndexOf('\n', at - 1) + 1, at + (isStatus ? 1 : 0))
  const found = rows[isStatus ? 0 : 1]?.exec(isStatus ? `${line.trimEnd()}  ` : line)?.[1]
  if (found === undefined) return none
  const start = at + (isStatus ? 1 : 0) - line.length + line.lastIndexOf(found)
  return isHost(text, start, start + found.length) ? [{ start, end: start + found.length }] : none
}
