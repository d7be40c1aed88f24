import { describe, expect, test } from 'bun:test'
import { relink } from '../../../src/http/publish/relink.ts'

const files: Readonly<Record<string, string>> = {
  '/dashboard?period=7d': 'overview/7d.html',
  '/scripts/a&b?period=7d': 'script/a-b~1/7d.html',
}
const turned = (html: string, file = 'scripts/30d.html') => relink(html, file, (address) => files[address])

describe('the addresses of a page', () => {
  test.each([
    ['leads from its folder to another', '<a href="/dashboard?period=7d">7</a>', '<a href="../overview/7d.html">7</a>'],
    ['is read as it is meant', '<a href="/scripts/a&amp;b?period=7d">a</a>', '<a href="../script/a-b~1/7d.html">a</a>'],
    ['that leads to no file becomes its text', '<a href="/records" class="x" aria-label="y">r</a>', '<span class="x">r</span>'],
    ['of another host becomes its text', '<a href="https://example.org/">e</a>', '<span>e</span>'],
    ['within the page stays', '<a href="#main">m</a>', '<a href="#main">m</a>'],
    ['of the style sheet leads up to it', '<link rel="stylesheet" href="/style.css"/>', '<link rel="stylesheet" href="../style.css" />'],
    ['of the icon stays', '<link rel="icon" href="data:image/svg+xml,x"/>', '<link rel="icon" href="data:image/svg+xml,x"/>'],
  ])('one %s', (_, html, expected) => expect(turned(html)).toBe(expected))

  test('lead on from the top of the folder and from deep within it', () => {
    const html = '<a href="/dashboard?period=7d">7</a>'
    expect(turned(html, 'index.html')).toBe('<a href="overview/7d.html">7</a>')
    expect(turned(html, 'script/docker/7d.html')).toBe('<a href="../../overview/7d.html">7</a>')
  })
})
