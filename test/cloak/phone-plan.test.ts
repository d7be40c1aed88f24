import { expect, test } from 'bun:test'
import examples from 'libphonenumber-js/examples.mobile.json'
import { type CountryCode, getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { isInternational, isNational } from '../../src/cloak/phone-plan.ts'

/** The countries that are tried for a number without its own. */
const withZero = ['GB', 'DE', 'FR', 'IL', 'IN', 'BR', 'AT', 'CH'] as const
const withoutZero = ['US', 'CA', 'BR', 'FR'] as const

/** What the package itself says of a number. */
const saysInternational = (number: string) => parsePhoneNumberFromString(number)?.isValid() === true
const saysNational = (number: string) =>
  (number.startsWith('0') ? withZero : withoutZero).some((country) => parsePhoneNumberFromString(number, country)?.isValid() === true)

/** Numbers that are good, and the same with digits changed, added and left out, the same in every run. */
function* numbersLike(example: string): Iterable<string> {
  yield example
  for (let digit = 0; digit < 10; digit += 1) {
    for (let at = 0; at < Math.min(5, example.length); at += 1) yield example.slice(0, at) + digit + example.slice(at + 1)
    yield example + digit
    yield digit + example
  }
  yield example.slice(1)
  yield example.slice(0, -1)
}

const countries: readonly CountryCode[] = getCountries()

test('a number with its country is judged as by the package whose plans are read', () => {
  const other = countries.flatMap((country) =>
    [...numbersLike(examples[country] ?? '')]
      .map((number) => `+${getCountryCallingCode(country)} ${number}`)
      .filter((number) => isInternational(number) !== saysInternational(number)),
  )
  expect(other).toEqual([])
})

test('a number without its country is judged as by the package for the countries that are tried', () => {
  const tried = new Set<CountryCode>([...withZero, ...withoutZero])
  const other = [...tried].flatMap((country) =>
    [...numbersLike(examples[country] ?? '')]
      .flatMap((number) => [number, `0${number}`, getCountryCallingCode(country) + number])
      .filter((number) => !number.startsWith('00') && isNational(number) !== saysNational(number)),
  )
  expect(other).toEqual([])
})

test('a number behind 00 is judged like one behind +', () => {
  expect(isNational('0049 30 901820')).toBe(true)
  expect(isNational('0049 3')).toBe(false)
})
