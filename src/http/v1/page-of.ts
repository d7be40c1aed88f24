import { err, ok, type Result } from '../../base/result.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import { addressOf, type Href } from '../../page/address.ts'
import { sumOf } from '../../page/outcome.ts'
import type { Group } from '../../store/analysis-port.ts'
import type { ExtraHeaders } from '../answer.ts'
import type { Question } from '../question/question.ts'

/** Parameters of every list. */
export const listParameters = ['limit', 'after'] as const

const limitDefault = 50
export const limitMax = 100

/** `limit` of a list: how many it has at most. */
export function readLimit(params: URLSearchParams): Result<number, Refusal> {
  const text = params.get('limit') || String(limitDefault)
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  return limit >= 1 && limit <= limitMax ? ok(limit) : err(refusal('parameter_invalid', 'limit', 'not_from_1_to_100'))
}

/** A page of groups, and what `after` takes for the next. */
export type GroupPage = { readonly groups: readonly Group[]; readonly next?: string }

/**
 * The groups behind a cursor, those with the most runs first. A cursor spells the last group that was shown, so a page goes on behind it also when
 * counts have changed meanwhile.
 */
export function pageOf(groups: readonly Group[], limit: number, after: string | null): Result<GroupPage, Refusal> {
  const place = after ? readCursor(after) : undefined
  if (after && place === undefined) return err(refusal('parameter_invalid', 'after', 'not_a_cursor'))
  const behind = groups.map((group) => [placeOf(group), group] as const).filter(([own]) => place === undefined || compare(place, own) < 0)
  const shown = behind.toSorted(([one], [other]) => compare(one, other)).slice(0, limit)
  const last = shown.at(-1)
  const next = behind.length > limit && last !== undefined ? { next: writeCursor(last[0]) } : {}
  return ok({ groups: shown.map(([, group]) => group), ...next })
}

/** Where the next page and the one before are (RFC 8288), for clients that read no body for it. */
export function linkHeaders(path: Href, question: Question, limit: number, cursors: Readonly<Record<string, Cursor>>): ExtraHeaders {
  const links = Object.entries(cursors).flatMap(([relation, cursor]) =>
    cursor === undefined ? [] : [`<${addressOf(path, question.selection, { limit: String(limit), ...cursor })}>; rel="${relation}"`],
  )
  return links.length === 0 ? {} : { Link: links.join(', ') }
}

type Cursor = Readonly<Record<string, string>> | undefined

type Place = readonly [runs: number, value: string]

function placeOf({ counts, value }: Group): Place {
  return [sumOf(counts), value]
}

/** More runs come first; of as many the name decides. */
function compare([runs, value]: Place, [otherRuns, otherValue]: Place): number {
  if (runs !== otherRuns) return otherRuns - runs
  return value < otherValue ? -1 : Number(value > otherValue)
}

function writeCursor([runs, value]: Place): string {
  return `${runs}.${Buffer.from(value).toString('base64url')}`
}

function readCursor(text: string): Place | undefined {
  // Matches `12.ZG9ja2Vy`; not `12.` or `.ZG9j`.
  const [, runs, value] = /^(\d{1,15})\.([\w-]{1,400})$/.exec(text) ?? []
  return runs === undefined || value === undefined ? undefined : [Number(runs), Buffer.from(value, 'base64url').toString()]
}
