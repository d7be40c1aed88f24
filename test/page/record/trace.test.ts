import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { cloak } from '../../../src/cloak/engine.ts'
import { Trace } from '../../../src/page/record/trace.tsx'

/** The text that a reader sees: the HTML of the log without its tags. */
function readText(html: string): string {
  const [, log = ''] = /<code>([\s\S]*)<\/code>/.exec(html) ?? []
  const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#x27;': "'" }
  return log.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|amp|quot|#x27);/g, (entity) => entities[entity] ?? entity)
}

describe('a log', () => {
  test('is shown with its lines and blanks as they were', () => {
    const text = '  Reading package lists...\n\n\tE: Unable to locate package foo & bar "x" \'y\''
    expect(readText(Trace({ text, rules: [] }))).toBe(text)
  })

  test('has a mark that names what was hidden and by which rule of this run', () => {
    const { text, rules } = cloak('ssh: connect to 10.0.0.5 as jo@nas.local failed', 'full')
    const html = Trace({ text, rules })
    expect(html).toContain('<mark title="hidden: an IPv4 address (rule ipv4)">▒ipv4▒</mark>')
    expect(readText(html)).toBe(text.replace(/<([a-z0-9-]+)>/g, '▒$1▒'))
  })

  test('says below once more what was hidden, for those whom no title reaches', () => {
    const html = Trace({ text: '<ipv4> and <ipv4> and <user>', rules: ['ipv4', 'home-path'] })
    expect(html).toContain('Hidden before it was stored: ipv4 (an IPv4 address) 2 ×, user (a user name) 1 ×.')
    expect(Trace({ text: 'nothing', rules: [] })).not.toContain('Hidden')
  })

  test('marks what is left of an address', () => {
    expect(Trace({ text: 'inet 192.x.x.x/24', rules: [] })).toContain(
      'inet 192.<mark title="hidden: the rest of an IPv4 address">x.x.x</mark>/24',
    )
  })

  test('names no rule that did not fire', () => {
    expect(Trace({ text: '<host>', rules: ['url-host', 'ipv4'] })).toContain('title="hidden: a host name (rule url-host)"')
    expect(Trace({ text: '<host>', rules: [] })).toContain('title="hidden: a host name"')
  })
})

describe('a hostile log', () => {
  test.each([
    ['an element', '<script>alert(1)</script>', '&lt;script&gt;'],
    ['an attribute', '"><img src=x onerror=alert(1)>', '&lt;img'],
    ['a mark of its own', '<mark title="x">▒ipv4▒</mark>', '&lt;mark'],
    ['the end of the log', '</code></pre><h1>x</h1>', '&lt;/code'],
    ['a label with an attribute', '<host onclick=x>', '&lt;host onclick'],
    ['an entity', '&lt;script&gt;', '&amp;lt;script'],
  ])('cannot bring %s in', (_, text, escaped) => {
    const html = Trace({ text, rules: [] })
    expect(html).toContain(escaped)
    expect(readText(html)).toBe(text)
  })

  test('cannot turn the text of the page around', () => {
    const html = Trace({ text: 'a\u202egnp.exe\u2066b', rules: [] })
    expect(html).toContain('a<mark title="a sign that turns the text around it">U+202E</mark>gnp.exe<mark')
    expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  })

  test('of any text is read as that text', () => {
    const pieces = fc.constantFrom('<', '>', '&', '"', "'", '<host>', '<ipv4', '1.x.x.x', '\n', ' ', 'a', '&amp;', '<b>')
    const html = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(html, (text) => {
        expect(readText(Trace({ text, rules: [] }))).toBe(text.replace(/<(host|ipv4)>/g, '▒$1▒'))
      }),
    )
  })

  test('of the greatest length is made at once', () => {
    for (const piece of ['<host>', '<', '1.x.x.', '\u202e']) {
      const text = piece.repeat(10_240 / piece.length)
      const start = performance.now()
      Trace({ text, rules: ['url-host'] })
      expect(performance.now() - start).toBeLessThan(100)
    }
  })
})
