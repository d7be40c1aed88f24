import { type Principal, tenantOf } from '../../access/principal.ts'
import type { Result } from '../../base/result.ts'
import { version } from '../../base/version.ts'
import type { Refusal } from '../../event/refusal.ts'
import type { Href } from '../../page/address.ts'
import type { FrameView } from '../../page/frame/frame-view.ts'
import { answerPage, answerRedirect } from '../answer.ts'
import { pathOf, queryOf } from '../query.ts'
import { orBusy } from '../question/analyst.ts'
import type { Visit } from '../route.ts'
import { isKept, tagOf } from '../tag.ts'
import { answerFault } from './answer-fault.ts'
import { openAsk, type PageAsk } from './ask.ts'
import type { PageFault } from './fault.ts'
import type { PageParts } from './parts.ts'

type Framed = { readonly frame: FrameView }

/** A page that is about to be written: its view, and what makes it HTML. */
export type Sheet<View extends Framed = Framed> = { readonly view: View; readonly write: () => string }

/** What a page answers with. A refusal becomes a page that says why; a response goes out as it is. */
export type Loaded<View extends Framed = Framed> = Promise<Result<Sheet<View> | Response, PageFault | Refusal>>

/** A view with its component. */
export function sheetOf<View extends Framed>(view: View, component: (props: { readonly view: View }) => string): Sheet<View> {
  return { view, write: () => component({ view }) }
}

/** Answers a request for a page: with the page, with 304 where the browser has it already, or with one that says what is the case. */
export async function answerSheet(request: Request, visit: Visit, parts: PageParts, load: (ask: PageAsk) => Loaded): Promise<Response> {
  const short = shorten(request)
  if (short !== undefined) return answerRedirect(short)
  const waitMs = parts.lane.waitMs()
  if (waitMs > 0) await Bun.sleep(waitMs)
  const ask = openAsk(request, visit, parts)
  const loaded = await orBusy(load(ask))
  if (!loaded.ok) return answerFault(ask, loaded.fault)
  if (loaded.value instanceof Response) return loaded.value
  const tag = nameOf(loaded.value, visit.principal)
  if (isKept(request, tag)) return answerPage(304, '', { ETag: tag })
  const begun = performance.now()
  const html = loaded.value.write()
  parts.lane.wrote(performance.now() - begun)
  return answerPage(200, html, { ETag: tag })
}

/** Where a form’s address leads without the fields that were left empty, which a form cannot leave out by itself; nothing where there is none. */
export function shorten(request: Pick<Request, 'url'>): Href | undefined {
  const params = [...queryOf(request)]
  const given = params.filter(([, value]) => value.trim() !== '')
  if (given.length === params.length) return undefined
  const query = new URLSearchParams(given).toString()
  return `${pathOf(request) as Href}${query === '' ? '' : `?${query}`}`
}

/** A page that is named by its HTML. */
export function answerNamed(request: Request, html: string): Response {
  const tag = tagOf(html)
  return answerPage(isKept(request, tag) ? 304 : 200, html, { ETag: tag })
}

/**
 * Names everything a page shows and to whom, except when it was made: the same figures in the same theme for the same session have the same name.
 * It is taken from the view itself rather than from the store's revision, since mutes, the state of the parts and the day change a page as well.
 */
function nameOf({ view }: Sheet, principal: Principal): string {
  const { frame, ...rest } = view
  const { made, ...around } = frame
  const role = principal.kind === 'user' ? principal.role : principal.kind === 'key' ? principal.scope : ''
  const tenant = principal.kind === 'nobody' ? '' : tenantOf(principal)
  return tagOf(JSON.stringify([version, principal.kind, role, tenant, around, made.json, made.csv, rest]))
}
