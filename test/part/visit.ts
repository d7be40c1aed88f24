import type { Visit } from '../../src/http/route.ts'

/** What a handler is told of somebody unknown at a path without an open part, with what a test changes. */
export function sampleVisit(more: Partial<Visit> = {}): Visit {
  return { principal: { kind: 'nobody', reason: 'key_missing' }, peer: undefined, id: '', keepOpen: () => undefined, ...more }
}
