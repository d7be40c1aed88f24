import { hash } from 'node:crypto'

export const scopes = ['read', 'ingest', 'admin', 'cloak'] as const
export type Scope = (typeof scopes)[number]

/** A source of random bytes; `crypto.getRandomValues` outside of tests. */
export type RandomBytes = (length: number) => Uint8Array

/** A key as its owner holds it, taken apart. */
export type KeyText = { readonly id: string; readonly hash: Uint8Array }

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const idCharacters = 12
/** 43 characters of 62 are 256 bits. */
const secretCharacters = 43
const letters: Readonly<Record<Scope, string>> = { read: 'r', ingest: 'i', admin: 'a', cloak: 'c' }
// Matches `ts_r_` + 12 + `_` + 43 letters and digits, nothing before or after; not a key whose end was lost when it was copied.
const pattern = new RegExp(`^ts_[riac]_([0-9A-Za-z]{${idCharacters}})_[0-9A-Za-z]{${secretCharacters}}$`)

/** Makes a new key: the text for its owner (`ts_r_<id>_<secret>`), its id, and the hash to keep. */
export function makeKeyText(scope: Scope, random: RandomBytes): KeyText & { readonly text: string } {
  const id = randomText(idCharacters, random)
  const text = `ts_${letters[scope]}_${id}_${randomSecret(random)}`
  return { id, text, hash: hashSecret(text) }
}

/** Takes a presented key apart; undefined for a text that cannot be one of ours. */
export function readKeyText(text: string): KeyText | undefined {
  const id = pattern.exec(text)?.[1]
  return id === undefined ? undefined : { id, hash: hashSecret(text) }
}

/** The key in an Authorization header (`Bearer ts_…`); null for any other header. */
export function readBearer(authorization: string | null | undefined): string | null {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? null
}

/** Whether a name, as a command line gives it, is a scope. */
export function isScope(name: string): name is Scope {
  return scopes.some((scope) => scope === name)
}

/**
 * What is kept of a secret that was drawn: one round of SHA-256. Slow password hashes make up for secrets that people choose; 256 random bits cannot be
 * guessed at any speed, and a slow hash on each request would only help whoever wants to keep the service busy.
 */
export function hashSecret(text: string): Uint8Array {
  return hash('sha256', text, 'buffer')
}

/** A secret of 256 bits in letters and digits: the token of a cookie or a link. */
export function randomSecret(random: RandomBytes): string {
  return randomText(secretCharacters, random)
}

/** Letters and digits, each as likely as the other: bytes beyond the last whole multiple of 62 are thrown away. */
export function randomText(characters: number, random: RandomBytes): string {
  const bound = 256 - (256 % alphabet.length)
  let text = ''
  while (text.length < characters) {
    for (const byte of random(characters)) if (byte < bound && text.length < characters) text += alphabet.charAt(byte % alphabet.length)
  }
  return text
}
