import { lineStart } from '../line.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isHost } from './host-label.ts'

/** Guests in the tables that hosts of virtual machines and of containers print: `pct list`, `qm list`, `virsh list`, `docker ps`. */
export const guestTable: Recognizer = {
  name: 'guest-table',
  type: 'HOSTNAME',
  isWeighed: true,
  label: '<host>',
  anchors: ['running  ', 'stopped  ', 'paused  ', ' running\n', ' shut off', '   up ', '   exited ('],
  find: findGuest,
  examples: {
    hidden: [
      ['101        running                 nas-koch\n', '101        running                 <host>\n'],
      ['102        stopped     backup      wiki\n', '102        stopped     backup      <host>\n'],
      [
        '       100 win-koch             running    4096              32.00 1234',
        '       100 <host>             running    4096              32.00 1234',
      ],
      [' 3    build-box   running\n', ' 3    <host>   running\n'],
      [' -    build-box   shut off', ' -    <host>   shut off'],
      [
        '0123456789ab   nginx:1   "nginx"   2 days ago   Up 2 days   80/tcp   web-koch\n',
        '0123456789ab   nginx:1   "nginx"   2 days ago   Up 2 days   80/tcp   <host>\n',
      ],
      [
        '0123456789ab   redis     "x"       2 days ago   Exited (0) 3 hours ago             oma-box\n',
        '0123456789ab   redis     "x"       2 days ago   Exited (0) 3 hours ago             <host>\n',
      ],
    ],
    kept: [
      'VMID       Status     Lock         Name',
      'the job is running  fine',
      '12 running  jobs',
      '101 running',
      'service is stopped  now',
      'nginx   running\n',
      '0123456789ab   nginx:1   "x"   2 days ago   Up 2 days   80/tcp   app-nginx-1\n',
      '0123456789ab   postgres  "x"   2 days ago   Up 2 days   5432/tcp   postgres\n',
      '0123456789ab   redis     "x"   2 days ago   Up 2 days   80/tcp   cache\n',
      'load average   up 2 days',
    ],
  },
}

const name = '([a-zA-Z][\\w.-]{0,62})'
/** Whole rows, their last group the guest: by the number of the guest first, then those of libvirt, then of containers with their image. */
const rows: readonly RegExp[] = [
  new RegExp(
    `^[ \\t]{0,10}\\d{3,9}[ \\t]{2,16}(?:running|stopped|paused)[ \\t]{2,32}(?:[a-z-]{2,12}[ \\t]{2,16})?${name}[ \\t]{0,32}$`,
    'd',
  ),
  new RegExp(
    `^[ \\t]{0,10}\\d{3,9}[ \\t]{1,16}${name}[ \\t]{1,32}(?:running|stopped|paused)[ \\t]{2,16}\\d{1,9}[ \\t]{1,24}[\\d.]{1,12}[ \\t]{1,24}\\d`,
    'd',
  ),
  new RegExp(`^[ \\t]{0,4}(?:-|\\d{1,5})[ \\t]{2,8}${name}[ \\t]{2,64}(?:running|paused|shut off)[ \\t]{0,8}$`, 'd'),
]
const container = new RegExp(
  `^[\\da-f]{12}[ \\t]{2,8}(\\S{1,200})[ \\t]{2,64}["“].{0,80}[ \\t]{2,16}(?:Up|Exited \\(\\d{1,3}\\)) .{0,200}[ \\t]{2,64}${name}[ \\t]{0,8}$`,
  'd',
)
const rowReach = 400

function findGuest(text: string, at: number): readonly Match[] {
  const from = lineStart(text, at, Math.max(0, at - rowReach))
  const next = text.indexOf('\n', at)
  const row = text.slice(from, Math.min(next < 0 ? text.length : next, at + rowReach))
  const contained = container.exec(row)
  if (contained !== null) return isOfProgram(contained[1] ?? '', contained[2] ?? '') ? none : matchOf(text, from, contained.indices?.[2])
  for (const pattern of rows) {
    const found = pattern.exec(row)
    if (found !== null) return matchOf(text, from, found.indices?.[1])
  }
  return none
}

/** A container that is called like its image, or by one plain word, tells of a program: `app-nginx-1` of `nginx:1`, `cache` of `redis`. */
function isOfProgram(image: string, called: string): boolean {
  const program = image
    .replace(/^.*\//, '')
    .replace(/[:@].*$/, '')
    .toLowerCase()
  return /^[a-z]+$/i.test(called) || (program !== '' && called.toLowerCase().includes(program))
}

function matchOf(text: string, from: number, place: readonly [number, number] | undefined): readonly Match[] {
  if (place === undefined) return none
  const [start, end] = [from + place[0], from + place[1]]
  return isHost(text, start, end) ? [{ start, end }] : none
}
