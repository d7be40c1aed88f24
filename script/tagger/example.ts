import { codesOf } from '../../src/cloak/codes.ts'
import { profiles } from '../../src/cloak/profile.ts'
import { findWhole } from '../../src/cloak/reading.ts'
import { featuresMax, readFeatures } from '../../src/cloak/tagger/feature.ts'
import { hintTokens } from '../../src/cloak/tagger/hint.ts'
import { addressKind, hostKind, secretKind, userKind } from '../../src/cloak/tagger/label-kind.ts'
import { readTokens } from '../../src/cloak/tagger/read-tokens.ts'
import { type TagClass, tagClasses } from '../../src/cloak/tagger/tag-class.ts'
import { looks, type Tokens } from '../../src/cloak/tagger/token.ts'
import type { Vocabulary } from '../../src/cloak/tagger/vocabulary.ts'
import type { LabelledSpan, LabelType } from '../../test/cloak/labelled-set.ts'
import type { TrainingText } from './training-text.ts'

/** A token as it is learned from: its features and what it is, as the number of its class. */
export type Example = { readonly features: Int32Array; readonly kind: number; readonly weight: number }

/** The class of each type that a span may have. */
export const classOfType: Readonly<Record<LabelType, TagClass>> = {
  ...{ PASSWORD: 'PASSWORD', URL_CREDENTIALS: 'PASSWORD', API_KEY: 'API_KEY', JWT: 'API_KEY', PRIVATE_KEY: 'API_KEY' },
  ...{ USERNAME: 'USERNAME', HOME_PATH: 'USERNAME', HOSTNAME: 'HOSTNAME' },
  ...{ PERSON: 'PERSON', ORGANIZATION: 'ORGANIZATION', LOCATION: 'LOCATION', ADDRESS: 'personal', NRP: 'personal', DATE_TIME: 'personal' },
  ...{ EMAIL_ADDRESS: 'address', IP_ADDRESS: 'address', MAC_ADDRESS: 'address', DOMAIN: 'address', URL: 'address' },
  ...{ ACCOUNT_ID: 'ACCOUNT_ID', SALESFORCE_ID: 'ACCOUNT_ID', CRYPTO: 'ACCOUNT_ID' },
  ...{ CASE_NUMBER: 'CASE_NUMBER', CONTRACT_NUMBER: 'CONTRACT_NUMBER' },
  ...{
    BANK_ACCOUNT: 'BANK_ACCOUNT',
    IBAN_CODE: 'BANK_ACCOUNT',
    CREDIT_CARD: 'BANK_ACCOUNT',
    TAX_ID: 'TAX_ID',
    PHONE_NUMBER: 'PHONE_NUMBER',
  },
  ...{ US_SSN: 'identity', US_PASSPORT: 'identity', US_DRIVER_LICENSE: 'identity', MEDICAL_LICENSE: 'identity', UK_NHS: 'identity' },
}

/** What the values of a class say to their neighbours once they are hidden; nothing where ingest does not hide them. */
const saidBy: Readonly<Partial<Record<TagClass, number>>> = {
  ...{ PASSWORD: secretKind, API_KEY: secretKind, USERNAME: userKind, HOSTNAME: hostKind, address: addressKind },
}

/** How many of the values beside a token are hidden when it is looked at the second time. */
const hiddenShare = 0.6

/**
 * Two examples for each token of a text: one as the rules leave it, with what they say of it, and one with other values hidden than those that they find.
 * `chance` gives numbers from 0 to 1.
 */
export function examplesOf(text: TrainingText, vocabulary: Vocabulary, chance: () => number): readonly Example[] {
  const found = (findWhole(text.text, profiles.full)?.matches ?? []).toSorted(
    (one, other) => one.start - other.start || one.rank - other.rank,
  )
  const tokens = readTokens(text.text, codesOf(text.text), { from: 0, to: text.text.length }, vocabulary)
  const kinds = kindsOf(tokens, text.spans)
  hintTokens(tokens, found, profiles.full.names)
  const ruled = readAll(text, tokens, kinds)
  if (text.spans.length === 0) return ruled
  tokens.rule.fill(0, 0, tokens.count)
  for (const [number, kind] of kinds.entries()) {
    const name = tagClasses[kind] ?? 'other'
    tokens.kind[number] = chance() < hiddenShare ? (saidBy[name] ?? 0) : 0
  }
  return [...ruled, ...readAll(text, tokens, kinds)]
}

const features = new Int32Array(featuresMax)

function readAll({ text, weight }: TrainingText, tokens: Tokens, kinds: readonly number[]): readonly Example[] {
  return kinds.flatMap((kind, number) => {
    if (((tokens.look[number] ?? 0) & looks.label) !== 0) return []
    const count = readFeatures(text, tokens, number, features)
    return [{ features: features.slice(0, count), kind, weight }]
  })
}

/** The class of each token, by the span that it shares a character with. */
export function kindsOf({ count, start, end }: Tokens, spans: readonly LabelledSpan[]): readonly number[] {
  return Array.from({ length: count }, (_, number) => {
    const span = spans.find((one) => one.start < (end[number] ?? 0) && one.end > (start[number] ?? 0))
    return span === undefined ? 0 : tagClasses.indexOf(classOfType[span.type])
  })
}
