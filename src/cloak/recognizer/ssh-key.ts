import { base64, isIn, runRight } from '../character.ts'
import { type Match, none, type Recognizer } from '../recognizer.ts'

/** Public keys of SSH: not secret, but each is one person's, and their owner can be looked up by them. */
export const sshKey: Recognizer = {
  name: 'ssh-key',
  type: 'PUBLIC_KEY',
  label: '<ssh-key>',
  anchors: ['aaaab3nzac1', 'aaaac3nzac1', 'aaaae2vjzh', 'aaaagnnr'],
  find: findSshKey,
  examples: {
    hidden: [['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIabcdefgh== x', 'ssh-ed25519 <ssh-key> x']],
    kept: ['AAAAC3NzaC1', 'ssh-ed25519', 'aaaac3nzac1lzdi1nte5aaaa'],
  },
}

const lengthMin = 24

function findSshKey(text: string, at: number): readonly Match[] {
  if (!text.startsWith('AAAA', at) || isIn(text, at - 1, base64)) return none
  let end = runRight(text, at, base64, 16_384)
  while (text[end] === '=') end += 1
  return end - at >= lengthMin ? [{ start: at, end }] : none
}
