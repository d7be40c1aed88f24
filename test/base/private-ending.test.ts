import { expect, test } from 'bun:test'
import { hasPrivateEnding, privateEndings } from '../../src/base/private-ending.ts'
import { topLevelDomains } from '../../src/cloak/top-level-domain.ts'

test.each(['nas.lan', 'pve1.home.arpa', 'a.localhost', 'x.y.corp', 'mail.intra', 'b.invalid'])('%s is private', (name) => {
  expect(hasPrivateEnding(name)).toBe(true)
})

test.each(['lan', 'localhost', 'nas.example.org', 'corp.com', 'home.arpa', 'in-addr.arpa', 'xlan', 'a.b.de', ''])('%s is not', (name) => {
  expect(hasPrivateEnding(name)).toBe(false)
})

test('no private ending is one of the public list', () => {
  const known = new Set(topLevelDomains)
  expect(
    Object.values(privateEndings)
      .flat()
      .filter((ending) => known.has(ending)),
  ).toEqual([])
})
