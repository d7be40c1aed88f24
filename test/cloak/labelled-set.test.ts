import { describe, expect, test } from 'bun:test'
import { labelTypes, readLabelledSet, readLabelledTexts } from './labelled-set.ts'

const set = await readLabelledSet('first')
const spans = set.flatMap((text) => text.spans)
const countOf = (type: string): number => spans.filter((span) => span.type === type).length

test('a file is read into texts with their spans in UTF-16 units', () => {
  const file = '=== p1 chat\n😀 ask ⟦PERSON|Jana⟧\n\n=== p2 config\nkey: ⟦PRIVATE_KEY|a\nb⟧⟦JWT|c⟧\n=== h1 docs\nnothing\n'
  expect(readLabelledTexts(file)).toEqual([
    { id: 'p1', kind: 'chat', text: '😀 ask Jana\n', spans: [{ type: 'PERSON', start: 7, end: 11 }] },
    {
      id: 'p2',
      kind: 'config',
      text: 'key: a\nbc',
      spans: [
        { type: 'PRIVATE_KEY', start: 5, end: 8 },
        { type: 'JWT', start: 8, end: 9 },
      ],
    },
    { id: 'h1', kind: 'docs', text: 'nothing', spans: [] },
  ])
})

describe('a file that says something unclear is refused', () => {
  test.each([
    ['a bracket that does not close', '=== p1 chat\n⟦PERSON|Jana', 'p1: a bracket'],
    ['a bracket that does not open', '=== p1 chat\nJana⟧', 'p1: a bracket'],
    ['spans that nest', '=== p1 chat\n⟦URL|a⟦JWT|b⟧⟧', 'p1: a bracket'],
    ['a span without a value', '=== p1 chat\n⟦PERSON|⟧', 'p1: a bracket'],
    ['an unknown type', '=== p1 chat\n⟦NAME|Jana⟧', 'p1: no type is called NAME'],
    ['text before the first header', 'Jana\n=== p1 chat\nx', 'begins with'],
    ['a file without a header', 'Jana', 'begins with'],
  ])('%s', (_, file, message) => {
    expect(() => readLabelledTexts(file)).toThrow(message)
  })
})

describe('the first set is large enough to judge by', () => {
  test('it has at least 510 texts with something to hide and 255 harmless ones, told by their ids', () => {
    expect(set.filter((text) => text.spans.length > 0).length).toBeGreaterThanOrEqual(510)
    expect(set.filter((text) => text.spans.length === 0).length).toBeGreaterThanOrEqual(255)
    for (const { id, spans: own } of set) expect(id.startsWith('h')).toBe(own.length === 0)
  })

  test.each(labelTypes.map((type) => [type]))('%s occurs at least 8 times', (type) => {
    expect(countOf(type)).toBeGreaterThanOrEqual(8)
  })

  test('persons occur at least 220 times, organizations and locations 110 times', () => {
    expect(countOf('PERSON')).toBeGreaterThanOrEqual(220)
    expect(countOf('ORGANIZATION')).toBeGreaterThanOrEqual(110)
    expect(countOf('LOCATION')).toBeGreaterThanOrEqual(110)
  })

  test('at least 50 texts have a sign beyond ASCII before a span', () => {
    const late = set.filter(({ text, spans: own }) => /[^\0-\x7f]/.test(text.slice(0, own.at(-1)?.start ?? 0)))
    expect(late.length).toBeGreaterThanOrEqual(50)
  })
})
