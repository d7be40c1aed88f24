import type { EntityType } from './entity-type.ts'
import type { IngestLabel } from './label-meaning.ts'
import type { TagClass } from './tagger/tag-class.ts'

/** A stretch of text to hide, `end` exclusive. `label` and `type` replace the recognizer's own where one recognizer hides two kinds (`<user>@<host>`). */
export type Match = {
  readonly start: number
  readonly end: number
  readonly label?: IngestLabel
  readonly type?: EntityType
  /** Replaces the recognizer's own. */
  readonly score?: number
  /** A checksum, or a plan of numbers, says that it is one. */
  readonly isProven?: true
}

/**
 * One kind of personal data. The engine walks the text once and calls `find` wherever one of the anchors stands.
 * To keep the walk linear, `find` looks at most a fixed number of characters to either side, or hides what it walked over:
 * anchors inside a recognizer's own match are not offered to it again.
 */
export type Recognizer = {
  /** What stands in `rules` when it fired. */
  readonly name: string
  /** What it finds, unless a match says otherwise. */
  readonly type: EntityType
  /** It goes by what stands beside a value and not by the value's form; so the tagger weighs its matches and drops those that are hardly anything. */
  readonly isWeighed?: true
  /** The classes of the tagger that it names: it finds nothing itself. */
  readonly tags?: readonly TagClass[]
  /** How sure a match is by its form alone, from 0 to 1; `usualScore` when it is not given. */
  readonly score?: number
  /** Words, in lower case, of which one shortly before a match makes it surer. */
  readonly context?: readonly string[]
  /** What stands in the text instead of the match: a label of ingest, of the API the name of the type, or one sign of an address that was scrubbed before. */
  readonly label: IngestLabel | `<${EntityType}>` | 'x'
  /** The labels that its matches name instead. */
  readonly otherLabels?: readonly IngestLabel[]
  /** ASCII literals in lower case, compared without regard to case; no match exists without one of them or of the signs. */
  readonly anchors: readonly string[]
  /** Anchors that stand everywhere in a text and tell something only by what is beside them. */
  readonly signs?: readonly Sign[]
  /** Judges the anchor that begins at `at`. Pure, never throws. */
  readonly find: (text: string, at: number) => readonly Match[]
  readonly examples: Examples
}

/**
 * An anchor, and the classes (see `character.ts`) of what stands beside it where there is something to find: of the character before, and of those behind in their order.
 * Elsewhere `find` is hardly ever asked: of those behind, the walk looks at the first and at those up to the fourth character from the anchor's start.
 * The anchor may be empty where the classes alone tell enough.
 */
export type Sign = { readonly sign: string; readonly before?: number; readonly after: readonly number[] }

/** The recognizer's own table of proof: texts with what becomes of them, and look-alikes that stay. A table test runs both. */
export type Examples = { readonly hidden: readonly (readonly [text: string, cloaked: string])[]; readonly kept: readonly string[] }

/** How sure a match of a recognizer is that says nothing else: its form or its label leave little doubt. */
export const usualScore = 0.85

/** All literals that a recognizer is asked at. */
export function literalsOf({ anchors, signs = [] }: Recognizer): readonly string[] {
  return [...anchors, ...signs.map(({ sign }) => sign)].filter((literal) => literal !== '')
}

/** The answer of a recognizer that found nothing; shared, so that the usual case allocates nothing. */
export const none: readonly Match[] = []
