import { statSync } from 'node:fs'
import type { Access } from '../access/access.ts'
import { actorOf, isKnown, type Principal } from '../access/principal.ts'
import { systemClock } from '../base/clock.ts'
import { readDisk } from '../base/free-disk.ts'
import type { Tally } from '../base/tally.ts'
import type { Settings } from '../config.ts'
import { createExportSeats } from '../http/export/stream.ts'
import type { Identity } from '../http/guard/identity.ts'
import { PageLane } from '../http/page/page-lane.ts'
import type { PageParts } from '../http/page/parts.ts'
import type { ServiceState } from '../http/page/service-state.ts'
import type { SystemState } from '../http/page/system-state.ts'
import { formatCount, formatMinute } from '../page/format.ts'
import type { Back } from './back.ts'
import { glance } from './doctor.ts'
import { findingsOfTimers, type OutsideLook } from './doctor-round.ts'
import { pathsOf } from './folder.ts'
import { openIssuesOf } from './issue.ts'
import { pagePreviewOf } from './page-preview.ts'
import type { ServiceTimers } from './timer.ts'

export type PageOptions = {
  readonly settings: Settings
  readonly access: Access
  readonly back: Back
  readonly timers: Pick<ServiceTimers, 'list' | 'preview'>
  readonly tallies: Readonly<Record<'accepted' | 'refused' | 'repaired' | 'cloaked' | 'unknownKeys', Tally>>
  readonly origin: () => string
  /** What `doctor` found outside when it was looked at last. */
  readonly lastOutside: () => OutsideLook | undefined
}

/** What the pages are made with, from the opened parts of the service. */
export function pagePartsOf(options: PageOptions, identity: Identity): PageParts {
  const { settings, access, back, tallies, origin } = options
  const startedAt = systemClock.now()
  const preview = pagePreviewOf(options.timers.preview)
  const serviceState = () => stateOf(settings, back)
  return {
    reader: back.reader,
    lane: new PageLane({ accepted: () => tallies.accepted.total(), now: () => performance.now() }),
    clock: systemClock,
    idSecret: access.idSecret,
    mirroredRevision: () => back.mirror()?.cursor,
    publicRunsMin: settings.publicMinRuns,
    exportSeats: createExportSeats(),
    noteExport: (principal, file) => noteExport(principal, file, access),
    identity,
    errorStates: access.errorStates,
    issues: openIssuesOf(settings, access),
    issueRepository: `${settings.githubOwner}/${settings.githubRepo}`,
    origin,
    serviceState,
    sealedDay: () => back.status()?.sealedDay,
    systemState: async (tenant) => {
      const [facts, state] = await Promise.all([systemFactsOf(options, tenant, preview), serviceState()])
      return { ...facts, ...state, startedAt }
    },
    sendCard: () => ({
      origin: origin(),
      needsKey: settings.ingestAccess === 'key',
      eventsSinceStart: formatCount(tallies.accepted.total()),
      startedAt: formatMinute(startedAt),
    }),
    nameOf: (actor) => nameOfActor(actor, access),
  }
}

function noteExport(principal: Principal, subject: string, { audit, auditSums }: Access): void {
  if (!isKnown(principal)) auditSums.note('public_export', subject)
  else audit.add({ at: systemClock.now(), actor: actorOf(principal), act: 'export', subject, tenant: principal.tenant })
}

async function stateOf(settings: Settings, back: Back): Promise<ServiceState> {
  const before = back.journal.status()
  const journal = before.refusedBy === undefined ? before : await back.journal.probe()
  const store = back.status()
  const mirror = back.mirror()
  return {
    ingestRefusedBy: journal.refusedBy,
    storeHeldUpBy: store === undefined ? 'starting' : store.heldUpBy,
    pocketbase: settings.pbUrl === undefined ? 'off' : mirror?.isConnected ? 'connected' : 'disconnected',
    pocketbaseFault: mirror?.fault?.split(' ')[0], // The word alone, without the fields it is about.
    parked: store?.parked ?? 0,
    lagEvents: lagOf(back),
    mirrorLag: mirror?.lag,
  }
}

/** Counted from the journal's own last entry: the consumer learns of new ones a moment later. */
export function lagOf({ status, journal }: Pick<Back, 'status' | 'journal'>): number | undefined {
  const cursor = status()?.cursor
  return cursor === undefined ? undefined : Math.max(0, journal.status().last - cursor)
}

/** Runs parked longer ago than the newest so many are counted, but not named. */
const parkedMax = 200

async function systemFactsOf(
  { settings, access, back, timers, tallies, lastOutside }: PageOptions,
  tenant: string,
  preview: ReturnType<typeof pagePreviewOf>,
): Promise<Omit<SystemState, keyof ServiceState | 'startedAt'>> {
  const isOpen = back.status() !== undefined
  const [disk, retention, findings, parkedRuns] = await Promise.all([
    readDisk(settings.dataDir),
    isOpen ? preview(tenant) : undefined,
    glance(settings, access.clientAddress.unlistedProxy()),
    isOpen ? back.parkedSource.parked(parkedMax) : [],
  ])
  const storeBytes = sizeOf(pathsOf(settings).storePath)
  return {
    journalBytes: back.journal.status().liveBytes,
    ...(storeBytes !== undefined && { storeBytes }),
    ...(disk && { disk }),
    retentionDays: settings.retentionDays,
    timers: timers.list(),
    ...{ retention, tallies, findings, parkedRuns },
    checks: checksOf(timers.list(), lastOutside()),
  }
}

function checksOf(timers: Parameters<typeof findingsOfTimers>[0], outside: OutsideLook | undefined): SystemState['checks'] {
  const near = findingsOfTimers(timers)
  return outside === undefined ? { findings: near } : { outsideAt: outside.at, findings: [...near, ...outside.findings] }
}

/** The bytes of a database with what it has not yet taken into its file; undefined while it cannot be looked at. */
function sizeOf(path: string): number | undefined {
  const [file, log] = [path, `${path}-wal`].map((one) => statSync(one, { throwIfNoEntry: false })?.size)
  return file === undefined ? undefined : file + (log ?? 0)
}

/** The name of whoever the audit calls `user:4f…` or `key:Ab…`; its kind alone once it is gone. */
function nameOfActor(actor: string, { users, keyRing }: Pick<Access, 'users' | 'keyRing'>): string {
  const [kind = '', id] = actor.split(':')
  if (kind === 'user') return users.listUsers().find((user) => user.id === id)?.name ?? 'a user who is gone'
  if (kind !== 'key') return actor
  const key = keyRing.listKeys().find((one) => one.id === id)
  return key === undefined ? 'a key' : `key ${key.label || key.id}`
}
