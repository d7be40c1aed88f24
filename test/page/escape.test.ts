import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { iconAddress } from '../../src/page/frame/icon.ts'
import { fullBoard } from './gallery-board.ts'
import { hostileTexts } from './hostile.ts'

/** The tags of a page as a browser would count them, without the marks that a log has for what is in it. */
const tagsOf = (html: string) =>
  (html.match(/<[a-z!/][^>]*>/gi) ?? []).map((tag) => tag.replace(/\s.*$/s, '>').toLowerCase()).filter((tag) => !/^<\/?mark>$/.test(tag))

/** The names of the attributes of a page. A quote inside a value would begin a new one. */
const attributesOf = (html: string) =>
  [
    ...new Set(
      [...html.matchAll(/<[a-z][^\s>]*((?:\s[^\s=">]+(?:="[^"]*")?)*)\s*\/?>/g)].flatMap(([, text = '']) =>
        [...text.matchAll(/\s([^\s=">]+)(?:="[^"]*")?/g)].map(([, name]) => name),
      ),
    ),
  ].sort()

const boardOf = (text: string) => Object.entries(fullBoard(() => text))
const plain = new Map(boardOf('plain'))

describe('text from outside stays text on every page', () => {
  test.each(hostileTexts.map((text) => [text.slice(0, 40), text] as const))('%j', (_, text) => {
    for (const [name, html] of boardOf(text)) {
      const like = plain.get(name) ?? ''
      expect([name, tagsOf(html)]).toEqual([name, tagsOf(like)])
      expect([name, attributesOf(html).filter((attribute) => !attributesOf(like).includes(attribute) && attribute !== 'title')]).toEqual([
        name,
        [],
      ])
      expect(html.replace(iconAddress, '/')).not.toMatch(/(?:href|action|src)="(?!\/|#[a-z]+"|\?)/)
      if (/[<"]/.test(text)) expect(html).not.toContain(text)
    }
  })

  test('whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), (text) => {
        for (const [name, html] of boardOf(text)) expect(tagsOf(html).length - tagsOf(plain.get(name) ?? '').length).toBe(0)
      }),
      { numRuns: 30 },
    )
  })
})
