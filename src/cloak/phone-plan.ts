import plans from 'libphonenumber-js/metadata.max.json'
import { digitsOf } from './formed.ts'

/** The codes of countries whose way of writing a number without its country counts: with a 0 before it (GB DE FR IL IN BR AT CH), and without (US CA BR FR). */
const withZero: readonly string[] = ['44', '49', '33', '972', '91', '55', '43', '41']
const withoutZero: readonly string[] = ['1', '55', '33']

/** Longest code of a country. */
const codeDigitsMax = 3

/** Whether a number with its `+` is in the plan of its country. */
export function isInternational(number: string): boolean {
  return isBehindCode(digitsOf(number))
}

/** Whether a number without its country is in the plan of one of those that are tried, or has its country behind `00`. */
export function isNational(number: string): boolean {
  const digits = digitsOf(number)
  if (digits.startsWith('00')) return isBehindCode(digits.slice(2))
  return (digits.startsWith('0') ? withZero : withoutZero).some(
    (code) => isInPlan(digits, code) || (digits.startsWith(code) && isInPlan(digits.slice(code.length), code)),
  )
}

function isBehindCode(digits: string): boolean {
  for (let length = 1; length <= codeDigitsMax; length += 1) {
    const code = digits.slice(0, length)
    if (planOf(code) !== undefined) return isInPlan(digits.slice(length), code)
  }
  return false
}

/** With what is dialled before a number within its country, or without. */
function isInPlan(number: string, code: string): boolean {
  const plan = planOf(code)
  return plan !== undefined && (isNumberOf(number, plan) || isNumberOf(withoutPrefix(number, plan), plan))
}

function isNumberOf(number: string, { countries }: Plan): boolean {
  return countries.some(({ all, kinds }) => all.test(number) && kinds.some((kind) => kind.test(number)))
}

function withoutPrefix(number: string, { prefix, becomes }: Plan): string {
  const found = prefix.exec(number)
  if (found === null) return number
  return becomes !== '' && found.at(-1) ? number.replace(prefix, becomes) : number.slice(found[0].length)
}

/**
 * The numbers behind one code. Patterns are compiled once for a code: the package, whose plans these are, compiles each of them again for every number,
 * most of a millisecond for the countries that are tried.
 */
type Plan = {
  readonly countries: readonly { readonly all: RegExp; readonly kinds: readonly RegExp[] }[]
  readonly prefix: RegExp
  /** What a prefix becomes that has something in it which belongs to the number. */
  readonly becomes: string
}
const compiled = new Map<string, Plan>()

/** The plan of a code; undefined for what is no code of a country. */
function planOf(code: string): Plan | undefined {
  const known = compiled.get(code)
  if (known !== undefined) return known
  const shared = plans.country_calling_codes[code]?.map((country) => plans.countries[country]) ?? [plans.nonGeographic[code]]
  const found = shared.filter((one) => one !== undefined)
  const main = found[0]
  if (main === undefined) return undefined
  const plan = {
    countries: found.map((one) => ({ all: whole(String(one[place.all])), kinds: kindsOf(one) })),
    prefix: new RegExp(`^(?:${main[place.prefixPattern] || main[place.prefix] || '(?!)'})`),
    becomes: String(main[place.becomes] || ''),
  }
  compiled.set(code, plan)
  return plan
}

/** Where the package keeps what in the list that is a plan of it; 0 stands for nothing. */
const place = { all: 2, prefix: 5, prefixPattern: 7, becomes: 8, kinds: 11 } as const

/** A pattern for each kind of number, mobile ones and others, with its lengths where they are told; all numbers are of one kind where none are told. */
function kindsOf(plan: readonly unknown[]): readonly RegExp[] {
  const kinds = (plan[place.kinds] || []) as readonly ([form: string, lengths?: readonly number[]] | 0)[]
  if (kinds.length === 0) return [/^/]
  return kinds.flatMap((kind) => (kind === 0 || kind[0] === '' ? [] : [whole(kind[0], kind[1])]))
}

function whole(form: string, lengths?: readonly number[]): RegExp {
  const ofLength = lengths === undefined ? '' : `(?=(?:${lengths.map((length) => `.{${length}}`).join('|')})$)`
  return new RegExp(`^${ofLength}(?:${form})$`)
}
