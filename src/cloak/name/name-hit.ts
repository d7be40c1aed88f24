/** A name in a text; `start` and `end` (exclusive) in UTF-16 units, `score` from 0 to 1, `why` a few words for `explain`. */
export type NameHit = {
  readonly type: 'PERSON' | 'ORGANIZATION' | 'LOCATION'
  readonly start: number
  readonly end: number
  readonly score: number
  readonly why: string
}
