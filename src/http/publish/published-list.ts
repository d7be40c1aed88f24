import type { Period } from '../../page/address.ts'
import { Errors } from '../../page/error/errors.tsx'
import type { ErrorState } from '../../page/error/errors-view.ts'
import { Scripts } from '../../page/script/scripts.tsx'
import { loadErrors } from '../page/errors.ts'
import { loadScripts } from '../page/scripts.ts'
import type { Place } from './place.ts'
import { loadPublished, type PublishingParts } from './published-page.ts'

/** A page of a list, and the pages of what it lists. */
export type PublishedList = { readonly place: Place; readonly names: readonly Place[]; readonly write: () => Promise<string> }

/** Every page of every list of a period. */
export async function loadLists(period: Period, from: PublishingParts): Promise<readonly PublishedList[]> {
  return [
    ...(await loadPages((number) => loadScriptList({ page: 'scripts', period, number }, from))),
    ...(await loadPages((number) => loadErrorList({ page: 'errors', period, number, state: 'open' }, from))),
    ...(await loadPages((number) => loadErrorList({ page: 'errors', period, number, state: 'muted' }, from))),
  ]
}

type LoadedList = PublishedList & { readonly last: number }

async function loadPages(load: (number: number) => Promise<LoadedList>): Promise<readonly PublishedList[]> {
  const lists: PublishedList[] = []
  for (let number = 1, last = 1; number <= last; number++) {
    const list = await load(number)
    last = list.last
    lists.push(list)
  }
  return lists
}

async function loadScriptList(place: Place & { readonly page: 'scripts' }, from: PublishingParts): Promise<LoadedList> {
  const view = await loadPublished(place, loadScripts, from)
  const { period } = place
  const names = (view.scripts?.shown ?? []).map(({ value }) => value).filter((name) => name !== '.' && name !== '..') // They have no page.
  return {
    place,
    names: names.map((name) => ({ page: 'script', period, name })),
    last: view.scripts?.pages.last ?? 1,
    write: async () => Scripts({ view }),
  }
}

async function loadErrorList(
  place: Place & { readonly page: 'errors'; readonly state: ErrorState },
  from: PublishingParts,
): Promise<LoadedList> {
  const view = await loadPublished(place, loadErrors, from)
  const { period } = place
  return {
    place,
    names: view.groups.map(({ fingerprint }) => ({ page: 'error', period, name: fingerprint })),
    last: view.pages.last,
    write: async () => Errors({ view }),
  }
}
