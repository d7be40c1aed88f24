import { describe, expect, test } from 'bun:test'
import { packKept, packText } from '../../src/http/pack.ts'
import { iconAddress } from '../../src/page/frame/icon.ts'
import { style } from '../../src/page/frame/style.ts'
import { gallery } from './gallery.tsx'

/** What a page may weigh with its style sheet, as a browser gets it. */
const bytesMax = 15 * 1_024
const styleBytes = packKept(style)({ headers: new Headers({ 'Accept-Encoding': 'gzip' }) }).body.length

describe('a page with its style sheet weighs at most 15 KB', () => {
  test.each(Object.entries(gallery).filter(([name]) => !name.endsWith('-huge')))('%s', (_, html) => {
    expect(packText(html).length + styleBytes).toBeLessThanOrEqual(bytesMax)
  })
})

test('a page asks for its style sheet, which browsers keep, and for nothing else; its icon is in it', () => {
  for (const html of Object.values(gallery)) {
    const asked = [...html.matchAll(/<(?:link|img|script|iframe|object|video|audio|source|use|image)\b[^>]*?(?:href|src)="([^"]*)"/g)]
    expect(asked.map(([, url]) => url)).toEqual(['/style.css', iconAddress])
  }
})
