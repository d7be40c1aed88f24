import { permits } from '../../access/permission.ts'
import { isKnown, type Principal } from '../../access/principal.ts'
import type { SessionFacts, SessionWay } from '../../access/session.ts'
import type { NewUserFault, UserFault } from '../../access/user.ts'
import type { SignedIn } from '../../page/access/access-page.tsx'
import type { SessionLine } from '../../page/access/session-table.tsx'
import type { Href } from '../../page/address.ts'
import { formatMinute } from '../../page/format.ts'
import type { ExtraHeaders } from '../answer.ts'
import { formTokenOf } from '../guard/form.ts'
import { type FrameAsk, frameOf } from '../page/frame.ts'

/** On pages that hold a secret or who may do what: nothing keeps them. */
export const notKept: ExtraHeaders = { 'Cache-Control': 'no-store' }

const wayWords: Readonly<Record<SessionWay, string>> = { password: 'password', key: 'key', setup: 'setup link' }

/** What the operator has to change, for each reason why a user was not made or changed. */
export const userFaultWords: Readonly<Record<NewUserFault | UserFault, string>> = {
  name_invalid: 'A name is 1 to 64 letters, digits or . _ @ + -, and begins with a letter or digit.',
  name_taken: 'There is a user of that name already.',
  tenant_invalid: 'A tenant is 1 to 64 small letters, digits, - or _, and begins with a letter or digit.',
  users_exhausted: 'There are as many users as are allowed: delete some that are no longer needed.',
  claim_lost: 'This link opens nothing any more.',
  too_busy: 'Too many people sign in at this moment. Try again in a few seconds.',
  password_short: 'A password has at least 12 characters.',
  password_long: 'A password has at most 256 characters.',
  password_plain: 'This password is too easy to guess: it holds the name, or a few characters over and over.',
  user_unknown: 'There is no user of that name any more.',
  last_admin: 'This is the last admin. Make another one first.',
}

/** Who signed in, for a page about access that is found at `path`. Made last, so that its foot counts all that was asked. */
export function signedInOf(ask: FrameAsk, path: Href): SignedIn {
  const { request, visit, identity } = ask
  const { principal, peer } = visit
  return {
    name: isKnown(principal) ? principal.name : '',
    isAdmin: permits(principal, 'admin'),
    token: formTokenOf(request, peer, identity),
    frame: frameOf(ask, { path }),
  }
}

/** A session as a line of a table. */
export function sessionLine(session: SessionFacts, principal: Principal): SessionLine {
  const own = isKnown(principal) ? principal.sessionId : undefined
  return {
    id: session.id,
    owner: session.owner.name,
    way: wayWords[session.way],
    begun: formatMinute(session.createdAt),
    seen: formatMinute(session.seenAt),
    ends: formatMinute(session.expiresAt),
    isThisOne: session.id === own,
  }
}
