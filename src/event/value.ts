import { cleanLog, cleanShortText } from './clean.ts'
import type { PreparedField } from './field.ts'
import type { RepairCode, RepairRule } from './repair-rule.ts'

/**
 * One value as its field wants it, or undefined when nothing usable is left; what had to be done is added to `repairs`.
 * Never throws and never refuses: a bad value costs its field, not the event.
 */
export function repairValue(field: PreparedField, value: unknown, repairs: RepairCode[]): string | number | boolean | undefined {
  switch (field.kind) {
    case 'text':
      return repairText(field, value, repairs)
    case 'count':
      return repairCount(field, value, repairs)
    case 'oneOf':
      return typeof value === 'string' && field.values.has(value) ? value : repairOneOf(field, value, repairs)
    case 'flag':
      return typeof value === 'boolean' ? value : repairFlag(field, value, repairs)
  }
}

type Of<Kind extends PreparedField['kind']> = Extract<PreparedField, { kind: Kind }>

function repairText(field: Of<'text'>, value: unknown, repairs: RepairCode[]): string | undefined {
  if (typeof value === 'string') return (field.isMultiLine ? cleanLog : cleanShortText)(field, value, repairs) || undefined
  if (typeof value !== 'number') return lose(field, 'wrong_type', repairs)
  repairs.push(`${field.wire}:number_text`)
  return cleanShortText(field, String(value), repairs)
}

function repairCount(field: Of<'count'>, value: unknown, repairs: RepairCode[]): number | undefined {
  if (typeof value === 'string') return repairTextCount(field, value.trim(), repairs)
  if (typeof value !== 'number') return lose(field, 'wrong_type', repairs)
  return fitCount(field, value, repairs)
}

/** Matches `32`, `32G`, `1.5 GB`, `3.2e1`; must not match `G32` or `1,5`. */
const countText = /^([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?) ?([a-z]*)$/i
const countTextCharactersMax = 64

function repairTextCount(field: Of<'count'>, text: string, repairs: RepairCode[]): number | undefined {
  if (text === '') return undefined
  const match = text.length <= countTextCharactersMax ? countText.exec(text) : null
  if (match === null) return lose(field, 'not_a_number', repairs)
  const unit = (match[2] ?? '').toLowerCase()
  repairs.push(`${field.wire}:${unit === '' ? 'text_number' : 'unit'}`)
  return fitCount(field, Number(match[1]) * (field.units.get(unit) ?? 1), repairs)
}

function fitCount(field: Of<'count'>, value: number, repairs: RepairCode[]): number | undefined {
  const whole = Math.trunc(value) + 0 // A negative zero becomes zero.
  if (!(whole >= field.minimum && whole <= field.maximum)) return lose(field, 'out_of_range', repairs)
  if (whole !== value) repairs.push(`${field.wire}:fraction`)
  return whole
}

function repairOneOf(field: Of<'oneOf'>, value: unknown, repairs: RepairCode[]): string | undefined {
  if (typeof value !== 'string') {
    repairs.push(`${field.wire}:wrong_type`)
    return field.unknown
  }
  const name = value.trim()
  if (name === '' || field.values.has(name)) return name || undefined
  const lowerCase = name.length <= oneOfCharactersMax ? name.toLowerCase() : ''
  const known = field.lowerCase.get(lowerCase)
  const alias = field.aliases.get(lowerCase)
  if (alias === '') return undefined
  repairs.push(`${field.wire}:${known !== undefined ? 'letter_case' : alias !== undefined ? 'alias' : 'unknown_value'}`)
  return known ?? alias ?? field.unknown
}
const oneOfCharactersMax = 64

const flagTexts: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ...(['true', 'yes', 'on', '1', 1] as const).map((text) => [text, true] as const),
  ...(['false', 'no', 'off', '0', 0] as const).map((text) => [text, false] as const),
])

function repairFlag(field: Of<'flag'>, value: unknown, repairs: RepairCode[]): boolean | undefined {
  const text = typeof value === 'string' ? value.slice(0, oneOfCharactersMax).trim().toLowerCase() : value
  if (text === '') return undefined
  const flag = flagTexts.get(text)
  if (flag === undefined) return lose(field, typeof value === 'string' ? 'unknown_value' : 'wrong_type', repairs)
  repairs.push(`${field.wire}:text_flag`)
  return flag
}

function lose(field: PreparedField, rule: RepairRule, repairs: RepairCode[]): undefined {
  repairs.push(`${field.wire}:${rule}`)
  return undefined
}
