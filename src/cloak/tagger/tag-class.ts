/**
 * What a token may be, in the order of the weights. The first is what stays; `name` and `address` are what rules of their own find: they are told apart
 * so that a name of a person is not taken for that of an account.
 */
export const tagClasses = [
  'other',
  'PASSWORD',
  'API_KEY',
  'USERNAME',
  'HOSTNAME',
  'name',
  'address',
  'ACCOUNT_ID',
  'CASE_NUMBER',
  'CONTRACT_NUMBER',
  'BANK_ACCOUNT',
  'TAX_ID',
  'PHONE_NUMBER',
  'identity',
] as const

export type TagClass = (typeof tagClasses)[number]

/** A weight for each class but the first, whose own is always 0. */
export const weightCount = tagClasses.length - 1

/** The classes of tokens that the tagger leaves alone. */
export const stayingTags: readonly TagClass[] = ['other', 'name', 'address']
