import { err, ok, type Result } from '../../base/result.ts'
import { countCodePoints } from '../../cloak/code-point.ts'
import { type EntityType, entityNames, isEntityType, usualTypes } from '../../cloak/entity-type.ts'
import { type Mode, modes } from '../../cloak/operator.ts'
import { type CloakFault, malformed } from './fault.ts'

/** What a request asks for. */
export type Wish = {
  readonly text: string
  readonly types: ReadonlySet<EntityType>
  readonly threshold: number
  readonly mode: Mode
  /** Whether the answer may repeat the text and what was found in it. */
  readonly includesOriginal: boolean
  readonly explains: boolean
}

/** What holds where a request says nothing. */
export type WishDefaults = { readonly threshold: number; readonly mode: Mode }

/** Longest text, in code points. */
export const textCharactersMax = 1_000_000

const usual: ReadonlySet<EntityType> = new Set(usualTypes)
const every: ReadonlySet<EntityType> = new Set(entityNames)
const missingText = malformed('text', 'required', "Missing 'text' field")

/** Reads the body of a request; refuses what is no JSON object with a text, naming the field and the rule. Keys that are not known are left alone. */
export function readWish(bytes: Uint8Array, defaults: WishDefaults): Result<Wish, CloakFault> {
  const body = parseJson(bytes)
  if (!body.ok) return body
  if (!isObject(body.value) || body.value['text'] === undefined) return err(missingText)
  return wishOf(body.value, defaults)
}

/** The same for fields that are read already. */
export function wishOf(fields: Readonly<Record<string, unknown>>, defaults: WishDefaults): Result<Wish, CloakFault> {
  const text = readText(fields['text'])
  if (!text.ok) return text
  const types = readTypes(fields['entities'])
  if (!types.ok) return types
  const threshold = readThreshold(fields['score_threshold'], defaults.threshold)
  if (!threshold.ok) return threshold
  const mode = readMode(fields['mode'], defaults.mode)
  if (!mode.ok) return mode
  const language = checkLanguage(fields['language'])
  if (!language.ok) return language
  const original = readFlag('include_original', fields['include_original'], true)
  if (!original.ok) return original
  const explain = readFlag('explain', fields['explain'], false)
  if (!explain.ok) return explain
  return ok({
    text: text.value,
    types: types.value,
    threshold: threshold.value,
    mode: mode.value,
    includesOriginal: original.value,
    explains: explain.value,
  })
}

const decoder = new TextDecoder('utf-8', { fatal: true })

function parseJson(bytes: Uint8Array): Result<unknown, CloakFault> {
  try {
    return ok(JSON.parse(decoder.decode(bytes)))
  } catch (fault) {
    return err(
      fault instanceof SyntaxError
        ? malformed('body', 'json', 'The body is not valid JSON')
        : malformed('body', 'utf8', 'The body is not valid UTF-8'),
    )
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readText(value: unknown): Result<string, CloakFault> {
  if (typeof value !== 'string') return err(malformed('text', 'string', "'text' must be a string"))
  // A code point is one unit or two, so most texts need no counting.
  if (value.length > textCharactersMax && (value.length > 2 * textCharactersMax || countCodePoints(value) > textCharactersMax))
    return err({
      status: 413,
      error: `'text' must not be longer than ${textCharactersMax} characters`,
      field: 'text',
      rule: `at_most_${textCharactersMax}_characters`,
    })
  return ok(value)
}

/** `null` and an empty list ask for everything; of names that are not known some may stand among others. */
function readTypes(value: unknown): Result<ReadonlySet<EntityType>, CloakFault> {
  if (value === undefined) return ok(usual)
  if (value === null) return ok(every)
  if (!Array.isArray(value) || !value.every((name) => typeof name === 'string'))
    return err(malformed('entities', 'list_of_names', "'entities' must be a list of entity types"))
  const known = value.filter(isEntityType)
  if (value.length > 0 && known.length === 0)
    return err(malformed('entities', 'known_type', "'entities' names no type that is known; GET /entities lists them"))
  return ok(value.length === 0 ? every : new Set(known))
}

/** Beyond 1 nothing would be found, so that somebody who means 85 % gets back what was to be hidden. `null` asks for everything. */
function readThreshold(value: unknown, otherwise: number): Result<number, CloakFault> {
  if (value === undefined) return ok(otherwise)
  if (value === null) return ok(0)
  if (typeof value !== 'number') return err(malformed('score_threshold', 'number', "'score_threshold' must be a number"))
  if (value >= 0 && value <= 1) return ok(value)
  return err(malformed('score_threshold', 'from_0_to_1', "'score_threshold' must be from 0 to 1"))
}

function readMode(value: unknown, otherwise: Mode): Result<Mode, CloakFault> {
  const mode = value === undefined ? otherwise : modes.find((name) => name === value)
  return mode === undefined ? err(malformed('mode', 'one_of', `Invalid mode. Must be one of: ${modes.join(', ')}`)) : ok(mode)
}

/** Matches `en`, `de-AT`; must not match `english`, `e`. */
const languageForm = /^[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?$/

/** Types with a form are found in every language, so any is taken. */
function checkLanguage(value: unknown): Result<undefined, CloakFault> {
  if (value === undefined || value === null || (typeof value === 'string' && languageForm.test(value))) return ok(undefined)
  return err(malformed('language', 'language_code', "'language' must be a language code like en"))
}

function readFlag(field: string, value: unknown, otherwise: boolean): Result<boolean, CloakFault> {
  if (value === undefined) return ok(otherwise)
  return typeof value === 'boolean' ? ok(value) : err(malformed(field, 'boolean', `'${field}' must be true or false`))
}
