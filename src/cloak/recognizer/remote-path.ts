import { dot, isIn, labelOfHost, nameLeft } from '../character.ts'
import { isPublicHost } from '../public-host.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** The host before a path on another machine (`nas1:/export/x`, `//nas/share`), where its line speaks of a mount or a copy. */
export const remotePath: Recognizer = {
  name: 'remote-path',
  label: '<host>',
  anchors: [':/', '//'],
  find: findRemotePath,
  examples: {
    hidden: [
      ['mount nas1:/export/x /mnt', 'mount <host>:/export/x /mnt'],
      ['mount.nfs: access denied by server while mounting nas:/max', 'mount.nfs: access denied by server while mounting <host>:/max'],
      ['nas1:/export /mnt nfs defaults 0 0', '<host>:/export /mnt nfs defaults 0 0'],
      ['rsync -a /srv backup-01:/srv', 'rsync -a /srv <host>:/srv'],
      ['mount //nas/share /mnt', 'mount //<host>/<share> /mnt'],
      ['//nas/fotos-max /mnt cifs uid=0 0 0', '//<host>/<share> /mnt cifs uid=0 0 0'],
      ['mount error(13): could not mount "//nas/max"', 'mount error(13): could not mount "//<host>/<share>"'],
    ],
    kept: [
      'PATH=/usr/sbin:/usr/bin',
      'mount -o bind /opt/a:/opt/b',
      'docker run -v data:/var/lib/x app',
      'mounting volume data:/data',
      'mount: //opt/app is not mounted',
      '// mount the share',
      'mount https://localhost/share',
      'umount -l /mnt//data/x',
      'line 12:/bin/sh: mount failed',
      'mount localhost:/export /mnt',
      'pct set 101 -mp0 local:/x',
    ],
  },
}

const lineReach = 128
const nameReach = 63
/** Words of mounts and copies; a volume of Docker is named like a host, so a bare `mounting` needs the protocol beside it. */
const beforePath =
  /(?:^|[^\w-])(?:mount(?:\.(?:nfs4?|cifs))?|while mounting|showmount|autofs|nfs4?|cifs|smb|smbclient|sshfs|rsync|scp|borg|restic)(?:[^\w-]|$)/i
const behindPath = /[ \t](?:nfs4?|cifs|smb3?|smbfs|fuse\.sshfs)(?:[ \t,]|$)/i
/** First folders of paths with two slashes, and what is written before a path without being a host. */
const notHost =
  /^(?:usr|opt|etc|var|bin|sbin|lib|home|mnt|media|tmp|dev|root|srv|run|proc|sys|data|app|src|boot|localhost|data|local|overlay|tmpfs|volume|line|[a-z]|[\d.]+|\d.*:.*)$/i

function findRemotePath(text: string, at: number): readonly Match[] {
  return text[at] === ':' ? findExport(text, at) : findShare(text, at)
}

function findExport(text: string, at: number): readonly Match[] {
  if (text[at + 2] === '/' || !isIn(text, at - 1, labelOfHost)) return none
  const start = nameLeft(text, at, labelOfHost | dot, nameReach)
  if (!isFree(text, start)) return none
  const name = text.slice(start, at)
  return isHost(name) && speaksOfMount(text, start, at) && !/docker|podman|volume/i.test(lineBefore(text, start))
    ? [{ start, end: at }]
    : none
}

const share = /\/\/([\p{L}\p{N}][\p{L}\p{N}_.-]{0,62})\/([\p{L}\p{N}_][\p{L}\p{N}_.$-]{0,62})/duy

function findShare(text: string, at: number): readonly Match[] {
  if (!isFree(text, at)) return none
  share.lastIndex = at
  const [, host, folder] = share.exec(text)?.indices ?? []
  if (!host || !folder) return none
  const [start, end] = host
  return isHost(text.slice(start, end)) && speaksOfMount(text, at, folder[1])
    ? [
        { start, end },
        { start: folder[0], end: folder[1], label: '<share>' },
      ]
    : none
}

function isFree(text: string, start: number): boolean {
  return start === 0 || /[\s"'`=(@[]/.test(text[start - 1] ?? ' ')
}

function isHost(name: string): boolean {
  return /\p{L}/u.test(name) && !notHost.test(name) && !isPublicHost(name)
}

function speaksOfMount(text: string, start: number, end: number): boolean {
  return beforePath.test(lineBefore(text, start)) || behindPath.test(/^[^\n]*/.exec(text.slice(end, end + lineReach))?.[0] ?? '')
}

function lineBefore(text: string, start: number): string {
  const before = text.slice(Math.max(0, start - lineReach), start)
  return before.slice(before.lastIndexOf('\n') + 1)
}
