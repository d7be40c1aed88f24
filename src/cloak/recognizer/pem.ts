import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Private keys in PEM armour: on several lines, on one with escaped line breaks, without their end (to the end of the text) or their beginning. */
export const pem: Recognizer = {
  name: 'pem',
  type: 'PRIVATE_KEY',
  score: 1,
  label: '<private-key>',
  anchors: ['-----begin ', '-----end '],
  find: findPem,
  examples: {
    hidden: [
      ['a\n-----BEGIN PRIVATE KEY-----\nMIIEvQ\nab==\n-----END PRIVATE KEY-----\nb', 'a\n<private-key>\nb'],
      ['"-----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY-----\\n"', '"<private-key>\\n"'],
      ['x\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n', 'x\n<private-key>'],
      ['log\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz\n-----END OPENSSH PRIVATE KEY-----', 'log\n<private-key>'],
      [
        '<tls-auth>\n-----BEGIN OpenVPN Static key V1-----\nb29d1937a4\n-----END OpenVPN Static key V1-----\n',
        '<tls-auth>\n<private-key>\n',
      ],
      ['-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQdG\n-----END PGP PRIVATE KEY BLOCK-----', '<private-key>'],
    ],
    kept: [
      '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
      '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
      'Mine begins with -----BEGIN OPENSSH PRIVATE KEY-----\nA: Stop, that is it',
      '----- begin of the private key section -----',
    ],
  },
}

const armourReach = 64
const keyReach = 65_536
const keyLineMin = 40
const begin = /^-----BEGIN (?:[A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1)-----/
/** A header that somebody speaks of: words follow, and no line of a key. */
const mention = /-----(?:["'`.,;)]*[ \t]\p{L}+ \p{L}+|[.,;]?\r?\n(?!Version|Comment|Hash|Charset)[A-Z]\p{L}{0,15}: \p{L}+[ ,])/u
const cutBegin = /^-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z -]*$/
const end = /^-----END (?:[A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1)-*/

function findPem(text: string, at: number): readonly Match[] {
  const head = text.slice(at, at + armourReach)
  if (begin.test(head) || cutBegin.test(head)) return mention.test(head) ? none : [{ start: at, end: closingEnd(text, at) }]
  const closing = end.exec(head)
  return closing ? [{ start: bodyStart(text, at), end: at + closing[0].length }] : none
}

/** Behind the closing line, else the end of the text: an armour that was opened is never left readable. */
function closingEnd(text: string, at: number): number {
  let closing = text.indexOf('-----END ', at)
  while (closing >= 0 && closing - at < keyReach) {
    const found = end.exec(text.slice(closing, closing + armourReach))
    if (found) return closing + found[0].length
    closing = text.indexOf('-----END ', closing + 1)
  }
  return text.length
}

/** Where the lines of base64 begin that stand right before a closing line. Words of the log are base64 characters too, but lines of a key are long; only its last may be short. */
function bodyStart(text: string, at: number): number {
  const limit = Math.max(0, at - keyReach)
  let start = at
  while (start > limit && /[A-Za-z0-9+/=\\\r\n]/.test(text[start - 1] ?? ' ')) start -= 1
  const lines = text.slice(start, at).split('\n')
  for (const [number, line] of lines.entries()) {
    if (line.trimEnd().length >= keyLineMin || (number >= lines.length - 2 && line !== '')) return start
    start += line.length + 1
  }
  return at
}
