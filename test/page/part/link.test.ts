import { describe, expect, test } from 'bun:test'
import { isSafeAddress, Link } from '../../../src/page/part/link.tsx'

describe('an address is safe', () => {
  test.each(['/', '/records?period=7d', '?page=2', '#main', 'https://example.org/a', 'HTTP://example.org'])('%j', (address) => {
    expect(isSafeAddress(address)).toBe(true)
    expect(Link({ href: address, text: 'x' })).toStartWith('<a href=')
  })
})

describe('an address is refused', () => {
  const refused = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    '//example.org',
    '/\\example.org',
    '/\t/example.org',
    '/\n/example.org',
    'https:///example.org',
    'ftp://example.org',
    'records',
    '',
  ]
  test.each(refused)('%j', (address) => {
    expect(isSafeAddress(address)).toBe(false)
    expect(Link({ href: address, text: 'x' })).toStartWith('<span')
  })
})

test('quotes and tags cannot leave a link', () => {
  const link = Link({ href: '/a"onclick="alert(1)', text: '<b>"x"</b>', label: '"><b>' })
  expect(link).toBe('<a href="/a&#34;onclick=&#34;alert(1)" aria-label="&quot;&gt;&lt;b&gt;">&lt;b&gt;&quot;x&quot;&lt;/b&gt;</a>')
})
