import type { Clock } from '../../base/clock.ts'
import type { Href } from '../../page/address.ts'
import { formatMoment } from '../../page/format.ts'
import type { FrameView, NoticeView } from '../../page/frame/frame-view.ts'
import { formTokenOf } from '../guard/form.ts'
import type { Identity } from '../guard/identity.ts'
import { pathOf, queryOf } from '../query.ts'
import type { Visit } from '../route.ts'
import { themeOf } from './theme.ts'

/** One request for a page, whatever it is about: who asks, for what, and since when. */
export type FrameAsk = {
  readonly request: Request
  readonly visit: Visit
  readonly identity: Pick<Identity, 'isSecure'>
  readonly params: URLSearchParams
  readonly now: number
  /** The time of `performance.now()` when it came. */
  readonly begun: number
}

export type FrameParts = { readonly identity: Pick<Identity, 'isSecure'>; readonly clock: Clock }

/** Takes a request in. */
export function openFrameAsk(request: Request, visit: Visit, { identity, clock }: FrameParts): FrameAsk {
  return { request, visit, identity, params: queryOf(request), now: clock.now(), begun: performance.now() }
}

export type FrameOptions = {
  /** Where the page is found again, when that is not the address that was asked for: a form's answer has none of its own. */
  readonly path?: Href
  /** Where the same figures are data. */
  readonly json?: Href
  readonly csv?: Href
  readonly notices?: readonly NoticeView[]
  readonly refresh?: FrameView['refresh']
}

/** What stands around a page whose figures are there by now. */
export function frameOf(ask: FrameAsk, { path, json, csv, notices = [], refresh }: FrameOptions = {}): FrameView {
  const { request, visit, identity, now, begun } = ask
  const { principal, peer } = visit
  const viewer = principal.kind === 'user' || principal.kind === 'key' ? principal.name : undefined
  return {
    theme: themeOf(request),
    path: path ?? ownPath(ask),
    ...(viewer !== undefined && {
      viewer: { name: viewer, signOut: { action: '/sign-out', token: formTokenOf(request, peer, identity) } },
    }),
    made: {
      milliseconds: (performance.now() - begun).toFixed(1),
      asOf: formatMoment(now),
      ...(json !== undefined && { json }),
      ...(csv !== undefined && viewer !== undefined && { csv }),
    },
    notices,
    ...(refresh !== undefined && { refresh }),
  }
}

function ownPath({ request, params }: FrameAsk): Href {
  const query = params.toString()
  return `${pathOf(request)}${query === '' ? '' : `?${query}`}` as Href
}
