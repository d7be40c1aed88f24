import type { Href } from '../../page/address.ts'
import { formatMoment } from '../../page/format.ts'
import type { FrameView, NoticeView } from '../../page/frame/frame-view.ts'
import { signedInOf } from '../access/access-view.ts'
import { pathOf, queryOf } from '../query.ts'
import { type Asker, isPublic } from '../question/analyst.ts'
import type { Visit } from '../server.ts'
import type { PageParts } from './parts.ts'
import { themeOf } from './theme.ts'

/** One request for a page: who asks, for what, and since when. */
export type PageAsk = {
  readonly request: Request
  readonly visit: Visit
  readonly parts: PageParts
  readonly asker: Asker
  readonly params: URLSearchParams
  readonly now: number
  /** The time of `performance.now()` when it came. */
  readonly begun: number
}

/** Takes a request in. */
export function openAsk(request: Request, visit: Visit, parts: PageParts): PageAsk {
  const asker = { ...parts, principal: visit.principal }
  return { request, visit, parts, asker, params: queryOf(request), now: parts.clock.now(), begun: performance.now() }
}

/** Whether numbers of the page open their records: who did not sign in sees sums only. */
export function reachOf({ visit }: PageAsk): { readonly canOpen: boolean } {
  return { canOpen: !isPublic(visit.principal) && visit.principal.kind !== 'nobody' }
}

export type FrameOptions = {
  /** Where the same figures are data. */
  readonly json?: Href
  readonly csv?: Href
  readonly notices?: readonly NoticeView[]
  readonly refresh?: FrameView['refresh']
}

/** What stands around a page whose figures are there by now. */
export function frameOf(ask: PageAsk, { json, csv, notices = [], refresh }: FrameOptions = {}): FrameView {
  const { request, visit, parts, params, now, begun } = ask
  const query = params.toString()
  const { name, token } = signedInOf(request, visit, parts.identity)
  const isKnown = visit.principal.kind === 'user' || visit.principal.kind === 'key'
  return {
    theme: themeOf(request),
    path: `${pathOf(request)}${query === '' ? '' : `?${query}`}` as Href,
    ...(isKnown && { viewer: { name, signOut: { action: '/sign-out', token } } }),
    made: {
      milliseconds: (performance.now() - begun).toFixed(1),
      asOf: formatMoment(now),
      ...(json !== undefined && { json }),
      ...(csv !== undefined && isKnown && { csv }),
    },
    notices,
    ...(refresh !== undefined && { refresh }),
  }
}
