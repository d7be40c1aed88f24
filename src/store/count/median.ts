import { cellOfValue } from '../dimension.ts'

/** The resources of a run whose middle value each bucket of a series tells. */
export const resources = ['cores', 'ram', 'disk'] as const

/** What the middle run named, of those that named a value; the lower of two. Nothing where none did. */
export function medianOf(named: readonly { readonly value: number; readonly runs: number }[]): number | undefined {
  let rank = Math.ceil(named.reduce((sum, { runs }) => sum + runs, 0) / 2)
  for (const { value, runs } of named.toSorted((left, right) => left.value - right.value)) {
    rank -= runs
    if (rank <= 0 && runs > 0) return cellOfValue(value)
  }
  return undefined
}
