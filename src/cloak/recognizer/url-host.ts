import { digit, dot, isIn, isSign } from '../character.ts'
import { isPublicHost } from '../public-host.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { readAuthority } from '../url.ts'
import { isOneOf, makeWordSet } from '../word-set.ts'

/** The host of a URL whatever its ending: in this place nothing else can stand. */
export const urlHost: Recognizer = {
  name: 'url-host',
  type: 'HOSTNAME',
  label: '<host>',
  anchors: ['://'],
  find: findUrlHost,
  examples: {
    hidden: [
      ['http://nas:5000/photo', 'http://<host>:5000/photo'],
      ['GET https://git.kowalski.sh/x.tgz', 'GET https://<host>/x.tgz'],
      ['postgres://db/app', 'postgres://<host>/app'],
    ],
    kept: [
      'http://localhost:8080/',
      'https://github.com/owner/repo/releases/download/v1.0/app.tgz',
      'file:///etc/hosts',
      'http://$HOST/',
      'webpack://app/./src/main.js',
    ],
  },
}

function findUrlHost(text: string, at: number): readonly Match[] {
  const authority = readAuthority(text, at)
  if (!authority) return none
  const { hostStart: start, hostEnd: end } = authority
  return start === end || isOneOf(thisMachine, text, start, end) || isPublicHost(text, start, end) || isAddress(text, start, end)
    ? none
    : [{ start, end }]
}

const thisMachine = makeWordSet(['localhost'])

/** Addresses, also scrubbed ones (`192.x.x.7`), have their own recognizers. */
function isAddress(text: string, start: number, end: number): boolean {
  let index = start
  while (index < end && (isIn(text, index, digit | dot) || isSign(text, index, 'xX'))) index += 1
  return index === end
}
