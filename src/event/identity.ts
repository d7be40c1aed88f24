import { createHash, createHmac } from 'node:crypto'
import { assert } from '../base/assert.ts'
import type { InstallEvent } from './install.ts'
import type { RunState } from './run.ts'

/*
 * Ids come from anonymous clients, so each may be guessed, copied or hold personal data. They have three forms:
 * - a random UUID, kept in lower case; its key is its 16 bytes. One that is made of a network card's address, a user number or a name (RFC 9562,
 *   versions 1, 2, 3, 5 and 6) is not random and counts as "anything else";
 * - `<uuid>-r<n>`, `tool-<epoch>`, `addon-<epoch>`, which scripts make where no UUID is at hand, kept as they are;
 * - anything else, replaced before it is written anywhere: `h-` and 26 characters of base32 over 128 bits of a keyed hash.
 * Every key that is not a UUID's has its ninth byte at 0xE0 or above, which RFC 9562 reserves. A UUID with such a byte counts as "anything
 * else", so nobody can send a UUID that meets the key of a hash seen in an answer. A text that already looks like `h-…` is hashed again when a
 * client sends it, so an answer's id cannot be claimed either. Only a look-up takes it as it stands (`lookUpIds`).
 */

/** Which run a report belongs to, within its tenant. `hex` is the key as text, for maps; `id` the stored id that the key was made from. */
export type RunKey = { readonly key: Uint8Array; readonly hex: string; readonly id: string }

/** The event with both ids in their stored form. Called before anything is written: no other id text reaches a disk. `secret` has 32 bytes. */
export function replaceIds(install: InstallEvent, secret: Uint8Array): InstallEvent {
  const stored: { -readonly [Name in keyof InstallEvent]: InstallEvent[Name] } = { ...install }
  for (const name of ['randomId', 'executionId'] as const) {
    const id = stored[name]
    if (id) stored[name] = storedId(id, secret)
    else if (id !== undefined) delete stored[name]
  }
  return stored
}

/**
 * The key of the run that an event with stored ids belongs to: its execution id, else its random id.
 * Needs no secret: what is secret about an id went into its stored form. The epoch ids are weak (two hosts share a second),
 * so type and script go into their key.
 */
export function runKeyOf(install: Pick<InstallEvent, 'executionId' | 'randomId' | 'type' | 'nsapp'>): RunKey {
  const id = install.executionId || install.randomId
  assert(id, 'a report has an execution id or a random id')
  const key = keyOfId(id) ?? deriveKey([id, install.type, install.nsapp])
  return { key, hex: key.toHex(), id }
}

/** The key of the run that a state is of; nothing for one that names no run. */
export function runKeyOfState({ fields }: RunState): RunKey | undefined {
  const executionId = fields.executionId?.value
  const randomId = fields.randomId?.value
  if (!executionId && !randomId) return undefined
  const names = { type: fields.type?.value ?? 'lxc', nsapp: fields.nsapp?.value ?? 'unknown' }
  return runKeyOf({ ...names, ...(executionId && { executionId }), ...(randomId && { randomId }) })
}

/** The key of a stored id on its own; nothing for an epoch id, whose key also takes type and script. */
export function keyOfId(id: string): Uint8Array | undefined {
  if (uuidForm.test(id)) return Uint8Array.fromHex(id.replaceAll('-', ''))
  return epochForm.test(id) ? undefined : deriveKey([id])
}

/** The form in which an id from a client is stored and shown. */
export function storedId(raw: string, secret: Uint8Array): string {
  assert(secret.length === 32, 'the secret for ids has 32 bytes')
  if ((uuidForm.test(raw) || retryForm.test(raw)) && !tellingForm.test(raw)) return raw.toLowerCase()
  return epochForm.test(raw) ? raw : hashedPrefix + base32(hashId(raw, secret))
}

/** The stored ids that an id from a URL may mean, the likeliest first: an id seen in an answer stands for itself, one from a client for its stored form. */
export function lookUpIds(raw: string, secret: Uint8Array): readonly string[] {
  const stored = storedId(raw, secret)
  return isHashedId(raw) ? [raw, stored] : [stored]
}

/** Whether a text looks like an id that was already replaced. Believed only of what we wrote ourselves, never of a client. */
export function isHashedId(id: unknown): id is string {
  return typeof id === 'string' && hashedForm.test(id)
}

/** The id of a run's record in PocketBase: 15 characters of a-z and 0-9, always the same for a run, so that a repeat overwrites itself. */
export function pocketbaseRecordId(tenant: string, key: Uint8Array): string {
  const digest = createHash('sha256').update(tenant).update('\0').update(key).digest('hex')
  const number = BigInt(`0x${digest}`) % 36n ** BigInt(recordIdCharacters)
  return number.toString(36).padStart(recordIdCharacters, '0')
}

const recordIdCharacters = 15

/** Matches 0190a5f3-…-8c1d-… in any case; not one whose fourth group begins with e or f (see above). */
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-d][0-9a-f]{3}-[0-9a-f]{12}$/i

/** The beginning of a UUID that tells of a machine or a name: matches 5f1c6f00-cdb0-11f0-8…; not a version 4 or 7, nor 11111111-1111-1111-1111-…. */
const tellingForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[12356][0-9a-f]{3}-[89ab]/i

/** Matches <uuid>-r2; not <uuid>-r, nor a longer tail that could carry a text. */
const retryForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-r[0-9]{1,10}$/i

/** Matches tool-1767225600: seconds since 1970, from 2001 to 2065; not tool-4915112345678, which is a telephone number. */
const epochForm = /^(?:tool|addon)-[12][0-9]{9}$/

/** Matches h-aaaaaaaaaaaaaaaaaaaaaaaaaa. */
const hashedForm = /^h-[a-z2-7]{26}$/
const hashedPrefix = 'h-'

function hashId(raw: string, secret: Uint8Array): Uint8Array {
  return createHmac('sha256', secret).update('id\0').update(raw).digest().subarray(0, 16)
}

/** A key that no UUID can have. JSON keeps the parts apart whatever they hold. */
function deriveKey(parts: readonly string[]): Uint8Array {
  const key = new Uint8Array(createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16))
  key[8] = (key[8] ?? 0) | 0xe0
  return key
}

/** RFC 4648 base32 in lower case without padding: one case, safe in a URL and in a filter. */
function base32(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let heldBits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    heldBits += 8
    while (heldBits >= 5) {
      heldBits -= 5
      text += base32Alphabet[(held >> heldBits) & 31]
    }
    held &= (1 << heldBits) - 1
  }
  return heldBits > 0 ? text + base32Alphabet[(held << (5 - heldBits)) & 31] : text
}

const base32Alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
