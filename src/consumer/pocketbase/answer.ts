/** The fields of a record, or of anything else that PocketBase answers with. */
export type Fields = Readonly<Record<string, unknown>>

/** What PocketBase answered, if it is an object; an empty one else. */
export function asObject(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

/** How many records a list has in all, where its answer says so. */
export function countOf(answer: unknown): number | undefined {
  const total = memberOf(answer, 'totalItems')
  return typeof total === 'number' ? total : undefined
}

/** A member of an answer; undefined where there is none. */
export function memberOf(value: unknown, name: string): unknown {
  return asObject(value)[name]
}
