import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { iconAddress } from '../../../src/page/frame/icon.ts'
import { themePath } from '../../../src/page/frame/theme.ts'
import { accessPages } from '../gallery-access.ts'

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</option></select><h1>x</h1>',
  '&lt;b&gt;&copy=1',
  'javascript:alert(1)',
  '\u202etxet desrever',
  '../../etc/passwd',
  'a\nb\u0000c',
]

/** The tags of a page, as a browser would count them. */
const tagsOf = (html: string) => (html.match(/<[a-z!/][^>]*>/gi) ?? []).map((tag) => tag.replace(/\s.*$/s, '>').toLowerCase())

/** What differs between the pages with a text and those with a plain word. */
function differences(text: string): readonly string[] {
  const plain = accessPages('plain')
  return Object.entries(accessPages(text)).flatMap(([name, html]) =>
    JSON.stringify(tagsOf(html)) === JSON.stringify(tagsOf(plain[name] ?? '')) ? [] : [name],
  )
}

test.each(hostile)('%j stays text on every page about access', (text) => {
  expect(differences(text)).toEqual([])
  for (const html of Object.values(accessPages(text))) {
    if (/[<"]/.test(text)) expect(html).not.toContain(text)
    expect(html.replace(iconAddress, '/')).not.toMatch(/(?:href|action)="(?!\/[^/\\]|\/"|#main)/)
  }
})

test('whatever a name is, it stays text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => expect(differences(text)).toEqual([])),
    { numRuns: 50 },
  )
})

test('every form that changes something is sent by POST, with its token; the theme is a matter of one browser and needs none', () => {
  const all = Object.values(accessPages()).flatMap((html) => [...html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)])
  const forms = all.filter(([, attributes = '']) => !attributes.includes(`action="${themePath}"`))
  expect(forms.length).toBeGreaterThan(10)
  for (const [, attributes = '', inside = ''] of forms) {
    expect(attributes).toContain('method="post"')
    expect(inside).toMatch(/<input type="hidden" name="token" value="[\w-]{43}"\/>/)
    expect(inside).toContain('type="submit"')
  }
})
