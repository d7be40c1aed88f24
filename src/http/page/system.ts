import { permits, runsService } from '../../access/permission.ts'
import { tenantOf } from '../../access/principal.ts'
import { dayOf } from '../../base/clock.ts'
import { ok } from '../../base/result.ts'
import { commit, version } from '../../base/version.ts'
import { fingerprintVersion } from '../../event/fingerprint.ts'
import { formatBytes, formatDay, formatMany, formatMinute, formatPeriod, formatTook } from '../../page/format.ts'
import { sumOf } from '../../page/outcome.ts'
import { explainRepair } from '../../page/record/treatment.tsx'
import { System } from '../../page/system/system.tsx'
import type { CodeCountView, FactView, PartView, SystemView, TimerView } from '../../page/system/system-view.ts'
import { answered } from '../question/analyst.ts'
import { readGiven } from '../question/question.ts'
import type { Route } from '../route.ts'
import { answerSheet, type Loaded, sheetOf } from './answer-sheet.ts'
import type { PageAsk } from './ask.ts'
import { frameOf } from './frame.ts'
import type { PageParts } from './parts.ts'
import type { SystemState, SystemTimer } from './system-state.ts'

/** Parked runs that are named; the command lists them all. */
const parkedShown = 20
/** Codes of each list, the most frequent first. */
const codesShown = 20

/** `/system`. */
export function systemPageRoute(parts: PageParts): Route {
  return {
    method: 'GET',
    path: '/system',
    handle: (request, visit) => answerSheet(request, visit, parts, loadSystem),
  }
}

async function loadSystem(ask: PageAsk): Loaded {
  const { params, visit, parts } = ask
  const given = readGiven(params, [])
  if (!given.ok) return given
  const tenant = tenantOf(visit.principal)
  const [state, totals] = await Promise.all([parts.systemState(tenant), answered(parts.reader.totals({ tenant }))])
  const own = state.parkedRuns.filter((run) => run.tenant === tenant)
  const parked = await Promise.all(own.slice(0, parkedShown).map((run) => answered(parts.reader.record(run))))
  const runs = parked.flatMap((run) =>
    run?.parked === undefined ? [] : [{ id: idOf(run.reading), reason: run.parked.reason, since: formatMinute(run.parked.parkedAt) }],
  )
  const view = viewOfSystem(state, {
    runs: sumOf(totals),
    isAdmin: permits(visit.principal, 'admin'),
    runsService: runsService(visit.principal),
  })
  return ok(sheetOf<SystemView>({ ...view, parked: { count: own.length, runs }, frame: frameOf(ask) }, System))
}

function idOf({ executionId, randomId }: { readonly executionId?: string; readonly randomId?: string }): string {
  return executionId ?? randomId ?? ''
}

export type SystemFacts = { readonly runs: number; readonly isAdmin: boolean; readonly runsService: boolean }

/** How the service is, in words. */
export function viewOfSystem(
  state: SystemState,
  { runs, isAdmin, runsService: isOwner }: SystemFacts,
): Omit<SystemView, 'frame' | 'parked'> {
  const { tallies } = state
  return {
    startedAt: formatMinute(state.startedAt),
    parts: [viewIngest(state), viewStore(state), viewMirror(state), ...(isAdmin && isOwner ? state.findings : [])], // They name paths and hosts.
    ...(isAdmin && isOwner && { checks: viewChecks(state) }),
    storage: viewStorage(state, runs),
    events: [
      { name: 'accepted', text: formatMany(tallies.accepted.total(), 'event') },
      { name: 'refused', text: formatMany(tallies.refused.total(), 'event'), href: '#refused' },
      { name: 'repaired', text: formatMany(tallies.repaired.total(), 'repair'), href: '#repaired' },
      { name: 'hidden in texts', text: formatMany(tallies.cloaked.total(), 'finding'), href: '/records?period=all&cloaked=yes' },
      { name: 'unknown keys dropped', text: formatMany(tallies.unknownKeys.total(), 'key') },
    ],
    refused: codesOf(tallies.refused, sayRefusal),
    repaired: codesOf(tallies.repaired, explainRepair),
    timers: state.timers.map(viewTimer),
    retention: viewRetention(state.retention),
    versions: [
      { name: 'service', text: commit === undefined ? version : `${version} (${commit})` },
      { name: 'Bun', text: Bun.version },
      { name: 'fingerprints', text: `version ${fingerprintVersion}` },
    ],
    isAdmin,
  }
}

function viewChecks({ checks: { outsideAt, findings }, timers }: SystemState): NonNullable<SystemView['checks']> {
  const next = timers.find(({ name }) => name === 'doctor')?.dueAt
  const again = next === undefined ? '' : `${outsideAt === undefined ? ', and will be at' : '; again at'} ${formatMinute(next)} UTC`
  const looked = outsideAt === undefined ? 'was not looked at since the start' : `was looked at ${formatMinute(outsideAt)} UTC`
  const more =
    'telemetry-service doctor looks at all of it at once, and at the bytes of the newest backup; with --superuser at indexes and rules of PocketBase.'
  return { lookedAt: `What lies outside ${looked}${again}. ${more}`, parts: findings }
}

function viewIngest({ ingestRefusedBy }: SystemState): PartView {
  if (ingestRefusedBy === undefined) return { name: 'Events', state: 'good', text: 'are accepted' }
  const todo = 'Free space on the disk, or raise JOURNAL_MAX_MB; it goes on by itself.'
  return { name: 'Events', state: 'bad', text: `are refused (${ingestRefusedBy})`, todo }
}

function viewStore({ storeHeldUpBy, lagEvents = 0 }: SystemState): PartView {
  if (storeHeldUpBy !== undefined) {
    const todo = 'Events wait in the journal and are not lost.'
    return { name: 'Store', state: 'bad', text: `takes no events (${storeHeldUpBy})`, todo }
  }
  if (lagEvents > lagEventsMax) return { name: 'Store', state: 'odd', text: `is behind by ${formatMany(lagEvents, 'event')}` }
  return { name: 'Store', state: 'good', text: 'has every event' }
}

/** So many events are taken in within a second or two, however many come. */
const lagEventsMax = 10_000

function viewMirror({ pocketbase, pocketbaseFault, mirrorLag = 0, parked }: SystemState): PartView {
  const name = 'PocketBase'
  if (pocketbase === 'off') return { name, state: 'off', text: 'is off', todo: 'Set PB_URL to keep a copy there.' }
  const lag = mirrorLag === 0 ? 'has every change' : `${formatMany(mirrorLag, 'change')} ${mirrorLag === 1 ? 'waits' : 'wait'}`
  if (pocketbase === 'disconnected') {
    const todo = 'It goes on by itself once PocketBase answers.'
    return { name, state: 'bad', text: `takes nothing (${pocketbaseFault ?? 'no answer'}); ${lag}`, todo }
  }
  return parked === 0
    ? { name, state: 'good', text: lag }
    : { name, state: 'odd', text: `${lag}; ${formatMany(parked, 'run')} parked`, href: '#parked' }
}

function viewStorage({ journalBytes, storeBytes, disk, retentionDays }: SystemState, runs: number): readonly FactView[] {
  return [
    {
      name: 'store.db',
      text: storeBytes === undefined ? 'size not known' : formatBytes(storeBytes),
    },
    { name: 'of this tenant', text: formatMany(runs, 'run'), href: '/records?period=all' },
    { name: 'journal.db', text: `${formatBytes(journalBytes)} in use` },
    ...(disk === undefined ? [] : [{ name: 'free', text: `${formatBytes(disk.freeBytes)} of ${formatBytes(disk.totalBytes)}` }]),
    { name: 'kept for', text: formatMany(retentionDays, 'day') },
  ]
}

/** What the next runs remove, in words. */
function viewRetention(retention: SystemState['retention']): readonly FactView[] {
  if (retention === 'counting') return [{ name: 'counting', text: 'this takes a moment: load the page again' }]
  if (retention === undefined) return [{ name: 'off', text: 'nothing is removed (RETENTION_ENABLED)' }]
  const { runs, logs } = retention
  const first = runs.firstAt === undefined ? undefined : formatDay(dayOf(runs.firstAt))
  const days = first === undefined ? `up to ${formatDay(runs.lastDay)}` : `of ${first} to ${formatDay(runs.lastDay)}`
  return [
    {
      name: 'runs',
      text: runs.isLeap ? `none yet: the line is drawn at ${formatDay(runs.lastDay)}` : `${formatMany(runs.count, 'run')} ${days}`,
      ...(first !== undefined && !runs.isLeap && { href: `/records?from=${first}&to=${formatDay(runs.lastDay)}` as const }),
    },
    { name: 'logs', text: `${formatMany(logs.count, 'log')} of before ${formatMinute(logs.before)}` },
    { name: 'next (UTC)', text: formatMinute(Math.min(runs.at, logs.at)) },
  ]
}

function viewTimer({ name, purpose, everyMs, last, dueAt }: SystemTimer): TimerView {
  const next = last?.result === 'running' ? 'runs now' : formatMinute(dueAt)
  return {
    ...{ name, purpose, next },
    every: formatPeriod(everyMs),
    state: last === undefined ? 'off' : last.result === 'failed' ? 'bad' : 'good',
    last: last === undefined ? 'not yet' : `${formatMinute(last.beganAt)}, ${sayRun(last)}`,
  }
}

function sayRun({ result, tookMs, changed }: NonNullable<SystemTimer['last']>): string {
  if (result === 'running') return 'runs now'
  if (result === 'failed') return 'failed; the log says why'
  return `${formatMany(changed, 'change')} in ${formatTook(tookMs)}`
}

function codesOf(tally: Pick<SystemState['tallies']['refused'], 'entries'>, explain: (code: string) => string): readonly CodeCountView[] {
  return [...tally.entries()]
    .toSorted(([one, count], [other, otherCount]) => otherCount - count || (one < other ? -1 : 1))
    .slice(0, codesShown)
    .map(([code, count]) => ({ code, count, meaning: explain(code) }))
}

/** `payload_unusable:nsapp:missing` in words. */
function sayRefusal(code: string): string {
  const [kind = '', field = '', rule = ''] = code.split(':')
  const what = refusalWords[kind]
  return what === undefined ? '' : `${what}${kind === 'payload_unusable' ? `: ${field} ${rule.replaceAll('_', ' ')}` : ''}`
}

const refusalWords: Readonly<Record<string, string>> = {
  body_too_large: 'The body was larger than MAX_BODY_BYTES or MAX_BATCH_BYTES.',
  body_unreadable: 'The body did not come whole and in time.',
  json_undecodable: 'The body was no JSON object, even after repair.',
  payload_unusable: 'Nothing of it could be used',
  rate_limited: 'More came from one address, or with one key, than the limit allows.',
  key_required: 'The key was missing, unknown, expired or revoked.',
  not_permitted: 'The key has another scope.',
  journal_full: 'The journal or the disk was full.',
  too_busy: 'Too much came at once.',
}
