import type { Place } from '../../src/cloak/place.ts'

/** A text in which `[` and `]` mark a place; of several opening brackets the one at `open` is meant. */
export function readMarked(marked: string, open = marked.indexOf('[')): Place & { readonly text: string } {
  const end = marked.indexOf(']', open) - 1
  return { text: marked.slice(0, open) + marked.slice(open + 1, end + 1) + marked.slice(end + 2), start: open, end }
}

/** The text with `{` and `}` around a place. */
export function showPlace(text: string, { start, end }: Place): string {
  return `${text.slice(0, start)}{${text.slice(start, end)}}${text.slice(end)}`
}
