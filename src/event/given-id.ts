import { assert } from '../base/assert.ts'
import { err, ok, type Result } from '../base/result.ts'
import { fieldOfKey } from './field.ts'
import { repairValue } from './value.ts'

/** Why a text is no id that a client can have sent. */
export type GivenIdFault = 'empty' | typeof tooLong

/** No random id is longer, whatever client made it. */
const idCharactersMax = 512
const tooLong = `longer_than_${idCharactersMax}` as const

/**
 * Reads a random id that a person gives, as the client sent it or as pages show it. Gives it in the form in which ingest takes one from a client: trimmed,
 * without control characters, cut; only so does it have the same hash.
 */
export function readGivenId(text: string): Result<string, GivenIdFault> {
  const field = fieldOfKey('random_id')
  assert(field !== undefined, 'events have a random id')
  if (text.length > idCharactersMax) return err(tooLong)
  const id = repairValue(field, text, [])
  return typeof id === 'string' && id !== '' ? ok(id) : err('empty')
}
