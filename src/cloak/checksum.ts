import { createHash } from 'node:crypto'

/** Whether the digits end with the check digit of Luhn (ISO/IEC 7812-1), as payment cards do. */
export function isLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 0x30
    sum += index % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit
  }
  return digits.length > 0 && sum % 10 === 0
}

/** Whether nine digits are a routing number of the American Bankers Association: weights 3, 7, 1 modulo 10, and a first pair that is given out. */
export function isRoutingNumber(digits: string): boolean {
  const first = Number(digits.slice(0, 2))
  const isGiven = (first >= 1 && first <= 12) || (first >= 21 && first <= 32) || (first >= 61 && first <= 72) || first === 80
  return digits.length === 9 && isGiven && weighted(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0
}

/** Whether ten digits are an NHS number of the United Kingdom: weights 10 to 2 modulo 11. */
export function isNhsNumber(digits: string): boolean {
  const check = (11 - (weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return digits.length === 10 && check === Number(digits[9]) && !/^(\d)\1+$/.test(digits)
}

/** Whether seven digits end with the check digit of the Drug Enforcement Administration: (d1+d3+d5 + 2(d2+d4+d6)) mod 10. */
export function isDeaNumber(digits: string): boolean {
  return digits.length === 7 && weighted(digits, [1, 2, 1, 2, 1, 2]) % 10 === Number(digits[6])
}

/** Whether eleven digits are a German tax number of a person (ISO/IEC 7064 MOD 11,10). */
export function isSteuerId(digits: string): boolean {
  if (digits.length !== 11 || digits.startsWith('0')) return false
  let product = 10
  for (const digit of digits.slice(0, 10)) {
    const sum = (Number(digit) + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - product) % 10 === Number(digits[10])
}

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const addressBytes = 25

/** Whether a text is an address of Bitcoin in base 58 with the four bytes of its double SHA-256. */
export function isBase58Address(text: string): boolean {
  let value = 0n
  for (const character of text) {
    const digit = base58.indexOf(character)
    if (digit < 0) return false
    value = value * 58n + BigInt(digit)
  }
  const bytes = Buffer.from(value.toString(16).padStart(2 * addressBytes, '0'), 'hex')
  if (bytes.length !== addressBytes) return false
  const sum = sha256(sha256(bytes.subarray(0, addressBytes - 4)))
  return bytes.subarray(addressBytes - 4).equals(sum.subarray(0, 4))
}

const bech32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
/** The two constants that the checksum may come to: of BIP 173 and of BIP 350. */
const bech32Sums = [1, 0x2bc830a3]
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]

/** Whether a text in lower case, `bc1…`, is an address of Bitcoin by BIP 173 or BIP 350. */
export function isBech32Address(text: string): boolean {
  const split = text.lastIndexOf('1')
  const data = [...text.slice(split + 1)].map((character) => bech32.indexOf(character))
  if (split < 1 || data.length < 6 || data.includes(-1)) return false
  const human = [...text.slice(0, split)].map((character) => character.charCodeAt(0))
  const values = [...human.map((code) => code >> 5), 0, ...human.map((code) => code & 31), ...data]
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    for (const [bit, generator] of generators.entries()) if (((top >> bit) & 1) === 1) sum ^= generator
  }
  return bech32Sums.includes(sum >>> 0)
}

/** The three characters that make the fifteen of a record id of Salesforce independent of case. */
export function salesforceSuffix(id: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'
  return [0, 5, 10]
    .map((from) => {
      const bits = [...id.slice(from, from + 5)].reduce((sum, character, bit) => sum + (/[A-Z]/.test(character) ? 1 << bit : 0), 0)
      return letters[bits]
    })
    .join('')
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index] ?? 0), 0)
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
