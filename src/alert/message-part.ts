import type { Href } from '../base/page-path.ts'
import { visibleText } from '../base/visible-text.ts'
import { cutCharacters } from '../event/cut.ts'

/** One fact of a message with its name: `Since`, `2026-03-01 12:34 UTC`. */
export type Fact = { readonly name: string; readonly text: string }

/** A place of this service. Whoever sends the message puts the address of the service before it. */
export type MessageLink = { readonly text: string; readonly path: Href }

const textCharactersMax = 400

/** A text as a message may hold it: one line, within its bound, nothing hidden in it. */
export function shownText(text: string): string {
  return cutCharacters(visibleText(text), textCharactersMax, 'head')
}
