import { countLeading } from '../base/search.ts'
import type { Hit } from './hit.ts'
import { resolve } from './resolve.ts'

/**
 * The names without the part that something with a form reaches into: a token or a street is no piece of a name (`GENODEF1S10, Volksbank Mitte eG`).
 * A name that lies within one, or has one within it, stays as it is; of one that is nothing but such parts nothing is left.
 */
export function trimNames(text: string, names: readonly Hit[], formed: readonly Hit[]): readonly Hit[] {
  if (names.length === 0 || formed.length === 0) return names
  const stretches = resolve(formed)
  return names.flatMap((name) => {
    const first = stretchAt(stretches, name.start)
    const last = stretchAt(stretches, name.end - 1)
    const start = first && first.start < name.start && first.end < name.end ? nextWord(text, first.end, name.end) : name.start
    const end = last && last.end > name.end && last.start > name.start ? lastWordEnd(text, start, last.start) : name.end
    return end > start ? [{ ...name, start, end }] : []
  })
}

function stretchAt(stretches: readonly Hit[], place: number): Hit | undefined {
  const found = stretches[countLeading(stretches.length, (number) => (stretches[number]?.end ?? 0) <= place)]
  return found !== undefined && found.start <= place ? found : undefined
}

const inWord = /[\p{L}\p{M}\d]/u

function nextWord(text: string, from: number, to: number): number {
  let at = from
  while (at < to && !inWord.test(String.fromCodePoint(text.codePointAt(at) ?? 0))) at += 1
  return at
}

function lastWordEnd(text: string, from: number, to: number): number {
  let end = to
  while (end > from && !/[\p{L}\p{M}\d.]/u.test(text[end - 1] ?? '')) end -= 1
  return end
}
