import { err, ok, type Result } from '../../base/result.ts'
import { type Refusal, refusal } from '../../event/refusal.ts'
import type { PagesView } from '../../page/part/pages.tsx'

/** Which page of a list an address asks for; the first where it names none. Matches 1 and 20; not 0, 01 or 1e3. */
export function readPage(params: URLSearchParams): Result<number, Refusal> {
  const page = params.get('page')?.trim() || '1'
  return /^[1-9]\d{0,3}$/.test(page) ? ok(Number(page)) : err(refusal('parameter_invalid', 'page', 'not_from_1_to_9999'))
}

/** One page of a list that is there whole. Beyond the last page there is an empty one. */
export function cutPage<Entry>(
  list: readonly Entry[],
  page: number,
  entriesMax: number,
): { readonly shown: readonly Entry[]; readonly pages: PagesView } {
  const shown = list.slice((page - 1) * entriesMax, page * entriesMax)
  return { shown, pages: { page, last: Math.max(1, Math.ceil(list.length / entriesMax)) } }
}
