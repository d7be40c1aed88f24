import { dayMs } from '../../base/clock.ts'
import { countByTime, type Matching } from '../segment/count.ts'
import type { SegmentScan, Span } from '../segment/scan.ts'
import { collectNearest, collectPlaces, comparePlaces, Nearest, type RunPlace } from './place.ts'

/** Some runs in the middle of many, by time. */
export type WindowQuery = Matching & { readonly offset: number; readonly limit: number; readonly newestFirst: boolean }

/** Places that are found by looking at the nearest blocks alone. Deeper ones are counted first. */
const nearestMax = 1_000
/** Runs that are sorted at once. A span with more is cut into smaller pieces. */
const sortedMax = 50_000
const pieces = [dayMs, 60_000, 1_000]

/** The runs from `offset` on in the order of time, and among runs of one moment of their rowids. */
export function findWindow(scan: SegmentScan, query: WindowQuery): readonly RunPlace[] {
  const { offset, limit, newestFirst } = query
  if (offset + limit <= nearestMax) {
    const nearest = new Nearest(offset + limit, newestFirst ? -1 : 1, undefined)
    collectNearest(scan, query, nearest)
    return nearest.places.slice(offset)
  }
  const { span, skipped } = narrow(scan, query)
  const sign = newestFirst ? -1 : 1
  const places = collectPlaces(scan, { ...query, span }, 'status').sort((left, right) => sign * comparePlaces(left, right))
  return places.slice(offset - skipped, offset - skipped + limit)
}

type Narrowed = { readonly span: Span; readonly skipped: number; readonly held: number }

/** The smallest whole pieces of time that hold the window, and how many runs come before them. */
function narrow(scan: SegmentScan, query: WindowQuery): Narrowed {
  let narrowed: Narrowed = { span: query.span, skipped: 0, held: Number.POSITIVE_INFINITY }
  for (const pieceMs of pieces) if (narrowed.held > sortedMax) narrowed = cut(scan, query, narrowed, pieceMs)
  return narrowed
}

/** Keeps of a span only the pieces that hold something of the window. */
function cut(scan: SegmentScan, query: WindowQuery, { span, skipped }: Narrowed, pieceMs: number): Narrowed {
  const sign = query.newestFirst ? -1 : 1
  const counts = [...countByTime(scan, { ...query, span }, pieceMs)].sort(([left], [right]) => sign * (left - right))
  const held: number[] = []
  let before = skipped
  let runs = 0
  let place = skipped
  for (const [piece, count] of counts) {
    const isBefore = place + count <= query.offset
    if (isBefore) before += count
    else if (place < query.offset + query.limit) {
      held.push(piece)
      runs += count
    }
    place += count
  }
  const from = Math.max(span.from, Math.min(...held) * pieceMs)
  const to = Math.min(span.to, (Math.max(...held) + 1) * pieceMs - 1)
  return { span: { from, to }, skipped: before, held: runs }
}
