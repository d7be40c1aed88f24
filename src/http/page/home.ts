import { permits } from '../../access/permission.ts'
import type { Principal } from '../../access/principal.ts'
import { formatMinute } from '../../page/format.ts'
import { Home, type HomeView } from '../../page/home.tsx'
import { queryOf } from '../query.ts'
import { isPublic } from '../question/analyst.ts'
import type { Route } from '../route.ts'
import { answerNamed, answerSheet } from './answer-sheet.ts'
import { loadOverview } from './overview.ts'
import type { PageParts } from './parts.ts'
import { themeOf } from './theme.ts'

/** `/`: the overview for who may read, for everybody else how to send an event and where to sign in. */
export function homeRoute(parts: PageParts): Route {
  return {
    method: 'GET',
    path: '/',
    handle: (request, visit) => {
      if (isPublic(visit.principal) || permits(visit.principal, 'read')) return answerSheet(request, visit, parts, loadOverview)
      const view: HomeView = {
        ...parts.sendCard(),
        madeAt: formatMinute(parts.clock.now()),
        theme: themeOf(request),
        isLive: queryOf(request).get('live') !== '0',
        ...noticeOf(visit.principal),
      }
      return answerNamed(request, Home({ view }))
    },
  }
}

/** Who brought no key is told nothing of keys; a key that shows nothing says why. */
function noticeOf(principal: Principal): Pick<HomeView, 'notice'> {
  const notice = notices[principal.kind === 'nobody' ? principal.reason : 'scope_missing']
  return notice === undefined ? {} : { notice }
}

const notices: Readonly<Record<string, string>> = {
  key_unknown: 'This key is not known here.',
  key_expired: 'This key has expired.',
  key_revoked: 'This key was revoked.',
  scope_missing: 'This key does not grant reading. A key of scope read or admin does.',
  session_ended: 'Your session is over. Sign in again.',
}
