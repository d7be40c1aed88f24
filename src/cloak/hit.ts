import type { EntityType } from './entity-type.ts'

/** Something found in a text. `start` and `end`, which is exclusive, count UTF-16 units. */
export type Hit = {
  readonly type: EntityType
  readonly start: number
  readonly end: number
  /** How sure it is, from 0 to 1. */
  readonly score: number
  /** The recognizer that found it. */
  readonly rule: string
  readonly why: Reason
}

/** Where a score comes from. */
export type Reason = {
  /** How sure the form alone is. */
  readonly base: number
  /** A checksum or a plan of numbers proved it. */
  readonly isProven: boolean
  /** The word before it that speaks for it, from the recognizer's own list. */
  readonly context?: string
  /** What speaks for a name, in a few words of ours. */
  readonly because?: string
}

/** The order in which hits count: proved ones first, then the surer, then the longer, then the earlier. */
export function compareHits(one: Hit, other: Hit): number {
  return (
    Number(other.why.isProven) - Number(one.why.isProven) ||
    other.score - one.score ||
    other.end - other.start - (one.end - one.start) ||
    one.start - other.start
  )
}
