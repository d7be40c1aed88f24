import { permits } from '../access/permission.ts'
import type { Principal } from '../access/principal.ts'
import type { Clock } from '../base/clock.ts'
import type { RunReading } from '../event/reading.ts'
import { Home, type HomeRun, type HomeView } from '../page/home.tsx'
import { answerPage } from './answer.ts'
import { queryOf } from './query.ts'
import type { AsyncReader } from './records.ts'
import type { Route } from './server.ts'

export type HomeParts = {
  readonly reader: AsyncReader
  readonly clock: Clock
  readonly origin: () => string
  readonly isKeyRequired: boolean
  readonly startedAt: number
  readonly eventsSinceStart: () => number
}

const latestRuns = 10

/** `/`: open to everybody; who reads also sees totals and the latest runs of the own tenant. */
export function homeRoute(parts: HomeParts): Route {
  return {
    method: 'GET',
    path: '/',
    handle: async (request, { principal }) => {
      const { known, notice } = await knowFor(principal, parts)
      const view: HomeView = {
        origin: parts.origin(),
        needsKey: parts.isKeyRequired,
        eventsSinceStart: parts.eventsSinceStart().toLocaleString('en-US'),
        startedAt: formatMinute(parts.startedAt),
        madeAt: formatMinute(parts.clock.now()),
        isLive: queryOf(request).get('live') !== '0',
        ...(known !== undefined && { known }),
        ...(notice !== undefined && { notice }),
      }
      return answerPage(200, Home({ view }))
    },
  }
}

type KnownView = Pick<HomeView, 'known' | 'notice'>

/** What is shown beyond the open card. Who brought no key is told nothing of keys; a key that shows nothing says why. */
async function knowFor(principal: Principal, { reader }: HomeParts): Promise<KnownView> {
  if (principal.kind === 'nobody') return noticeOf(principal.reason)
  if (!permits(principal, 'read')) return principal.kind === 'key' ? noticeOf('scope_missing') : {}
  return viewKnown(principal.tenant, reader).then(
    (known) => ({ known }),
    () => ({ notice: 'The store gives no answer now. Events are accepted all the same; try again in a moment.' }),
  )
}

function noticeOf(reason: string): KnownView {
  const notice = notices[reason]
  return notice === undefined ? {} : { notice }
}

const notices: Readonly<Record<string, string>> = {
  key_unknown: 'This key is not known here.',
  key_expired: 'This key has expired.',
  key_revoked: 'This key was revoked.',
  scope_missing: 'This key does not grant reading. A key of scope read or admin does.',
}

async function viewKnown(tenant: string, reader: AsyncReader): Promise<NonNullable<HomeView['known']>> {
  const [totals, runs] = await Promise.all([reader.totals({ tenant }), reader.latest(tenant, latestRuns)])
  const running = totals.installing + totals.validation + totals.configuring
  const all = running + totals.success + totals.failed + totals.aborted + totals.unknown
  const figures = {
    Runs: all,
    Success: totals.success,
    Failed: totals.failed,
    Aborted: totals.aborted,
    Running: running,
    Unknown: totals.unknown,
  }
  return {
    tiles: Object.entries(figures).map(([name, value]) => ({ name, value: value.toLocaleString('en-US') })),
    runs: runs.map(({ reading }) => viewRun(reading)),
  }
}

function viewRun(reading: RunReading): HomeRun {
  return {
    time: formatMinute(reading.lastAt),
    state: reading.status,
    script: reading.nsapp,
    type: reading.type,
    system: [reading.osType, reading.osVersion].filter(Boolean).join(' '),
    error: reading.error ?? '',
  }
}

/** `YYYY-MM-DD HH:MM` of UTC. */
function formatMinute(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}
