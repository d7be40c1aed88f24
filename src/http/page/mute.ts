import type { MuteFault } from '../../access/error-state.ts'
import { actorOf, tenantOf } from '../../access/principal.ts'
import { bareText } from '../../cloak/bare-text.ts'
import { errorPath } from '../../page/address.ts'
import { Fault } from '../../page/fault.tsx'
import { answerPage, answerRedirect } from '../answer.ts'
import { readForm } from '../guard/form.ts'
import type { Visit } from '../route.ts'
import { openAsk } from './ask.ts'
import { frameOf } from './frame.ts'
import type { PageParts } from './parts.ts'

const faultWords: Readonly<Record<MuteFault, string>> = {
  tenant_invalid: 'Groups of this tenant cannot be muted.',
  fingerprint_invalid: 'There is no group of this name.',
  note_invalid: 'A note has at most 200 characters, all of them in one line.',
  mutes_exhausted: 'As many groups are muted as can be: open some that are no longer needed.',
}

/** `POST /errors/{fingerprint}`: mutes a group or opens it again, whichever the form says. Doing so twice changes nothing. */
export async function muteError(request: Request, visit: Visit, parts: PageParts): Promise<Response> {
  const form = await readForm(request, visit, parts)
  if (!form.ok) return form.fault
  const { principal, id: fingerprint } = visit
  const [tenant, actor] = [tenantOf(principal), actorOf(principal)]
  if (form.value.get('state') === 'open') {
    parts.errorStates.unmute(tenant, fingerprint, actor) // One that is open stays so.
    return answerRedirect(errorPath(fingerprint))
  }
  const note = plainNote(form.value.get('note') ?? '')
  const muted = parts.errorStates.mute({ tenant, fingerprint, note }, actor)
  if (muted.ok) return answerRedirect(errorPath(fingerprint))
  const ask = openAsk(request, visit, parts)
  const todo = { href: errorPath(fingerprint), text: 'Back to the group' }
  return answerPage(422, Fault({ view: { frame: frameOf(ask), title: 'Nothing was changed', text: faultWords[muted.fault], todo } }))
}

/** A note as the texts of events are kept: without terminal codes and signs of no width, and without those that turn the text around them. */
function plainNote(text: string): string {
  return bareText(text).text.replace(turning, '').trim()
}

/** Marks, embeddings, overrides and isolates of direction: matches U+202E; not a joiner, which an emoji is made with. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
