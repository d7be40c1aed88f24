import { compareHits, type Hit } from './hit.ts'

/**
 * What is hidden of a text: stretches in their order that do not touch each other's signs. Hits that overlap become one stretch over all of them, so that no part
 * of any stays readable; it has the type of the one that counts most: proved ones first, then the surer, then the longer.
 */
export function resolve(hits: readonly Hit[]): readonly Hit[] {
  const stretches: Hit[] = []
  for (const hit of hits.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = stretches.at(-1)
    if (last === undefined || hit.start >= last.end) {
      stretches.push(hit)
      continue
    }
    const first = compareHits(last, hit) <= 0 ? last : hit
    stretches[stretches.length - 1] = { ...first, start: last.start, end: Math.max(last.end, hit.end) }
  }
  return stretches
}
