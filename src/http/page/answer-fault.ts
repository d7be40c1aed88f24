import type { Refusal } from '../../event/refusal.ts'
import { Message } from '../../page/access/message.tsx'
import type { Href } from '../../page/address.ts'
import { Fault } from '../../page/fault.tsx'
import { answerPage } from '../answer.ts'
import { pathOf } from '../query.ts'
import { readGiven } from '../question/question.ts'
import type { Visit } from '../route.ts'
import { explainFault, type PageFault } from './fault.ts'
import { type FrameAsk, type FrameParts, frameOf, openFrameAsk } from './frame.ts'

/** A page that says why another one is not answered as asked; without the ways to the others for who may not go them. */
export function answerFault(ask: FrameAsk, fault: PageFault | Refusal): Response {
  const { status, title, text, todo } = 'status' in fault ? fault : explainFault(fault, pathOf(ask.request) as Href, ask.params)
  const html =
    ask.visit.principal.kind === 'nobody'
      ? Message({ view: { title, text, link: todo } })
      : Fault({ view: { frame: frameOf(ask), title, text, todo } })
  return answerPage(status, html, status === 503 ? { 'Retry-After': String(retrySeconds) } : {})
}

const retrySeconds = 5

/** The page for an address with a parameter that its page does not know; nothing where all are known. */
export function refuseParameters(request: Request, visit: Visit, parts: FrameParts, known: readonly string[]): Response | undefined {
  const ask = openFrameAsk(request, visit, parts)
  const given = readGiven(ask.params, known)
  return given.ok ? undefined : answerFault(ask, given.fault)
}
