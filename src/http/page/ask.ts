import { isKnown } from '../../access/principal.ts'
import type { Asker } from '../question/analyst.ts'
import type { Visit } from '../route.ts'
import { type FrameAsk, openFrameAsk } from './frame.ts'
import type { PageParts } from './parts.ts'

/** One request for a page of the dashboard. */
export type PageAsk = FrameAsk & { readonly parts: PageParts; readonly asker: Asker }

/** Takes a request in. */
export function openAsk(request: Request, visit: Visit, parts: PageParts): PageAsk {
  return { ...openFrameAsk(request, visit, parts), parts, asker: { ...parts, principal: visit.principal } }
}

/** Whether numbers of the page open their records: who did not sign in sees sums only, and of sealed days nothing else is left. */
export function reachOf({ visit, parts }: PageAsk): { readonly canOpen: boolean; readonly sealedDay?: number } {
  const sealedDay = parts.sealedDay()
  return { canOpen: isKnown(visit.principal), ...(sealedDay !== undefined && { sealedDay }) }
}
