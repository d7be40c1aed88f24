import { isIn, word } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Private keys that are one word: armour in base64, as kubeconfig and CI have it, and the secret keys of age, minisign and ZeroTier. */
export const encodedKey: Recognizer = {
  name: 'encoded-key',
  type: 'PRIVATE_KEY',
  score: 0.95,
  label: '<private-key>',
  anchors: ['ls0tls1crudjti', 'age-secret-key-', 'rwrty0iy', ':0:'],
  find: findEncodedKey,
  examples: {
    hidden: [
      ['client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFb3dJQkFBS0NBUUVB', 'client-key-data: <private-key>'],
      ['AGE-SECRET-KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE', '<private-key>'],
      [
        'minisign encrypted secret key\nRWRTY0IyabcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789+/x=',
        'minisign encrypted secret key\n<private-key>',
      ],
      [`0123456789:0:${'ab'.repeat(64)}:${'cd'.repeat(64)}`, '<private-key>'],
    ],
    kept: [
      'certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJkakND',
      'age1qpzry9x8gf2tvdw0s3jn54khce6mua7lqpzry9x8gf2tvdw0s3jn54khce6mua7l',
      'the AGE-SECRET-KEY-1 line',
      'x:0:0:root',
    ],
  },
}

const oneWord = /(?:LS0tLS1CRUdJTi[\w+/]{16,65536}|RWRTY0Iy[\w+/]{40,512})={0,2}|AGE-SECRET-KEY-1[A-Z\d]{40,128}/y
const ofZeroTier = /:0:[\da-f]{128}:[\da-f]{128}(?!\w)/y

function findEncodedKey(text: string, at: number): readonly Match[] {
  const isZeroTier = text[at] === ':'
  const pattern = isZeroTier ? ofZeroTier : oneWord
  const start = isZeroTier ? at - 10 : at
  pattern.lastIndex = at
  const found = pattern.exec(text)?.[0]
  if (found === undefined || isIn(text, start - 1, word) || (found.startsWith('LS0') && !isPrivate(found))) return none
  return [{ start, end: at + found.length }]
}

/** Whether the first line of an armour in base64 speaks of a private key, not of a certificate. */
function isPrivate(encoded: string): boolean {
  return /PRIVATE KEY/.test(Buffer.from(encoded.slice(0, 56), 'base64').toString('latin1'))
}
