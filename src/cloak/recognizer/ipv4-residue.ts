import { digit, isIn, runLeft, runRight, word } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** What the clients' own scrubbing leaves of an address: `192.x.x.51` still names the device within its network by the last number. */
export const ipv4Residue: Recognizer = {
  name: 'ipv4-residue',
  type: 'IP_ADDRESS',
  label: 'x',
  anchors: ['.x.x.'],
  find: findResidue,
  examples: {
    hidden: [
      ['192.x.x.51', '192.x.x.x'],
      ['inet 10.x.x.7/24', 'inet 10.x.x.x/24'],
      ['https://192.x.x.77:8006/', 'https://192.x.x.x:8006/'],
      ['192.x.x.51 failed', '192.x.x.x failed'],
    ],
    kept: ['192.x.x.x', '3.x.x', '6.x.x-4-pve', 'a.x.x.4', '1.x.x.1234'],
  },
}

function findResidue(text: string, at: number): readonly Match[] {
  const first = runLeft(text, at, digit, 4)
  if (first === at || at - first > 3 || isIn(text, first - 1, word)) return none
  const start = at + '.x.x.'.length
  const end = runRight(text, start, digit, 4)
  return end === start || end - start > 3 ? none : [{ start, end }]
}
