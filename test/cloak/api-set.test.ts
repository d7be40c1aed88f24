import { expect, test } from 'bun:test'
import { analyze } from '../../src/cloak/analyze.ts'
import { loadNameFinder } from '../../src/cloak/name-finder.ts'
import { resolve } from '../../src/cloak/resolve.ts'
import { type LabelType, readLabelledSet } from './labelled-set.ts'
import { type Hide, scoreSet, share, totalRecall } from './score.ts'

/** Types with a form that only the API knows. */
const formed: readonly LabelType[] = [
  ...(['PHONE_NUMBER', 'CREDIT_CARD', 'IBAN_CODE', 'BANK_ACCOUNT', 'US_SSN', 'TAX_ID', 'US_PASSPORT', 'US_DRIVER_LICENSE'] as const),
  ...(['MEDICAL_LICENSE', 'UK_NHS', 'CRYPTO', 'ACCOUNT_ID', 'SALESFORCE_ID', 'CASE_NUMBER', 'CONTRACT_NUMBER'] as const),
]
const recallMin = 0.97
const damagedMax = 0.01

/** What of the names the API is to find, and how many of those it hides are to be some. */
const namesMin = [
  ['PERSON', { recall: 0.85, precision: 0.85 }],
  ['ORGANIZATION', { recall: 0.85, precision: 0.8 }],
  ['LOCATION', { recall: 0.8, precision: 0.75 }],
] as const

const findNames = await loadNameFinder({})
const hide: Hide = (text) => resolve(analyze(text, { threshold: 0.4 }, findNames))
const first = await readLabelledSet('first')
const score = scoreSet(first, formed, hide)
const others = scoreSet(first, ['ADDRESS', 'NRP', 'DATE_TIME'], hide)

test('of the first set the API finds what has a form, and damages few harmless texts', () => {
  const { found, all } = totalRecall(score)
  expect(share(found, all)).toBeGreaterThanOrEqual(recallMin)
  expect(share(score.harmless.damaged, score.harmless.all)).toBeLessThanOrEqual(damagedMax)
})

test.each(namesMin)('of the first set the API finds %s, and takes little else for it', (type, least) => {
  const { recall, precision } = score.names.get(type) ?? { recall: 0, precision: 0 }
  expect(recall).toBeGreaterThanOrEqual(least.recall)
  expect(precision).toBeGreaterThanOrEqual(least.precision)
})

/** How many values the rules with a form hide whole; a change may make this better, never worse. */
const hiddenMin = [
  ['ADDRESS', 20],
  ['NRP', 16],
  ['DATE_TIME', 50],
] as const

test.each(hiddenMin)('of the first set the API hides as many values of type %s', (type, least) => {
  expect(others.recall.get(type)?.found).toBeGreaterThanOrEqual(least)
})
