import { refusal } from '../../event/refusal.ts'
import type { Identity } from '../guard/identity.ts'
import { pathOf } from '../query.ts'
import { answerFault } from './answer-fault.ts'
import { type FrameParts, openFrameAsk } from './frame.ts'

const unknownPath = refusal('not_found', 'path', 'unknown')

/** Answers a browser at an address that leads nowhere, with the ways to the pages for who signed in. Programs get no page. */
export function unknownPage(parts: FrameParts & { readonly identity: Identity }) {
  return (request: Request, peer: string | undefined): Response | undefined => {
    if (!isForBrowser(request)) return undefined
    const visit = { principal: parts.identity.identify(request, peer), peer, id: '', keepOpen: () => undefined }
    return answerFault(openFrameAsk(request, visit, parts), unknownPath)
  }
}

/** Matches `text/html,*\/*;q=0.8`; not the `*\/*` of curl, or `text/html;q=0`. */
const takesPages = /\btext\/html\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i

/** What programs ask for keeps its own answer, whatever they say they take. */
const programPaths = /^\/(?:api|telemetry|export|metrics|healthz)(?:\/|$)/

function isForBrowser(request: Request): boolean {
  const isReading = request.method === 'GET' || request.method === 'HEAD'
  return isReading && takesPages.test(request.headers.get('accept') ?? '') && !programPaths.test(pathOf(request))
}
