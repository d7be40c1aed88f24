import type { AdminPassword } from '../../access/admin-password.ts'
import { permits, runsService } from '../../access/permission.ts'
import { actorOf, type Principal, tenantOf } from '../../access/principal.ts'
import { dayOf } from '../../base/clock.ts'
import { formatDay } from '../../page/format.ts'
import { answerJson, answerText } from '../answer.ts'
import { isByBareKey, readFormText } from '../guard/form.ts'
import type { RetentionState } from '../page/system-state.ts'
import type { Route, Visit } from '../route.ts'
import type { CleanupRun, CleanupStatus } from './schema.ts'

export type CleanupParts = {
  readonly isEnabled: boolean
  readonly stuckHours: number
  readonly intervalMin: number
  readonly password: AdminPassword
  /** What tells clients apart where tries are slowed. */
  readonly clientOf: (peer: string | undefined, headers: Headers) => string
  /** How many runs of a tenant are stuck now. */
  readonly countStuck: (tenant: string) => Promise<number>
  /** What the next runs of the retention remove of a tenant; undefined while it is off. */
  readonly preview: (tenant: string) => Promise<RetentionState | undefined>
  /** Gives stuck runs up and says how many; nothing when that failed. */
  readonly giveUpStuck: () => Promise<number | undefined>
  /** Writes down who had it done. */
  readonly noteRun: (actor: string) => void
}

/** Seconds after which a client may try again that was turned away for how many tries wait. */
const retrySeconds = 15

/** `GET /api/cleanup/status` and `POST /api/cleanup/run`, as the earlier service answered them. */
export function cleanupRoutes(parts: CleanupParts): readonly Route[] {
  return [
    { method: 'GET', path: '/api/cleanup/status', handle: (_request, visit) => showStatus(visit, parts) },
    { method: 'POST', path: '/api/cleanup/run', handle: (request, visit) => run(request, visit, parts) },
  ]
}

async function showStatus({ principal }: Visit, parts: CleanupParts): Promise<Response> {
  const { isEnabled, stuckHours, intervalMin, countStuck, preview } = parts
  const tenant = tenantOf(principal)
  const found = await Promise.all([countStuck(tenant), preview(tenant)]).catch(() => undefined)
  if (found === undefined) return notReady()
  const [count, retention] = found
  const body: CleanupStatus = {
    stuck_count: count,
    stuck_after_hours: stuckHours,
    check_interval: spellMinutes(intervalMin),
    enabled: isEnabled,
    retention: viewRetention(retention),
  }
  return answerJson(200, body)
}

/** What the next runs of the retention remove, on the wire; undefined stands for one that is off. */
export function viewRetention(state: RetentionState | undefined): CleanupStatus['retention'] {
  if (state === undefined) return { enabled: false }
  const { runs, logs } = state
  return {
    enabled: true,
    runs: runs.count,
    ...(runs.isLeap && { runs_wait: true }),
    ...(runs.firstAt !== undefined && { runs_from: formatDay(dayOf(runs.firstAt)) }),
    runs_through: formatDay(runs.lastDay),
    logs: logs.count,
    logs_before: new Date(logs.before).toISOString(),
    next_run: new Date(Math.min(runs.at, logs.at)).toISOString(),
  }
}

/** An admin key of those who run the service needs no password: it is done for the runs of every tenant. A session does: another site could have a browser send this request along with its cookie. */
async function run(request: Request, visit: Visit, parts: CleanupParts): Promise<Response> {
  const key = adminKeyOf(visit)
  const refused = key === undefined ? await refuse(request, visit, parts) : undefined
  if (refused !== undefined) return refused
  const updated = await parts.giveUpStuck().catch(() => undefined)
  if (updated === undefined) return notReady()
  parts.noteRun(key === undefined ? 'admin_password' : actorOf(key))
  const body: CleanupRun = { updated, message: `${updated} stuck installations were marked as unknown` }
  return answerJson(200, body)
}

function adminKeyOf({ principal }: Visit): Principal | undefined {
  const isAdmin = isByBareKey(principal) && permits(principal, 'maintain') && runsService(principal)
  return isAdmin ? principal : undefined
}

async function refuse(request: Request, { peer }: Visit, { password, clientOf }: CleanupParts): Promise<Response | undefined> {
  const given = request.headers.get('x-admin-password') ?? (await passwordOfBody(request)) ?? ''
  const checked = await password.check(given, clientOf(peer, request.headers))
  if (checked.ok) return undefined
  if (checked.fault === 'not_set') return answerText(503, 'ADMIN_PASSWORD is not set\n')
  if (checked.fault === 'refused') return answerText(401, 'unauthorized\n')
  return answerText(429, 'too many tries wait\n', { 'Retry-After': String(retrySeconds) })
}

async function passwordOfBody(request: Request): Promise<string | undefined> {
  const text = await readFormText(request)
  if (text === undefined) return undefined
  try {
    const body: unknown = JSON.parse(text)
    const password = typeof body === 'object' && body !== null && 'password' in body ? body.password : undefined
    return typeof password === 'string' ? password : undefined
  } catch {
    return undefined // No JSON holds no password.
  }
}

function notReady(): Response {
  return answerText(503, 'the store gives no answer now\n', { 'Retry-After': String(retrySeconds) })
}

/** Minutes as clients of the earlier service read them: 90 is `1h30m0s`, 30 is `30m0s`. */
function spellMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  return `${hours === 0 ? '' : `${hours}h`}${minutes % 60}m0s`
}
