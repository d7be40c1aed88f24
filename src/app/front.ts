import type { Access } from '../access/access.ts'
import { createAdminPassword } from '../access/admin-password.ts'
import { nameEntries } from '../access/audit-name.ts'
import type { Alerts } from '../alert/alerts.ts'
import type { Erasures } from '../archive/erasures.ts'
import { dayMs, dayOf, systemClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { createTally, type Tally } from '../base/tally.ts'
import type { Settings } from '../config.ts'
import { unendedStages } from '../event/run.ts'
import { accessRoutes } from '../http/access/access-routes.ts'
import { apiRoutes } from '../http/api-routes.ts'
import { cloakPreflight, cloakRoutes } from '../http/cloak/cloak-routes.ts'
import { alertRoutes } from '../http/earlier/alerts.ts'
import { cleanupRoutes } from '../http/earlier/cleanup.ts'
import { createGuards } from '../http/guard/guard.ts'
import { createIdentity, type Identity } from '../http/guard/identity.ts'
import { metricsPermissions, permissions } from '../http/guard/permission.ts'
import { healthRoute } from '../http/health.ts'
import { type BodyReader, createBodyReader } from '../http/ingest/body.ts'
import { createGate } from '../http/ingest/gate.ts'
import { createRefusalLog, type RefusalLog } from '../http/ingest/refusal-log.ts'
import { telemetryRoutes } from '../http/ingest/telemetry.ts'
import { createIssueRoute } from '../http/issue/create-issue.ts'
import { createServiceMetrics, type Gauges, metricsRoute, type ServiceMetrics } from '../http/metrics.ts'
import { alertPageRoutes } from '../http/page/alerts.ts'
import { homeRoute } from '../http/page/home.ts'
import { pageRoutes } from '../http/page/page-routes.ts'
import { unknownPage } from '../http/page/unknown.ts'
import type { Route } from '../http/route.ts'
import { assetRoutes, listen } from '../http/server.ts'
import type { TlsPair } from '../http/tls/pair.ts'
import { erasuresRoute } from '../http/v1/erasures.ts'
import type { IngestPolicy } from '../ingest/door.ts'
import { Ingest } from '../ingest/ingest.ts'
import { PrepareThread } from '../ingest/prepare-thread.ts'
import { sizeIn, sizeOf } from '../store/count/totals.ts'
import { alertDeskOf } from './alert.ts'
import { findChannelFaults } from './alert-channel.ts'
import type { Back } from './back.ts'
import { type CloakPlace, openCloak } from './cloak.ts'
import { createDoctorRound, type OutsideLook } from './doctor-round.ts'
import { originOf, randomBytes, urlOf } from './folder.ts'
import { lagOf, pagePartsOf } from './page.ts'
import { alertsTimer } from './task.ts'
import { stuckTimer } from './task-store.ts'
import type { ServiceTimers } from './timer.ts'
import { renewalOf, secureOptionsOf } from './tls.ts'

export type FrontOptions = {
  readonly settings: Settings
  readonly access: Access
  readonly back: Back
  readonly timers: ServiceTimers
  readonly alerts: Alerts
  readonly erasures: Pick<Erasures, 'request'>
  readonly log: Log
  readonly lostLines: Tally
}

/** What faces the network: routes, their guards and counts. */
export function openFront({ settings, access, back, timers, alerts, erasures, log, lostLines }: FrontOptions) {
  const tallies = createTallies()
  const cloak = openCloak(settings, access, log)
  const cloakTallies = settings.piicloakEnableMetrics ? { cloak: cloak.tallies } : {}
  const service = createServiceMetrics({ ...tallies, lostLines, ...cloakTallies }, gaugesOf(back, timers))
  const refusals = createRefusalLog(log, 'validation refused', (reason) => access.auditSums.note('event_refuse', reason))
  const bursts = createRefusalLog(log, 'rate limited', (reason) => access.auditSums.note('rate_limit', reason))
  const bodies = createBodyReader(settings.bodyTimeoutMs)
  const policy = policyOf(settings, access)
  const thread = new PrepareThread({ policy, onDeath: (fault) => log.error({ fault: fault.message }, 'preparing thread died') })
  const intake = new Ingest({ journal: back.journal, thread, policy, clock: systemClock, tallies, observeCommit: service.observeCommit })
  let origin = settings.publicUrl ?? ''
  const doctor = createDoctorRound(settings)
  const parts = {
    lastOutside: doctor.last,
    settings,
    access,
    alerts,
    erasures,
    back,
    timers,
    tallies,
    service,
    refusals,
    bursts,
    bodies,
    policy,
    intake,
    cloak,
    origin: () => origin,
  }
  const server = openListeners(parts, log)
  origin = originOf(settings, server.port)

  async function close(): Promise<void> {
    await server.stop()
    bodies.stop()
    thread.close()
    cloak.close()
    refusals.stop()
    bursts.stop()
  }

  return {
    url: urlOf(settings, server.port),
    warmUp: () => thread.start(),
    origin: () => origin,
    tasks: [...renewalOf(settings, server, log), doctor.task],
    close,
  }
}

type Parts = Pick<FrontOptions, 'settings' | 'access' | 'back' | 'timers' | 'alerts' | 'erasures'> & {
  readonly tallies: ReturnType<typeof createTallies>
  readonly service: ServiceMetrics
  readonly refusals: RefusalLog
  readonly bursts: RefusalLog
  readonly bodies: BodyReader
  readonly policy: IngestPolicy
  readonly intake: Ingest
  readonly cloak: CloakPlace
  readonly origin: () => string
  readonly lastOutside: () => OutsideLook | undefined
}

function createTallies() {
  return {
    accepted: createTally(),
    repaired: createTally(),
    cloaked: createTally(),
    unknownKeys: createTally(),
    refused: createTally(),
  }
}

/** The service's address and, when it is set, the one of METRICS_ADDR. */
function openListeners(parts: Parts, log: Log) {
  const { settings, access, service } = parts
  const secure = secureOptionsOf(settings, access, log)
  const identity = createIdentity({ ...access, publicUrl: settings.publicUrl, hasTls: secure.tls !== undefined })
  const isPublic = settings.publicDashboard
  const server = listen({
    address: settings.listenAddr,
    routes: routesOf(parts, identity),
    guardOf: createGuards({
      table: permissions,
      identity,
      isPublic,
      noteRefused: (reason) => access.auditSums.note('request_refuse', reason),
    }),
    log,
    logsRequests: settings.enableRequestLogging,
    observeRequest: service.observeRequest,
    unknownPage: unknownPage({ identity, clock: systemClock }),
    preflight: cloakPreflight(parts.cloak),
    ...secure,
  })
  const metricsServer =
    settings.metricsAddr === undefined
      ? undefined
      : listen({
          address: settings.metricsAddr,
          addressSetting: 'METRICS_ADDR',
          routes: [metricsRoute(service.metrics)],
          guardOf: createGuards({ table: metricsPermissions, identity, isPublic }),
          log,
          logsRequests: false,
          ...(secure.tls && { tls: secure.tls }),
        })
  const renew = (pair: TlsPair) => {
    server.renew(pair)
    metricsServer?.renew(pair)
  }
  return { port: server.port, tls: secure.tls, renew, stop: () => Promise.all([server.stop(), metricsServer?.stop()]) }
}

function routesOf(parts: Parts, identity: Identity): readonly Route[] {
  const { settings, access, timers, tallies, service, origin, alerts, erasures } = parts
  const isKeyRequired = settings.ingestAccess === 'key'
  const pages = pagePartsOf(parts, identity)
  const knower = {
    password: createAdminPassword(settings.adminPassword, access.signIn),
    clientOf: (peer: string | undefined, headers: Headers) => access.clientAddress.keyOf(peer, headers),
  }
  const deskFor = (actor: string) => alertDeskOf(settings, access, origin, actor)
  return [
    ...telemetryRoutes({
      ...parts,
      gate: createGate({ ...access, isKeyRequired, clock: systemClock }),
      bodyBytesMax: settings.maxBodyBytes,
      batchBytesMax: settings.maxBatchBytes,
      refused: tallies.refused,
      observeSeconds: service.observeIngest,
    }),
    ...cloakRoutes({ ...parts.cloak, bodies: parts.bodies }),
    ...apiRoutes(pages),
    ...alertRoutes({ alerts, deskFor, identity, origin }),
    erasuresRoute({
      erasures: { request: (...wanted) => erasures.request(...wanted), begin: timers.beginErasures },
      ...{ identity, origin },
    }),
    ...alertPageRoutes(pages, {
      ...alerts,
      deskFor,
      deliveries: access.alertMessages.deliveries,
      nextLookAt: () => timers.list().find(({ name }) => name === alertsTimer)?.dueAt,
      actsOn: access.audit.about,
      oddities: () => findChannelFaults(settings).map(({ text }) => text),
    }),
    ...cleanupRoutes({
      isEnabled: settings.cleanupEnabled,
      stuckHours: settings.cleanupStuckHours,
      intervalMin: settings.cleanupIntervalMin,
      countStuck: timers.countStuck,
      preview: timers.preview,
      giveUpStuck: timers.giveUpStuck,
      noteRun: (actor) => access.audit.add({ at: systemClock.now(), actor, act: 'cleanup_run', subject: stuckTimer }),
      ...knower,
    }),
    createIssueRoute({ ...pages, ...knower }),
    homeRoute(pages),
    ...pageRoutes(pages),
    healthRoute(pages.serviceState, systemClock),
    metricsRoute(service.metrics),
    ...accessRoutes({
      ...pages,
      access,
      audit: access.audit,
      readAudit: (question) => nameEntries(access.audit.page(question), access),
      identity,
      clock: systemClock,
      random: randomBytes,
      origin,
    }),
    ...assetRoutes,
  ]
}

function policyOf(settings: Settings, access: Access): IngestPolicy {
  return {
    repoOwners: settings.repoOwners,
    idSecret: access.idSecret,
    retentionMs: settings.retentionDays * dayMs,
  }
}

function gaugesOf(back: Back, timers: ServiceTimers): Gauges {
  return {
    journalBytes: () => back.journal.status().liveBytes,
    storeLagEvents: () => lagOf(back),
    storeFaults: () => back.status()?.faults,
    setAside: () => back.status()?.setAside,
    pocketbaseUp: () => (back.mirror() === undefined ? undefined : Number(back.mirror()?.isConnected)),
    pocketbaseLagRuns: () => back.mirror()?.lag,
    pocketbaseParked: () => (back.mirror() === undefined ? undefined : back.status()?.parked),
    timers: () => timers.list(),
    today: async () => {
      if (back.status() === undefined) return undefined // A scrape does not wait for a store that is being opened.
      const totals = await back.reader.totals({ fromDay: dayOf(systemClock.now()), source: 'ProxmoxVE' })
      const { success, failed, aborted } = totals
      return { total: sizeOf(totals), success, failed, aborted, pending: sizeIn(totals, unendedStages) }
    },
  }
}
