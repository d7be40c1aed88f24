import { describe, expect, test } from 'bun:test'
import { renderTopLevelDomains } from '../../script/top-level-domains.ts'
import { cloak } from '../../src/cloak/engine.ts'
import { topLevelDomains } from '../../src/cloak/top-level-domain.ts'

const path = new URL('../../src/cloak/top-level-domain.ts', import.meta.url)

/** Those with letters beyond U+2000 are read in their other spelling only, see docs/PRIVACY.md. */
const readable = topLevelDomains.filter((ending) => !/[\u2000-\uffff]/.test(ending))
const privateEndings = [
  ...['intra', 'corp', 'example', 'test', 'invalid', 'priv', 'loc', 'localnet', 'internal', 'home', 'lan', 'local', 'localdomain'],
  ...['intern', 'private', 'lab', 'homelab', 'intranet', 'dmz', 'home.arpa', 'fritz.box'],
]
const all = [...readable, ...privateEndings]

test('src/cloak/top-level-domain.ts is what the package has', async () => {
  const file = await Bun.file(path).text()
  const day = /on (\d{4}-\d\d-\d\d)\./.exec(file)?.[1] ?? ''
  expect(file).toBe(renderTopLevelDomains(day))
})

test('the public list has more than a thousand endings, nearly all of them readable', () => {
  expect(topLevelDomains.length).toBeGreaterThan(1_400)
  expect(readable.length).toBeGreaterThan(1_400)
})

describe('P3 a host goes whatever its ending', () => {
  test.each([
    ['behind a word of certificates', 'certificate for @ expired'],
    ['in a message of a resolver', 'dial tcp: lookup @: no such host'],
    ['behind a resolver without what it says', 'dial tcp: lookup @'],
    ['in a list of a certificate', 'x509: certificate is valid for localhost, @, not nas7'],
    ['as the one a certificate is not for', 'x509: certificate is valid for localhost, not @'],
    ['in a message of nslookup', "** server can't find @: NXDOMAIN"],
    ['in a message of curl', 'curl: (6) Could not resolve host: @'],
    ['in another of curl', '* Connected to @ ('],
    ['in a message of Node.js', 'getaddrinfo ENOTFOUND @'],
    ['before a port', 'connect ECONNREFUSED @:443'],
    ['in a URL', 'GET https://@/x failed'],
    ['as a folder of certificates', 'open /etc/letsencrypt/live/@/fullchain.pem: no such file'],
  ])('%s', (_, around) => {
    const shown = all.filter((ending) => {
      const two = cloak(around.replace('@', `kowalski.${ending}`), 'full').text
      const three = cloak(around.replace('@', `cloud.kowalski.${ending}`), 'full').text
      return `${two} ${three}`.includes('kowalski')
    })
    expect(shown).toEqual([])
  })

  test('behind a user, but for what may be a unit of systemd', () => {
    expect(all.filter((ending) => cloak(`max@kowalski.${ending}`, 'value').text.includes('kowalski'))).toEqual(['target'])
  })

  test('alone with three parts, but for endings of files', () => {
    for (const profile of ['value', 'field'] as const) {
      const shown = all.filter((ending) => cloak(`cloud.kowalski.${ending}`, profile).text !== '<host>')
      expect(shown).toEqual(['cab', 'cat', 'data', 'inc', 'java', 'link', 'map', 'mov', 'pid', 'properties', 'target', 'zip'])
    }
  })

  test('alone with two parts, but for endings that are words of code or of files first', () => {
    const shown = all.filter((ending) => cloak(`kowalski.${ending}`, 'value').text !== '<host>')
    expect(all.length - shown.length).toBeGreaterThan(900)
    for (const ending of ['nrw', 'immo', 'mobi', 'media', 'social', 'team', 'berlin', 'intra', 'corp', 'priv', 'loc', 'localnet'])
      expect(shown).not.toContain(ending)
    for (const ending of ['name', 'host', 'network', 'email', 'sh', 'py', 'rs', 'zip', 'test', 'example']) expect(shown).toContain(ending)
  })
})
