import type { EndingKind } from './domain-ending.ts'

/** A stretch of text to hide, `end` exclusive. `label` replaces the recognizer's own where one recognizer hides two kinds (`<user>@<host>`). */
export type Match = { readonly start: number; readonly end: number; readonly label?: string }

/**
 * One kind of personal data. The engine walks the text once and calls `find` wherever one of the anchors stands.
 * To keep the walk linear, `find` looks at most a fixed number of characters to either side, or hides what it walked over:
 * anchors inside a recognizer's own match are not offered to it again.
 */
export type Recognizer = {
  /** What stands in `rules` when it fired. */
  readonly name: string
  /** What stands in the text instead of the match; short, in angle brackets. */
  readonly label: string
  /** ASCII literals in lower case, compared without regard to case; no match exists without one of them. */
  readonly anchors: readonly string[]
  /** Classes (see `character.ts`) that the characters before and behind a one-character anchor must be of; elsewhere `find` is not asked. */
  readonly beside?: { readonly before: number; readonly after: number }
  /** For the anchor `.` of names: `find` is asked only where what follows the dot ends like that. */
  readonly ending?: EndingKind
  /** Judges the anchor that begins at `at`. Pure, never throws. */
  readonly find: (text: string, at: number) => readonly Match[]
  readonly examples: Examples
}

/** The recognizer's own table of proof: texts with what becomes of them, and look-alikes that stay. A table test runs both. */
export type Examples = { readonly hidden: readonly (readonly [text: string, cloaked: string])[]; readonly kept: readonly string[] }

/** The answer of a recognizer that found nothing; shared, so that the usual case allocates nothing. */
export const none: readonly Match[] = []
