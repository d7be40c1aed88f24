import { alphanumeric, dot, hyphen, isIn, nameLeft, word } from '../character.ts'
import { dottedEnd } from '../host-name.ts'
import { isPublicHost } from '../public-host.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'
import { isUserinfoEnd } from '../url.ts'

/** Mail addresses, also below internal endings. A package with its version and a unit with its instance only look like one. */
export const email: Recognizer = {
  name: 'email',
  label: '<email>',
  anchors: ['@'],
  find: findEmail,
  examples: {
    hidden: [
      ['Maintainer: Jo <jo.doe+spam@example.com>', 'Maintainer: Jo <<email>>'],
      ['root@draw.io', '<email>'],
      ['admin@nas.local.', '<email>.'],
      ["mailto:o'neil@example.co.uk", 'mailto:<email>'],
      ['jörg@müller.de', '<email>'],
    ],
    kept: [
      'lodash@4.17.21',
      '@babel/core@7.24.0-beta.1',
      'getty@tty1.service',
      'git@github.com:owner/repo.git',
      'foo@v1.2.x',
      '@app.route',
    ],
  },
}

const localReach = 64

function findEmail(text: string, at: number): readonly Match[] {
  let start = localStart(text, at)
  while (start < at && isIn(text, start, dot | hyphen)) start += 1
  if (start === at || text[start - 1] === '@') return none

  const end = dottedEnd(text, at + 1)
  const domain = text.slice(at + 1, end)
  if (!domain.includes('.') || !isMailDomain(domain)) return none
  if (text.slice(start, at) === 'git' && isPublicHost(domain)) return none
  return isUserinfoEnd(text, at) ? none : [{ start, end }]
}

/** Where the part before the @ begins; an apostrophe counts within a name only, since quotes stand around addresses. */
function localStart(text: string, at: number): number {
  const limit = at - localReach
  let start = at
  while (start > limit) {
    const before = nameLeft(text, start, word | dot | hyphen, start - limit)
    start = before
    const sign = text[start - 1] ?? ' '
    const isWithin = isIn(text, start - 2, alphanumeric) && isIn(text, start, alphanumeric)
    if (sign === '+' || sign === '%' || (sign === "'" && isWithin)) start -= 1
    else break
  }
  return start
}

const version = /^v?\d+\.(?:\d+|x)(?:[.-]|$)/i
const unit = /\.(?:service|timer|socket|mount|automount|device|target|slice|scope|path|swap|conf|js|ts|sh|py)$/i

function isMailDomain(domain: string): boolean {
  const ending = domain.slice(domain.lastIndexOf('.') + 1)
  if (ending.length < 2 || !/\D/.test(ending) || '-_'.includes(domain[0] ?? '-')) return false
  return !version.test(domain) && !unit.test(domain)
}
