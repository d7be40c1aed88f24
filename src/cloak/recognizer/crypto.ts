import { alphanumeric, hex, isIn } from '../character.ts'
import { isBase58Address, isBech32Address } from '../checksum.ts'
import { digitSigns, letterSigns, recognizeForms } from '../formed.ts'

const walletLengthMin = 14

/** Wallets: of Bitcoin by their checksums, of Ethereum by their form, which no other value has. */
export const crypto = recognizeForms({
  name: 'crypto',
  type: 'CRYPTO',
  score: 0.9,
  signs: [
    ...digitSigns('13', alphanumeric, alphanumeric, alphanumeric),
    ...letterSigns(['bc1'], alphanumeric),
    ...letterSigns(['0x'], hex, hex),
  ],
  mayBegin: (text, at) => isIn(text, at + walletLengthMin - 1, alphanumeric),
  forms: [
    { initials: '13', pattern: /[13][1-9A-HJ-NP-Za-km-z]{25,34}/y, judge: (value) => (isBase58Address(value) ? 'proven' : 'no') },
    { initials: 'b', pattern: /bc1[ac-hj-np-z02-9]{11,71}/y, judge: (value) => (isBech32Address(value) ? 'proven' : 'no') },
    { initials: 'B', pattern: /BC1[AC-HJ-NP-Z02-9]{11,71}/y, judge: (value) => (isBech32Address(value.toLowerCase()) ? 'proven' : 'no') },
    { initials: '0', pattern: /0x[0-9a-fA-F]{40}/y },
  ],
  examples: {
    hidden: [
      ['send to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa now', 'send to <CRYPTO> now'],
      ['3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy', '<CRYPTO>'],
      ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4', '<CRYPTO>'],
      ['0xde0B295669a9FD93d5F28D9Ec85E40f4cb697BAe', '<CRYPTO>'],
    ],
    kept: [
      '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb',
      'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5',
      '0xdeadbeef',
      '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12',
      '0xde0B295669a9FD93d5F28D9Ec85E40f4cb697BAe00',
    ],
  },
})
