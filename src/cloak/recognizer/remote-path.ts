import { alphanumeric, hyphen, isIn, underscore } from '../character.ts'
import { isPublicHost } from '../public-host.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** The host before a path on another machine (`nas1:/export/x`, `//nas/share`), where its line speaks of a mount or a copy. */
export const remotePath: Recognizer = {
  name: 'remote-path',
  label: '<host>',
  anchors: ['mount', 'nfs', 'cifs', 'smb', 'sshfs', 'rsync', 'scp ', 'borg ', 'restic '],
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

/** How far from its word a path is looked for, on the same line. */
const lineReach = 128

/** Words before a path: `mount nas:/x`, `mount.nfs: …`, `while mounting nas:/x`; a bare `mounting` may be of a volume. */
const before =
  /(?:mount(?:\.(?:nfs4?|cifs))?|mounting(?<=while mounting)|nfs4?|cifs|smb(?:3|client|fs)?|sshfs|rsync|scp|borg|restic)(?![\w-])/iy
/** Types of file systems behind a path, as in `/etc/fstab`. */
const behind = /(?<=[ \t])(?:nfs4?|cifs|smb3?|smbfs)(?=[ \t,]|$)/iy

/** A host and its path: matches `nas:/x` and `//nas/share`; must not match `http://nas`, `/a:/b`, `///x/y`. */
const paths =
  /(?<![^\s"'`=(@[])(?:([\p{L}\p{N}][\p{L}\p{N}_.-]{0,62}):\/(?!\/)|\/\/([\p{L}\p{N}][\p{L}\p{N}_.-]{0,62})\/([\p{L}\p{N}_][\p{L}\p{N}_.$-]{0,62}))/dgu

/** First folders of paths with two slashes, and what is written before a path without being a host. */
const notHost =
  /^(?:usr|opt|etc|var|bin|sbin|lib|home|mnt|media|tmp|dev|root|srv|run|proc|sys|data|app|src|boot|localhost|local|overlay|tmpfs|volume|line|[a-z])$/i

function findRemotePath(text: string, at: number): readonly Match[] {
  if (isIn(text, at - 1, alphanumeric | underscore | hyphen)) return none
  const matches = [...(holds(before, text, at) ? pathsIn(text, at, lineEnd(text, at)) : none)]
  if (holds(behind, text, at)) matches.push(...pathsIn(text, lineStart(text, at), at))
  return matches.length === 0 ? none : matches
}

function pathsIn(text: string, from: number, to: number): readonly Match[] {
  const line = text.slice(from, to)
  if (/docker|podman|volume/i.test(line)) return none
  return [...line.matchAll(paths)].flatMap(({ indices }) => {
    const [, ofExport, ofShare, share] = indices ?? []
    const host = ofExport ?? ofShare
    if (host === undefined || !isHost(line.slice(host[0], host[1]))) return []
    const matches: Match[] = [{ start: from + host[0], end: from + host[1] }]
    return share === undefined ? matches : [...matches, { start: from + share[0], end: from + share[1], label: '<share>' }]
  })
}

function isHost(name: string): boolean {
  return /\p{L}/u.test(name) && !notHost.test(name) && !isPublicHost(name)
}

function holds(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at
  return pattern.test(text)
}

function lineStart(text: string, at: number): number {
  const from = Math.max(0, at - lineReach)
  return from + text.slice(from, at).lastIndexOf('\n') + 1
}

function lineEnd(text: string, at: number): number {
  const length = text.slice(at, at + lineReach).indexOf('\n')
  return length < 0 ? Math.min(text.length, at + lineReach) : at + length
}
