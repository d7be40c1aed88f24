import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** Countries whose way of writing a number without its country counts: those with a 0 before it, and those without. */
const withZero: readonly CountryCode[] = ['GB', 'DE', 'FR', 'IL', 'IN', 'BR', 'AT', 'CH']
const withoutZero: readonly CountryCode[] = ['US', 'CA', 'BR', 'FR']

/** Whether a number with its `+` is in the plan of its country. */
export function isInternational(number: string): boolean {
  return parsePhoneNumberFromString(number)?.isValid() === true
}

/** Whether a number without its country is in the plan of one of those that are tried. */
export function isNational(number: string): boolean {
  const isZero = /^\(?0/.test(number)
  return (isZero ? withZero : withoutZero).some((country) => parsePhoneNumberFromString(number, country)?.isValid() === true)
}
