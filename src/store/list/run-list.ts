import { type RunCountQuery, type RunListQuery, runListMax } from '../reader-port.ts'
import { countMatches } from '../segment/count.ts'
import { type SegmentScan, type Span, spanOf } from '../segment/scan.ts'
import { collectNearest, Nearest, type RunPlace } from './place.ts'

export type FoundRuns = { readonly places: readonly RunPlace[]; readonly older?: string; readonly newer?: string }

/** The runs of one page, newest first. */
export function findRuns(scan: SegmentScan, query: RunListQuery): FoundRuns {
  const conditions = scan.conditions(query)
  if (conditions === undefined) return { places: [] }
  const limit = Math.max(1, Math.min(query.limit ?? runListMax, runListMax))
  const cursor = readCursor(query.cursor)
  const isNewer = cursor !== undefined && query.direction === 'newer'
  const nearest = new Nearest(limit + 1, isNewer ? 1 : -1, cursor)
  collectNearest(scan, { conditions, span: spanOfQuery(query) }, nearest)
  const hasMore = nearest.places.length > limit
  const places = nearest.places.slice(0, limit)
  if (isNewer) places.reverse()
  const [first, last] = [places[0], places.at(-1)]
  return {
    places,
    ...(last && (isNewer || hasMore) && { older: writeCursor(last) }),
    ...(first && (isNewer ? hasMore : cursor !== undefined) && { newer: writeCursor(first) }),
  }
}

function spanOfQuery({ range, unendedBefore = Number.POSITIVE_INFINITY }: RunCountQuery): Span {
  const { from, to } = spanOf(range)
  return { from, to: Math.min(to, unendedBefore - 1) }
}

/** Matches 1767225600000.42; a cursor is one of our own, and whatever is none begins at the newest run. */
const cursorForm = /^(-?\d{1,16})\.(\d{1,16})$/

/** Whether a text is such a cursor. */
export function isRunCursor(text: string): boolean {
  return cursorForm.test(text)
}

function readCursor(cursor: string | undefined): RunPlace | undefined {
  const [, at, id] = cursorForm.exec(cursor ?? '') ?? []
  return at === undefined || id === undefined ? undefined : { at: Number(at), id: Number(id) }
}

function writeCursor({ at, id }: RunPlace): string {
  return `${at}.${id}`
}

/** How many runs a list has, by a walk through the runs. */
export function countRuns(scan: SegmentScan, query: RunCountQuery): number {
  const conditions = scan.conditions(query)
  return conditions === undefined ? 0 : countMatches(scan, { conditions, span: spanOfQuery(query) })
}
