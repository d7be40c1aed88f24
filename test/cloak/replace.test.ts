import { expect, test } from 'bun:test'
import { placeBefore, replace } from '../../src/cloak/replace.ts'
import type { RankedMatch } from '../../src/cloak/walk.ts'

function matchAt(start: number, end: number, label: string): RankedMatch {
  return { start, end, label, rank: 0, match: { start, end } }
}

test('every sign outside of labels is found where it stood, and every place in a label where that began', () => {
  const text = 'ab cdefghijkl mn o pqrstu vw'
  const matches = [matchAt(3, 13, '<user>'), matchAt(17, 18, '<host>'), matchAt(19, 25, '<mac>')]
  const { text: labelled, ends } = replace(text, matches)
  expect(labelled).toBe('ab <user> mn <host> <mac> vw')
  const places = Array.from(labelled, (sign, place) => [sign, placeBefore(matches, ends, place)] as const)
  const starts = ends.map((end, number) => end - (matches[number]?.label.length ?? 0))
  for (const [place, [sign, before]] of places.entries()) {
    const inside = starts.findIndex((start, number) => place >= start && place < (ends[number] ?? 0))
    if (inside < 0) expect(text[before]).toBe(sign)
    else expect(before).toBe(matches[inside]?.start ?? 0)
  }
  expect(placeBefore(matches, ends, labelled.length)).toBe(text.length)
  expect(placeBefore([], [], 7)).toBe(7)
})
