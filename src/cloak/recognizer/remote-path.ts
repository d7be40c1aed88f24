import { alphanumeric, hyphen, isIn, underscore } from '../character.ts'
import { lineStart } from '../line.ts'
import { matchesAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { hostForm, isPathHost, pathStart, shareForm } from '../share.ts'

/** The host before a path on another machine (`nas1:/export/x`, `//nas/share`), where its line speaks of a mount or a copy, or is a row of `df`. */
export const remotePath: Recognizer = {
  name: 'remote-path',
  type: 'HOSTNAME',
  isWeighed: true,
  label: '<host>',
  otherLabels: ['<share>'],
  anchors: ['mount', 'nfs', 'cifs', 'smb', 'sshfs', 'rsync', 'scp ', 'borg ', 'restic ', '% /'],
  find: findRemotePath,
  examples: {
    hidden: [
      ['mount nas1:/export/x /mnt', 'mount <host>:/export/x /mnt'],
      ['mount.nfs: access denied by server while mounting nas:/max', 'mount.nfs: access denied by server while mounting <host>:/max'],
      ['mount nas1:/volume1/x /mnt', 'mount <host>:/volume1/x /mnt'],
      ['nas1:/export /mnt nfs defaults 0 0', '<host>:/export /mnt nfs defaults 0 0'],
      ['rsync -a /srv backup-01:/srv', 'rsync -a /srv <host>:/srv'],
      ['mount //nas/share /mnt', 'mount //<host>/<share> /mnt'],
      ['//nas/fotos-max /mnt cifs uid=0 0 0', '//<host>/<share> /mnt cifs uid=0 0 0'],
      ['mount error(13): could not mount "//nas/max"', 'mount error(13): could not mount "//<host>/<share>"'],
      [
        'failed to mount local volume: mount //keller/max:/var/lib/docker/x',
        'failed to mount local volume: mount //<host>/<share>:/var/lib/docker/x',
      ],
      ['//keller/max  3.6T  1.2T  2.4T  34% /mnt/x', '//<host>/<share>  3.6T  1.2T  2.4T  34% /mnt/x'],
      ['keller:/max  1048576 524288 524288 50% /mnt', '<host>:/max  1048576 524288 524288 50% /mnt'],
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
      'docker run -v //var/run/docker.sock:/x app',
      '/dev/sda1  9.8G  4.1G  5.2G  45% /',
      'tmpfs  1.6G  0  1.6G  0% /run',
      'unpacked opt:/x at 45% /tmp',
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
/** A row of `df` up to its percent sign: matches `nas:/x  3.6T  1.2T  2.4T  34`; must not match `nas:/x at 34`. */
const usage = /^\S+(?:[ \t]+[\d.]+[KMGTPE]?){3}[ \t]+\d{1,3}$/i

/** A host and its path: matches `nas:/x`; must not match `http://nas`, `/a:/b`. */
const exported = new RegExp(`${pathStart}(${hostForm}):/(?!/)`, 'dgu')
const shared = new RegExp(shareForm, 'dgu')

function findRemotePath(text: string, at: number): readonly Match[] {
  if (text[at] === '%') return findUsage(text, at)
  if (isIn(text, at - 1, alphanumeric | underscore | hyphen)) return none
  const matches = [...(matchesAt(before, text, at) ? pathsIn(text, at, lineEnd(text, at)) : none)]
  if (matchesAt(behind, text, at)) matches.push(...pathsIn(text, lineStart(text, at, Math.max(0, at - lineReach)), at))
  return matches.length === 0 ? none : matches
}

function findUsage(text: string, at: number): readonly Match[] {
  const from = lineStart(text, at, Math.max(0, at - lineReach))
  return usage.test(text.slice(from, at)) ? pathsIn(text, from, at) : none
}

function pathsIn(text: string, from: number, to: number): readonly Match[] {
  const line = text.slice(from, to)
  if (!line.includes('//') && !line.includes(':/')) return none
  const found = [...line.matchAll(shared)]
  // Containers have volumes of their own, which look like a host and its path.
  if (!/docker|podman|\bvolumes?\b/i.test(line)) found.push(...line.matchAll(exported))
  return found.flatMap(({ 1: host = '', indices }) => {
    const [, ofHost, ofShare] = indices ?? []
    if (ofHost === undefined || !isPathHost(host)) return []
    const match: Match = { start: from + ofHost[0], end: from + ofHost[1] }
    return ofShare === undefined ? match : [match, { start: from + ofShare[0], end: from + ofShare[1], label: '<share>', type: 'HOSTNAME' }]
  })
}

function lineEnd(text: string, at: number): number {
  const length = text.slice(at, at + lineReach).indexOf('\n')
  return length < 0 ? Math.min(text.length, at + lineReach) : at + length
}
