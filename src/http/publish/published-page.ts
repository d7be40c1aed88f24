import { assert } from '../../base/assert.ts'
import type { FilterView } from '../../page/filter-view.ts'
import type { FrameView } from '../../page/frame/frame-view.ts'
import type { Loaded, Sheet } from '../page/answer-sheet.ts'
import { openAsk, type PageAsk } from '../page/ask.ts'
import type { PageParts } from '../page/parts.ts'
import { orBusy } from '../question/analyst.ts'
import type { Visit } from '../route.ts'
import { type Place, pageAddress } from './place.ts'

/** Why a page cannot be made that was there a moment ago, for the operator; `code` is that of the refusal, absent where there is no such page. */
export function explainMissing(code?: string): string {
  return code === 'too_busy' ? 'the store gives no answer' : 'runs were removed while they were read: run the command again'
}

/** What pages are made of, and who they are made for. */
export type PublishingParts = { readonly parts: PageParts; readonly visit: Omit<Visit, 'id'> }

type PublishedView = { readonly frame: FrameView; readonly filter: FilterView }

/** Asks for a page as that visit sees it, with nothing on it that only a service could answer. */
export async function loadPublished<View extends PublishedView>(
  place: Place,
  load: (ask: PageAsk) => Loaded<View>,
  { parts, visit }: PublishingParts,
): Promise<View> {
  const request = new Request(`http://localhost${pageAddress(place)}`)
  const loaded = await orBusy(load(openAsk(request, { ...visit, id: 'name' in place ? place.name : '' }, parts)))
  if (!loaded.ok) throw new Error(explainMissing('code' in loaded.fault ? loaded.fault.code : undefined))
  assert(!(loaded.value instanceof Response), 'an address without a format asks for a page')
  return published(loaded.value)
}

/** Periods are all that can be chosen, since each of them is a file. */
function published<View extends PublishedView>({ view }: Sheet<View>): View {
  const { refresh: _, ...frame } = view.frame
  return {
    ...view,
    frame: { ...frame, isPublished: true },
    filter: { ...view.filter, names: [], own: [], hasCompare: false },
  }
}
