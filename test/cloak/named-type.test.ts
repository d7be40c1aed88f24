import { describe, expect, test } from 'bun:test'
import { analyze } from '../../src/cloak/analyze.ts'
import { cloak } from '../../src/cloak/engine.ts'
import { entityTypes, usualTypes } from '../../src/cloak/entity-type.ts'

/** Letters and digits as keys have them. */
const random = 'Xq7mR2vK9pLw4Zt8Bn3Hs6Yd1Fc5Gj0A'
const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${random}abcdefghijk`

/** A value of each kind that has a form of its own. */
const secrets: readonly (readonly [name: string, value: string])[] = [
  ['GitHub', `ghp_${random}abcd`],
  ['GitHub, fine-grained', `github_pat_11AAAAAAA0${random}${random}`],
  ['GitLab', `glpat-${random.slice(0, 20)}`],
  ['Slack', `xoxb-123456789012-1234567890123-${random.slice(0, 24)}`],
  ['Google', `AIza${random}abc`],
  ['AWS', 'AKIAIOSFODNN7EXAMPLQ'],
  ['Azure', `abC8Q~${random}ab`],
  ['OpenAI', `sk-proj-${random}_-${random}`],
  ['Anthropic', `sk-ant-api03-${random}${random}${random.slice(0, 29)}AA`],
  ['Hugging Face', `hf_${random}ab`],
  ['npm', `npm_${random}abcd`],
  ['PyPI', `pypi-AgEIcHlwaS5vcmc${random}${random}`],
  ['Stripe', `sk_live_${random.slice(0, 24)}`],
  ['SendGrid', `SG.${random.slice(0, 22)}.${random}abcdefghijk`],
  ['Telegram', `1234567890:AA${random}a`],
  ['a web token', jwt],
]

const places: readonly (readonly [name: string, place: (value: string) => string])[] = [
  ['a bare line', (value) => `found ${value} in log`],
  ['a setting', (value) => `X_TOKEN=${value}`],
  ['JSON', (value) => `{"token":"${value}","n":1}`],
  ['the query of a URL', (value) => `GET /x?token=${value}&n=1`],
  ['the path of a URL', (value) => `https://api.github.com/a/${value}/b`],
  ['escaped lines', (value) => `"a\\n${value}\\nb"`],
]

describe.each(secrets)('the key of %s', (_, value) => {
  test.each(places)('is hidden whole in %s', (__, place) => {
    const cloaked = cloak(place(value), 'full').text
    for (let start = 0; start + 8 <= value.length; start += 4) expect(cloaked).not.toContain(value.slice(start, start + 8))
  })
})

const identifiers: readonly (readonly [name: string, value: string])[] = [
  ['a MAC address', 'bc:24:11:5a:00:1f'],
  ['an IPv4 address', '10.20.30.40'],
  ['an IPv6 address', 'fd00:aa12::5'],
  ['a mail address', 'jo.weiss@nas.internal'],
  ['a host', 'db01.corp.internal'],
]

describe.each(identifiers)('%s', (_, value) => {
  test.each(places)('is hidden in %s', (__, place) => {
    expect(cloak(place(value), 'full').text).not.toContain(value)
  })
})

const key = ['-----BEGIN PRIVATE KEY-----', random.repeat(2), random, '-----END PRIVATE KEY-----']

test.each([
  ['lines', key.join('\n')],
  ['indented lines', `key: |\n  ${key.join('\n  ')}`],
  ['a setting', `KEY="${key.join('\\n')}"`],
  ['JSON', `{"private_key":"${key.join('\\n')}\\n"}`],
  ['JSON within JSON', `"{\\"private_key\\":\\"${key.join('\\\\n')}\\"}"`],
])('a private key is hidden whole in %s', (_, text) => {
  expect(cloak(text, 'full').text).not.toContain(random.slice(0, 8))
})

test.each(['!', '#', '@', '/', '?', '%40', '$'])('the password of a URL may hold %s', (sign) => {
  expect(cloak(`postgres://app:ab${sign}hunter2@localhost:5432/x`, 'full').text).toBe('postgres://<credential>@localhost:5432/x')
})

test.each([
  ['HOME_PATH', '/home/jo/x', 'jo'],
  ['HOME_PATH', 'C:\\Users\\jo\\x', 'jo'],
  ['PASSWORD', 'password=hunter2', 'hunter2'],
  ['URL_CREDENTIALS', 'https://jo:hunter2@localhost/', 'jo:hunter2'],
  ['HOSTNAME', 'hostname: nas', 'nas'],
  ['CRYPTO', '0x52908400098527886E0F7030069857D2E4169EE7', '0x52908400098527886E0F7030069857D2E4169EE7'],
  ['UUID', '0d3f8b1e-6c2a-4f5d-9e7b-1a2b3c4d5e6f', '0d3f8b1e-6c2a-4f5d-9e7b-1a2b3c4d5e6f'],
] as const)('the API finds %s in %s, asked for it alone', (type, text, value) => {
  const hits = analyze(text, { types: new Set([type]), threshold: 0.4 })
  expect(hits.map(({ start, end }) => text.slice(start, end))).toEqual([value])
})

test('identifiers that tell runs apart are looked for only where they are asked for', () => {
  expect(Object.keys(entityTypes).filter((type) => !usualTypes.some((usual) => usual === type))).toEqual(['UUID'])
})
