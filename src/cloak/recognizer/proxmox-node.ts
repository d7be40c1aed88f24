import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Names of cluster nodes in the paths and task ids of Proxmox VE. */
export const proxmoxNode: Recognizer = {
  name: 'proxmox-node',
  type: 'HOSTNAME',
  label: '<host>',
  anchors: ['/nodes/', 'upid:'],
  find: findProxmoxNode,
  examples: {
    hidden: [
      ['/etc/pve/nodes/pve1/lxc/101.conf', '/etc/pve/nodes/<host>/lxc/101.conf'],
      ['pvesh get /nodes/pve1/status', 'pvesh get /nodes/<host>/status'],
      ['UPID:pve1:0002B3C1:01A2B3C4:65F0A1B2:vzcreate:101:root@pam:', 'UPID:<host>:0002B3C1:01A2B3C4:65F0A1B2:vzcreate:101:root@pam:'],
    ],
    kept: ['/nodes/$NODE/status', '/nodes/', 'src/nodes/index.ts', '/app/dist/nodes/base.js'],
  },
}

const node = /(?:\/nodes\/|UPID:)([A-Za-z0-9][\w-]{0,62})(?=[:/\s"']|$)/y
const apiBefore = /(?:\/etc\/pve|\/api2\/(?:json|extjs)|[\s"'=]|^)$/

function findProxmoxNode(text: string, at: number): readonly Match[] {
  node.lastIndex = at
  const found = node.exec(text)
  const name = found?.[1] ?? ''
  if (!found || name === 'localhost' || !apiBefore.test(text.slice(Math.max(0, at - 14), at))) return none
  const end = at + found[0].length
  return [{ start: end - name.length, end }]
}
