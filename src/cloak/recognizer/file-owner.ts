import { isIn, labelOfHost } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isNobody } from '../user-name.ts'

/** Owner and group of files: in lists of `ls -l` and `tar -tv`, in `stat`, and as `chown` is told them. `root` and accounts of the system stay. */
export const fileOwner: Recognizer = {
  name: 'file-owner',
  type: 'USERNAME',
  isWeighed: true,
  label: '<user>',
  anchors: ['-rw', '-r-', '-rx', 'drw', 'dr-', 'lrw', 'crw', 'brw', 'srw', 'prw', '.rw', '.r-', 'chown ', 'chgrp ', 'id: ('],
  find: findFileOwner,
  examples: {
    hidden: [
      ['-rw-r--r-- 1 max family 1234 Nov 22 11:40 x', '-rw-r--r-- 1 <user> <user> 1234 Nov 22 11:40 x'],
      ['drwxr-xr-x+  5 max root 4.0K Nov 22 11:40 .', 'drwxr-xr-x+  5 <user> root 4.0K Nov 22 11:40 .'],
      ['-rwxr-x--- max/family 99 2026-11-22 11:40 a.sh', '-rwxr-x--- <user>/<user> 99 2026-11-22 11:40 a.sh'],
      ['-rw------- 1 FIRMA\\max FIRMA\\fibu 7 Nov 22 11:40 x', '-rw------- 1 <user> <user> 7 Nov 22 11:40 x'],
      ['.rw-r--r-- 1.2k max 22 Nov 11:40 x', '.rw-r--r-- 1.2k <user> 22 Nov 11:40 x'],
      ['drwxr-xr-x    - max 22 Nov 11:40 x', 'drwxr-xr-x    - <user> 22 Nov 11:40 x'],
      ['-rw-r--r-- 1 max', '-rw-r--r-- 1 <user>'],
      ['chown max:grp /srv/x', 'chown <user>:<user> /srv/x'],
      ['+ chown -R --quiet max. /srv/x', '+ chown -R --quiet <user>. /srv/x'],
      ['chgrp -R family /srv/x', 'chgrp -R <user> /srv/x'],
      ['Uid: ( 1000/     max)   Gid: ( 1000/  family)', 'Uid: ( 1000/     <user>)   Gid: ( 1000/  <user>)'],
      ['chown max:max /home/max/x', 'chown <user>:<user> /home/<user>/x'],
    ],
    kept: [
      '-rw-r--r-- 1 root root 1234 Nov 22 11:40 x',
      'drwxr-xr-x 2 www-data www-data 4096 Nov 22 11:40 html',
      '-rw-r--r-- 1 1000 1000 1234 Nov 22 11:40 x',
      'brw-rw---- 1 root disk 253, 0 Nov 22 11:40 dm-0',
      'chown -R www-data:www-data /var/www',
      'chown -R immich:immich /opt/immich',
      'chown "$USER":"$USER" /opt/x',
      'chown 1000:1000 /opt/x',
      'chown: changing ownership of x',
      'chown failed, chown is not permitted',
      'Access: (0644/-rw-r--r--)  Uid: (    0/    root)   Gid: (    0/    root)',
      'drwx: not found',
      '--------- 1 passed',
      'chmod -rwx x',
    ],
  },
}

const owner = '((?:[A-Z][A-Z\\d.-]{0,31}\\\\)?[A-Za-z_][\\w.-]{0,31})'
/** With the count of links as `ls` prints it, or with the size of `eza`, which names no group. */
const listed = new RegExp(
  `(?:[-bcdlps](?:[r-][w-][xsS-]){2}[r-][w-][xtT-][.+@]?[ \\t]+(?:\\d{1,6}[ \\t]+)?${owner}(?:[ \\t]+|/)?${owner}?|[.dl](?:[r-][w-][xsS-]){2}[r-][w-][xtT-][.+@]?[ \\t]+(?:-|\\d[\\d.]{0,6}[kMGT]?i?)[ \\t]+${owner}(?=[ \\t]+\\d{1,2} [A-Z][a-z]{2} ))`,
  'dy',
)
const changed =
  /ch(?:own|grp)[ \t]{1,4}(?:-{1,2}[\w=-]{1,32}[ \t]{1,4}){0,4}["']?([A-Za-z_][\w-]{0,31}(?:\.[A-Za-z][\w-]{0,31})?)(?=[:."']|[ \t]{1,4}[^\s-])(?:[:.]([A-Za-z_][\w-]{0,31}(?:\.[A-Za-z][\w-]{0,31})?))?/dy
const stated = /id: \([ \t]{0,8}\d{1,10}\/[ \t]{0,16}([A-Za-z_][\w.-]{0,31})/dy

/** How far behind `chown` its paths are looked at. */
const lineReach = 160

function findFileOwner(text: string, at: number): readonly Match[] {
  const pattern =
    text[at] === 'i' || text[at] === 'I' ? stated : isIn(text, at + 1, labelOfHost) && /ch/i.test(text.slice(at, at + 2)) ? changed : listed
  if (pattern !== stated && isIn(text, at - 1, labelOfHost)) return none
  pattern.lastIndex = at
  const indices = pattern.exec(text)?.indices
  if (indices === undefined) return none
  const isService = pattern === changed ? isServiceOf(text, pattern.lastIndex) : () => false
  const matches: Match[] = []
  for (const [start, end] of indices.slice(1).filter((place) => place !== undefined)) {
    if (!isNobody(text, start, end) && !isService(text.slice(start, end).toLowerCase())) matches.push({ start, end })
  }
  return matches.length === 0 ? none : matches
}

/** An account that is called like its folder (`chown app:app /opt/app`) belongs to a program, unless that is a home. */
function isServiceOf(text: string, from: number): (name: string) => boolean {
  const line = /^[^\n]*/.exec(text.slice(from, from + lineReach))?.[0].toLowerCase() ?? ''
  return (name) => line.includes(`/${name}`) && !line.includes(`/home/${name}`)
}
