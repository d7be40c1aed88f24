import { alphanumeric, digit, dot, foreign, hyphen, isIn, isSign, nameLeft, runRight, underscore, word } from '../character.ts'
import { dottedEnd } from '../host-name.ts'
import { endAt } from '../pattern.ts'
import { isPublicHost } from '../public-host.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isUserinfoEnd } from '../url.ts'
import { isOneOf, makeWordSet } from '../word-set.ts'

/** Mail addresses, also below internal endings and as URLs write them (`%40`). A package with its version and a unit with its instance only look like one. */
export const email: Recognizer = {
  name: 'email',
  type: 'EMAIL_ADDRESS',
  score: 1,
  label: '<email>',
  anchors: ['%40'],
  signs: [{ sign: '@', after: [alphanumeric | foreign] }],
  find: findEmail,
  examples: {
    hidden: [
      ['Maintainer: Jo <jo.doe+spam@example.com>', 'Maintainer: Jo <<email>>'],
      ['root@draw.io', '<email>'],
      ['admin@nas.local.', '<email>.'],
      ["mailto:o'neil@example.co.uk", 'mailto:<email>'],
      ['GET /x?email=max%40geheim.de&n=1', 'GET /x?email=<email>&n=1'],
      ['?to=Max%20M%20%3Cmax%2Bspam%40geheim.de%3E&n=1', '?to=<email>&n=1'],
      ['sent to max%40geheim.de.', 'sent to <email>.'],
      ['jörg@müller.de', '<email>'],
    ],
    kept: [
      'lodash@4.17.21',
      '@babel/core@7.24.0-beta.1',
      'getty@tty1.service',
      'git@github.com:owner/repo.git',
      'foo@v1.2.x',
      '@app.route',
      'Ciphers chacha20-poly1305@openssh.com,aes256-gcm@openssh.com',
      'lodash%404.17.21',
      '/%40babel%2fcore',
      '100%40x',
    ],
  },
}

const localReach = 64

function findEmail(text: string, at: number): readonly Match[] {
  const isEncoded = isSign(text, at, '%')
  const domainStart = at + (isEncoded ? '%40'.length : 1)
  const end = dottedEnd(text, domainStart)
  if (!isMailDomain(text, domainStart, end)) return none

  let start = localStart(text, at)
  while (start < at && isIn(text, start, dot | hyphen)) start += 1
  if (start === at || isSign(text, start - 1, '@')) return none
  if (isAlgorithm(text.slice(start, end))) return none
  if (text.slice(start, at) === 'git' && isPublicHost(text, domainStart, end)) return none
  if (isEncoded) return [{ start, end: encodedEnd(text, end) }]
  return isUserinfoEnd(text, at) ? none : [{ start, end }]
}

/** How SSH names what its makers added: matches `aes256-gcm@openssh.com`, must not match `jo@openssh.com`. */
function isAlgorithm(address: string): boolean {
  return /^[\w-]*\d[\w-]*@(?:openssh\.com|libssh\.org)$/.test(address)
}

const encodedSigns = /(?:%[0-9a-f]{2}|[\w+-]|[.](?=\w)){0,128}/iy

/** An encoded value may go on behind the address (`Max%20%3Cmax%40example.com%3E`); all of it goes, since nothing in it is readable anyway. */
function encodedEnd(text: string, end: number): number {
  return text[end] === '%' ? endAt(encodedSigns, text, end, end) : end
}

/** Where the part before the @ begins; an apostrophe counts within a name only, since quotes stand around addresses. */
function localStart(text: string, at: number): number {
  const limit = at - localReach
  let start = at
  while (start > limit) {
    const before = nameLeft(text, start, word | dot | hyphen, start - limit)
    start = before
    const isWithin = isIn(text, start - 2, alphanumeric) && isIn(text, start, alphanumeric)
    if (isSign(text, start - 1, '+%') || (isWithin && isSign(text, start - 1, "'"))) start -= 1
    else break
  }
  return start
}

const version = /^v?\d+\.(?:\d+|x)(?:[.-]|$)/i
const unitEndings = makeWordSet('service timer socket mount automount device target slice scope path swap conf js ts'.split(' '))

function isMailDomain(text: string, start: number, end: number): boolean {
  let endingStart = end
  while (endingStart > start && !isIn(text, endingStart - 1, dot)) endingStart -= 1
  if (endingStart === start || end - endingStart < 2 || runRight(text, endingStart, digit, end - endingStart) === end) return false
  if (isIn(text, start, hyphen | underscore) || isOneOf(unitEndings, text, endingStart, end)) return false
  return !version.test(text.slice(start, end))
}
