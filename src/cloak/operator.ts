import { createHash, createHmac } from 'node:crypto'
import { bareText } from './bare-text.ts'
import type { EntityType } from './entity-type.ts'
import type { Hit } from './hit.ts'

/** What is put in the place of something that was found. */
export const modes = ['replace', 'redact', 'hash', 'mask', 'pseudonym'] as const
export type Mode = (typeof modes)[number]

/** What makes hashes and pseudonyms: salts that nobody can foretell, each used once, and a key that stays the same. */
export type OperatorKeys = { readonly salt: () => Uint8Array; readonly pseudonymKey: Uint8Array }

/**
 * The text with every stretch operated on; `stretches` ascend and do not overlap. `replace`: the type in angle brackets. `mask`: a star a character, of the whole
 * value. `redact`: nothing. `hash`: SHA-256 of the value and a salt of its own, so that equal values differ. `pseudonym`: a token that equal values share.
 */
export function operate(text: string, stretches: readonly Hit[], mode: Mode, keys: OperatorKeys): string {
  let operated = ''
  let end = 0
  for (const stretch of stretches) {
    operated += text.slice(end, stretch.start) + substituteOf(text.slice(stretch.start, stretch.end), stretch.type, mode, keys)
    end = stretch.end
  }
  return operated + text.slice(end)
}

function substituteOf(value: string, type: EntityType, mode: Mode, { salt, pseudonymKey }: OperatorKeys): string {
  switch (mode) {
    case 'replace':
      return `<${type}>`
    case 'mask':
      return '*'.repeat([...value].length)
    case 'redact':
      return ''
    case 'hash':
      return createHash('sha256').update(value).update(salt()).digest('hex')
    case 'pseudonym':
      return `<${type}_${tokenOf(value, type, pseudonymKey)}>`
  }
}

/** Without letters that are easily mistaken for digits; 32 of them, so that a byte gives one without a bias. */
const tokenLetters = 'abcdefghijkmnpqrstuvwxyz23456789'
/** 50 bits: among a million values of one type two share a token once in two thousand keys. */
const tokenLength = 10

function tokenOf(value: string, type: EntityType, key: Uint8Array): string {
  const bytes = createHmac('sha256', key)
    .update(`${type}\0${bareText(value).text}`)
    .digest()
  return Array.from(bytes.subarray(0, tokenLength), (byte) => tokenLetters[byte % tokenLetters.length]).join('')
}
