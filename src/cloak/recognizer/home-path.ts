import { blank, colon, foreign, isIn, letter, other, underscore, word } from '../character.ts'
import { endAt, matchesAt } from '../pattern.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Names of people in the paths of their home folders. `/root` names nobody. */
export const homePath: Recognizer = {
  name: 'home-path',
  type: 'HOME_PATH',
  label: '<user>',
  anchors: ['/home/', '/users/', '\\users\\', '/media/', '/var/mail/', '/crontabs/', '/dav/', 'tar: home/'],
  signs: [{ sign: '~', before: blank | colon | other, after: [letter | underscore | foreign | other] }],
  find: findHomePath,
  examples: {
    hidden: [
      ['/home/jo.doe/app.py', '/home/<user>/app.py'],
      ['/Users/Jo', '/Users/<user>'],
      ['C:\\Users\\Jo Doe\\AppData', 'C:\\Users\\<user>\\AppData'],
      ['"C:\\\\Users\\\\jo\\\\x"', '"C:\\\\Users\\\\<user>\\\\x"'],
      ['cd ~jo/bin', 'cd ~<user>/bin'],
      ['tar: home/jo/x: Cannot open', 'tar: home/<user>/x: Cannot open'],
      ['/mnt/home/jo:', '/mnt/home/<user>:'],
      ['GET /remote.php/dav/files/jo/x', 'GET /remote.php/dav/files/<user>/x'],
      ['/var/spool/cron/crontabs/jo', '/var/spool/cron/crontabs/<user>'],
    ],
    kept: [
      '/root/install.sh',
      '/home/linuxbrew/.linuxbrew',
      '/home/$USER/x',
      'cd ~/bin',
      '1.0~rc1/x',
      '/api/users/42',
      '/home/',
      '/media/cdrom',
      'GET /users/:id',
      '/app/src/users/session.js:41',
      "'../users/helper'",
      'GET /api/users/profile',
      'POST /users/sign_in',
    ],
  },
}

/** Homes that images and build machines have, the same everywhere. */
const sharedNames = new Set([
  ...[
    'linuxbrew',
    'runner',
    'node',
    'shared',
    'public',
    'default',
    'all users',
    'root',
    'cdrom',
    'floppy',
    'usb',
    'vsts',
    'docker',
    'container',
  ],
  ...'app appuser www-data ubuntu debian pi vagrant nonroot user git me self current login search new daemon cron'.split(' '),
])

const opening =
  /(?:tar: home\/|\/(?:home|users|media|var\/mail|crontabs|dav\/(?:files|calendars|addressbooks|uploads|photos|trashbin))\/|\\users\\{1,2}|~)/iy
const unixName = /(?:[^\s/\\"'`:;,<>()[\]{}|$&*?=]){1,64}/y
const windowsName = /(?:[^\s/\\"'`:;,<>()[\]{}|$&*?=]|[ ](?=[^\\/"'\n:]{0,32}\\)){1,64}/y

/** A folder `users` of a program, of an address or beside a module: matches `/app/src/users/`, `../users/`, `GET /api/users/`; must not match `/Volumes/x/Users/`. */
const source =
  /(?:\.|\b(?:src|lib|app|api|v\d|admin|internal|pkg|views|pages|routes|components|models|controllers|features|modules|templates|rest|graphql|packages))$/

/** What a program for the web lets its users do: matches `/users/sign_in`. */
const route =
  /(?:sign|log)_?(?:in|out|up)(?![\w.-])|(?:password|confirmation|unlock|auth|register|logout|edit|profile|settings|invitation|count|list|create)(?![\w.-])/y

function isSource(text: string, at: number): boolean {
  return text.startsWith('/users/', at) && source.test(text.slice(Math.max(0, at - 16), at))
}

function findHomePath(text: string, at: number): readonly Match[] {
  const start = endAt(opening, text, at)
  if (start < 0) return none
  const isTilde = text[at] === '~'
  if (isSource(text, at) || (text.startsWith('/users/', at) && matchesAt(route, text, start))) return none
  if (isTilde && (isIn(text, at - 1, word) || !/[\s"'=:(]/.test(text[at - 1] ?? ' '))) return none
  const pattern = text[at] === '\\' ? windowsName : unixName
  pattern.lastIndex = start
  const name = pattern.exec(text)?.[0].replace(/\.+$/, '') ?? ''
  const end = start + name.length
  if (name === '' || sharedNames.has(name.toLowerCase()) || !/^[\p{L}_]/u.test(name) || (isTilde && text[end] !== '/')) return none
  return [{ start, end }]
}
