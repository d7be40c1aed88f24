// What the documents and tests of PIICloak show of each type, by the section of its description that says so; in its words only where a format needs them.
import { describe, expect, test } from 'bun:test'
import { analyze } from '../../src/cloak/analyze.ts'
import type { EntityType } from '../../src/cloak/entity-type.ts'
import { loadNameFinder } from '../../src/cloak/name-finder.ts'
import { operate } from '../../src/cloak/operator.ts'
import { resolve } from '../../src/cloak/resolve.ts'

const findNames = await loadNameFinder({})
const keys = { salt: () => new Uint8Array(32), pseudonymKey: new Uint8Array(32) }

type Example = readonly [type: EntityType, text: string, found: string]

/** Found as documented, asked for by type alone. */
const asDocumented: readonly Example[] = [
  ['PERSON', 'My name is John Smith', 'John Smith'],
  ['LOCATION', 'I live in Berlin', 'Berlin'],
  ['NRP', 'He is a German citizen', 'German'],
  ['ORGANIZATION', 'Acme Trading FZCO', 'Acme Trading FZCO'],
  ['ORGANIZATION', 'Blue Ocean Pte Ltd', 'Blue Ocean Pte Ltd'],
  ['ORGANIZATION', 'Muster Technik GmbH', 'Muster Technik GmbH'],
  ['ORGANIZATION', 'Acme Corporation', 'Acme Corporation'],
  ['ORGANIZATION', 'Acme LLC', 'Acme LLC'],
  ['ADDRESS', '123 Main Street', '123 Main Street'],
  ['ADDRESS', 'P.O. Box 1234', 'P.O. Box 1234'],
  ['ADDRESS', '123 Main St, Springfield, IL 62704', '123 Main St, Springfield, IL 62704'],
  ['DATE_TIME', 'born 12/05/1980', '12/05/1980'],
  ['DATE_TIME', 'date of birth: 1980-05-12', '1980-05-12'],
  ['DATE_TIME', 'due 12-MAY-1980', '12-MAY-1980'],
  ['EMAIL_ADDRESS', 'john.doe@example.com', 'john.doe@example.com'],
  ['EMAIL_ADDRESS', 'jo@xn--mller-kva.de', 'jo@xn--mller-kva.de'],
  ['PHONE_NUMBER', 'call +1 212-555-0123', '+1 212-555-0123'],
  ['CREDIT_CARD', '4111 1111 1111 1111', '4111 1111 1111 1111'],
  ['IBAN_CODE', 'GB82 WEST 1234 5698 7654 32', 'GB82 WEST 1234 5698 7654 32'],
  ['BANK_ACCOUNT', 'Routing: 021000021', '021000021'],
  ['BANK_ACCOUNT', 'Account: 123456789012', '123456789012'],
  ['BANK_ACCOUNT', '021000021-123456789', '021000021-123456789'],
  ['BANK_ACCOUNT', 'SWIFT: DEUTDEFF500', 'DEUTDEFF500'],
  ['US_BANK_NUMBER', 'account 123456789012', '123456789012'],
  ['US_SSN', 'SSN 123-45-6789', '123-45-6789'],
  ['US_SSN', 'ssn: 536-90-4399', '536-90-4399'],
  ['TAX_ID', 'EIN 98-7654321', '98-7654321'],
  ['TAX_ID', 'ITIN 912-70-1234', '912-70-1234'],
  ['US_PASSPORT', 'passport 123456789', '123456789'],
  ['US_PASSPORT', 'passport A12345678', 'A12345678'],
  ['US_DRIVER_LICENSE', 'driver license D1234567', 'D1234567'],
  ['MEDICAL_LICENSE', 'DEA BB1388568', 'BB1388568'],
  ['UK_NHS', 'NHS 943 476 5919', '943 476 5919'],
  ['CRYPTO', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
  ['CRYPTO', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'],
  ['IP_ADDRESS', '192.168.1.10/24', '192.168.1.10/24'],
  ['IP_ADDRESS', '::ffff:10.0.0.5', '::ffff:10.0.0.5'],
  ['IP_ADDRESS', 'fe80::1%eth0', 'fe80::1%eth0'],
  ['URL', 'https://example.com/path?x=1', 'https://example.com/path?x=1'],
  ['DOMAIN', 'ask example.com', 'example.com'],
  ['USERNAME', 'username: jdoe42', 'jdoe42'],
  ['USERNAME', 'login: jdoe42', 'jdoe42'],
  ['USERNAME', 'signin: jdoe42', 'jdoe42'],
  ['USERNAME', 'userid: jdoe42', 'jdoe42'],
  ['USERNAME', 'uid: jdoe42', 'jdoe42'],
  ['USERNAME', 'account name: jdoe42', 'jdoe42'],
  ['USERNAME', 'thanks @jdoe42', '@jdoe42'],
  ['USERNAME', 'user is jdoe42', 'jdoe42'],
  ['API_KEY', 'sk-abcdefghijklmnopqrstuvwxyz123456', 'sk-abcdefghijklmnopqrstuvwxyz123456'],
  ['API_KEY', 'sk-proj-abcdefghijklmnopqrstuvwxyz123456', 'sk-proj-abcdefghijklmnopqrstuvwxyz123456'],
  ['API_KEY', 'AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
  ['API_KEY', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789'],
  ['API_KEY', 'gho_abcdefghijklmnopqrstuvwxyz0123456789', 'gho_abcdefghijklmnopqrstuvwxyz0123456789'],
  ['API_KEY', 'sk_live_abcdefghijklmnop12345678', 'sk_live_abcdefghijklmnop12345678'],
  ['API_KEY', 'sk_test_abcdefghijklmnop12345678', 'sk_test_abcdefghijklmnop12345678'],
  ['API_KEY', 'Bearer abcdefghijklmnopqrst12345', 'abcdefghijklmnopqrst12345'],
  ['ACCOUNT_ID', 'ACC-123456', 'ACC-123456'],
  ['ACCOUNT_ID', 'CUST12345678', 'CUST12345678'],
  ['ACCOUNT_ID', 'customer 12345678', '12345678'],
  ['SALESFORCE_ID', 'contact 003D000001BzXyzIAF', '003D000001BzXyzIAF'],
  ['SALESFORCE_ID', 'case 5003000000D8cuI', '5003000000D8cuI'],
  ['CASE_NUMBER', '1:23-cv-04567', '1:23-cv-04567'],
  ['CASE_NUMBER', 'CV-2023-12345', 'CV-2023-12345'],
  ['CASE_NUMBER', 'case number 2023-12345', '2023-12345'],
  ['CONTRACT_NUMBER', 'CTR-2024-12345', 'CTR-2024-12345'],
  ['CONTRACT_NUMBER', 'POL-2024-001234', 'POL-2024-001234'],
  ['CONTRACT_NUMBER', 'MSA-2024-001', 'MSA-2024-001'],
  ['CONTRACT_NUMBER', 'INV-123456', 'INV-123456'],
  ['CONTRACT_NUMBER', 'ORD-12345678', 'ORD-12345678'],
]

describe('section 7 and 11: each type, asked for alone', () => {
  test.each(asDocumented)('%s: %s', (type, text, found) => {
    const hits = analyze(text, { types: new Set([type]), threshold: 0.4 }, findNames)
    expect(hits.map(({ start, end }) => text.slice(start, end))).toEqual([found])
  })
})

/** Found there, and on purpose not here. */
const otherwise: readonly (readonly [why: string, type: EntityType, text: string, found: readonly string[]])[] = [
  ['section 9.1: a word of eight letters is no SWIFT code', 'BANK_ACCOUNT', 'The database is corrupted', []],
  ['section 7: 40 characters of hex are a commit', 'API_KEY', 'commit 6005d582b252755cd9594ce385cb404d4fbba6d4', []],
  ['the label stays readable', 'API_KEY', 'api key = abcdefghijklmnopqrst12345', ['abcdefghijklmnopqrst12345']],
  ['section 7: the digits of an id are required', 'ACCOUNT_ID', 'user entered', []],
  ['section 11: the peer itself misses it', 'ACCOUNT_ID', 'A-987654', []],
  ['section 11: the peer itself misses it', 'MEDICAL_LICENSE', 'MD-123456', []],
  ['section 7: any word behind a label is no number', 'CASE_NUMBER', 'the file system', []],
  ['section 7: the id of a weakness is no case', 'CASE_NUMBER', 'CVE-2025-31337', []],
  ['section 7: a file is no address', 'URL', 'run install.sh', []],
  ['section 7: the port belongs to the address', 'URL', 'see http://example.com:8080/x', ['http://example.com:8080/x']],
  ['section 7: a number of five digits is no address', 'ADDRESS', 'port 12345', []],
  ['section 11: time stamps of logs stay', 'DATE_TIME', '2026-03-18T08:20:11Z level=info', []],
  ['section 7: mail below private endings is mail', 'EMAIL_ADDRESS', 'jo@nas.local', ['jo@nas.local']],
  ['section 7: Ethereum as well', 'CRYPTO', '0x52908400098527886E0F7030069857D2E4169EE7', ['0x52908400098527886E0F7030069857D2E4169EE7']],
  ['section 7: German endings as well', 'DOMAIN', 'ask example.de', ['example.de']],
  ['an account number with check digits is an IBAN_CODE only', 'BANK_ACCOUNT', 'DE89370400440532013000', []],
  ['a wrong check digit', 'CREDIT_CARD', '4111-1111-1111-1112', []],
  ['milliseconds are no card', 'CREDIT_CARD', '1748000000000', []],
  ['no such area', 'US_SSN', '000-12-3456', []],
  ['any word behind `profile` is no user', 'USERNAME', 'profile settings', []],
  ['in a path it is a HOME_PATH', 'USERNAME', '/users/jdoe42/settings', []],
  ['public download hosts stay below the usual threshold (decision 20)', 'DOMAIN', 'see github.com now', []],
]

describe('where we differ on purpose', () => {
  test.each(otherwise)('%s: %s, %s', (_, type, text, found) => {
    const hits = analyze(text, { types: new Set([type]), threshold: 0.4 }, findNames)
    expect(hits.map(({ start, end }) => text.slice(start, end))).toEqual([...found])
  })

  test('who asks for less certainty gets public hosts too', () => {
    expect(analyze('see github.com now', { types: new Set(['DOMAIN']), threshold: 0.3 })).toMatchObject([{ start: 4, end: 14 }])
  })
})

describe('section 6: scores', () => {
  test('a passed checksum lifts a hit to 1', () => {
    expect(analyze('4111 1111 1111 1111', { types: new Set(['CREDIT_CARD']), threshold: 1 })).toHaveLength(1)
  })

  test.each<Example>([
    ['US_PASSPORT', 'passport 123456789', '123456789'],
    ['US_DRIVER_LICENSE', 'driver license D1234567', 'D1234567'],
    ['US_BANK_NUMBER', 'account 123456789012', '123456789012'],
  ])('a word of context before it adds 0.35 and gives at least 0.4: %s', (type, text, value) => {
    const types = new Set([type])
    const alone = analyze(value, { types, threshold: 0 })[0]?.score ?? 0
    const said = analyze(text, { types, threshold: 0 })[0]
    expect(said?.score).toBeCloseTo(Math.max(0.4, alone + 0.35))
    expect(said?.why.context).toBeString()
  })

  test('a threshold counts from its own value on, and above 1 nothing is found', () => {
    const of = (threshold: number): number => analyze('EIN 98-7654321', { types: new Set(['TAX_ID']), threshold }).length
    const { score } = analyze('EIN 98-7654321', { types: new Set(['TAX_ID']), threshold: 0 })[0] ?? { score: 0 }
    expect([of(score), of(score + 0.001), of(1.1)]).toEqual([1, 0, 0])
  })
})

describe('section 1: the list', () => {
  test('the surest first, then as they stand; a mail address is reported with its domain', () => {
    const hits = analyze('ask john@example.com at example.org', { types: new Set(['EMAIL_ADDRESS', 'DOMAIN']), threshold: 0.4 })
    expect(hits.map(({ type, start }) => [type, start])).toEqual([
      ['EMAIL_ADDRESS', 4],
      ['DOMAIN', 9],
      ['DOMAIN', 24],
    ])
  })
})

describe('section 5: modes', () => {
  const text = 'mail john@example.com now'
  const hits = resolve(analyze(text, { types: new Set(['EMAIL_ADDRESS']), threshold: 0.4 }))

  test.each([
    ['replace', /^mail <EMAIL_ADDRESS> now$/],
    ['mask', /^mail \*{16} now$/],
    ['redact', /^mail {2}now$/],
    ['hash', /^mail [\da-f]{64} now$/],
  ] as const)('%s', (mode, expected) => {
    expect(operate(text, hits, mode, keys)).toMatch(expected)
  })

  test('differs on purpose: mask leaves no sign of a value of more than 100', () => {
    const long = `sk-${'a1'.repeat(100)}`
    expect(operate(long, resolve(analyze(long, { threshold: 0.4 })), 'mask', keys)).toBe('*'.repeat(203))
  })
})
