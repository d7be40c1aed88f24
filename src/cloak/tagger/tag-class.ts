/**
 * What a token may be, in the order of the weights. The first is what stays. Names of people, bodies and places are found by the API alone; `personal` (dates, streets,
 * creeds) and `address` are what rules of their own find: they are told apart so that a name of a person is not taken for that of an account.
 */
export const tagClasses = [
  'other',
  'PASSWORD',
  'API_KEY',
  'USERNAME',
  'HOSTNAME',
  'PERSON',
  'ORGANIZATION',
  'LOCATION',
  'personal',
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
export const stayingTags: readonly TagClass[] = ['other', 'PERSON', 'ORGANIZATION', 'LOCATION', 'personal', 'address']

/** The numbers of the classes that the tagger hides. */
export const hidingKinds: readonly number[] = tagClasses.flatMap((tag, kind) => (stayingTags.includes(tag) ? [] : [kind]))

/** The classes of names. */
export const nameTags = ['PERSON', 'ORGANIZATION', 'LOCATION'] as const satisfies readonly TagClass[]

/** The likeliest of some classes, by their numbers and the share of each. */
export function likeliestOf(kinds: readonly number[], shares: Float64Array): number {
  let best = kinds[0] ?? 0
  for (const kind of kinds) if ((shares[kind] ?? 0) > (shares[best] ?? 0)) best = kind
  return best
}
